"""`python -m bot`: the chat page, Telegram, and the worker that converses."""

import asyncio
import logging
import signal
import sys
from contextlib import AsyncExitStack

import uvicorn

from bot.drawing import build_drawings
from bot.opening_the_door import DATA, build_door
from bot.running_beside import beside, running
from bot.settings import BotSettings
from bot.telegram.channel import Channel, build_bot
from bot.telegram.sending import TelegramSender
from bot.telegram.telling_staff import StaffOnTelegram
from bot.tidying_up import TidyingUp
from bot.web.building import build_web
from bot.writing_down.asking_the_recogniser import find_recogniser
from bot.writing_down.british_words import read_british_words
from bot.writing_down.writing_down import WritingDown
from plan_store.opening import open_store
from plan_store.retaining import read_retention

FIXED_WORDS_AS_SOUND = "bot.speaking.beforehand"


async def serve(settings: BotSettings) -> None:
    """Serve until told to stop; then let go in the opposite order."""
    # A table that cannot be read is said before anything is opened.
    retention = read_retention()
    store = open_store(settings)
    bot = build_bot(settings) if settings.telegram_on else None
    drawings = build_drawings(settings)
    door = build_door(
        settings,
        store,
        [TelegramSender(bot, drawings)] if bot else [],
        drawings,
        {"telegram": StaffOnTelegram(bot)} if bot else {},
    )
    channel = Channel(settings, bot, door) if bot else None
    web = build_web(door, extra_routes=channel.routes() if channel else [])
    server = uvicorn.Server(
        uvicorn.Config(
            web,
            host=settings.chat_host,
            port=settings.chat_port,
            log_config=None,
            access_log=False,
            forwarded_allow_ips=settings.proxy_addresses,
            timeout_graceful_shutdown=3,
        )
    )
    async with AsyncExitStack() as stack:
        stack.callback(store.close)
        await stack.enter_async_context(door.working())
        if channel is not None:
            await stack.enter_async_context(channel.working())
        recogniser = find_recogniser(settings)
        if recogniser is not None:
            writing = WritingDown(door, recogniser, read_british_words(DATA))
            await stack.enter_async_context(running(writing.run()))
        if door.reading.works:
            await stack.enter_async_context(beside(FIXED_WORDS_AS_SOUND))
        tidying = TidyingUp(store, retention)
        await stack.enter_async_context(running(tidying.run()))
        await server.serve()


def main() -> None:
    """Run."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # uvicorn stops at this signal and then raises it once more: that must not end us before leases
    # are given back and what runs beside us has ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    asyncio.run(serve(BotSettings()))


if __name__ == "__main__":
    main()
