"""`python -m bot`: the chat page, Telegram, and the worker that converses."""

import asyncio
import logging
from contextlib import AsyncExitStack

import uvicorn

from bot.opening_the_door import build_door
from bot.settings import BotSettings
from bot.telegram.channel import Channel, build_bot
from bot.telegram.sending import TelegramSender
from bot.telegram.telling_staff import StaffOnTelegram
from bot.web.building import build_web
from plan_store.opening import open_store


async def serve(settings: BotSettings) -> None:
    """Serve until told to stop; then let go in the opposite order."""
    store = open_store(settings)
    bot = build_bot(settings) if settings.telegram_on else None
    door = build_door(
        settings,
        store,
        [TelegramSender(bot)] if bot else [],
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
            timeout_graceful_shutdown=3,
        )
    )
    async with AsyncExitStack() as stack:
        stack.callback(store.close)
        await stack.enter_async_context(door.working())
        if channel is not None:
            await stack.enter_async_context(channel.working())
        await server.serve()


def main() -> None:
    """Run."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    asyncio.run(serve(BotSettings()))


if __name__ == "__main__":
    main()
