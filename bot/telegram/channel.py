"""The channel as one thing: its bot, its ways in and out, and what it tells Telegram at start."""

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar.handlers import HTTPRouteHandler
from telegram import BotCommand
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from tenacity import AsyncRetrying, retry_if_exception_type, wait_exponential

from bot.opening_the_door import Door
from bot.settings import BotSettings
from bot.telegram.fetching_files import Fetching
from bot.telegram.polling import Polling
from bot.telegram.reading_updates import COMMANDS
from bot.telegram.taking_in import Intake
from bot.telegram.webhook import PATH, webhook_route

log = logging.getLogger(__name__)

TelegramBot = ExtBot[Any]
# They log whole answers and addresses: people's words, and the token. Errors reach us anyway.
TALKATIVE = ("telegram", "httpx", "httpcore")


def build_bot(settings: BotSettings) -> TelegramBot:
    """The bot, at the API address of the settings, within Telegram's limits."""
    # Waiting times as timedelta are what the library is moving to; the old way warns each time.
    os.environ["PTB_TIMEDELTA"] = "true"
    for talkative in TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.CRITICAL)
    api = settings.telegram_api_url.rstrip("/")
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        rate_limiter=AIORateLimiter(overall_max_rate=30, overall_time_period=1),
    )


class Channel:
    """Telegram, in and out."""

    def __init__(self, settings: BotSettings, bot: TelegramBot, door: Door) -> None:
        self._settings = settings
        self._bot = bot
        self._door = door
        self._intake = Intake(door, bot)
        self._secret = settings.telegram_webhook_secret.get_secret_value() or secrets.token_urlsafe(
            32
        )

    def routes(self) -> list[HTTPRouteHandler]:
        """The webhook's route, when Telegram calls us."""
        if not self._settings.telegram_by_webhook:
            return []
        return [webhook_route(self._intake, self._secret)]

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Take updates and fetch files for as long as the block lasts."""
        try:
            async with asyncio.TaskGroup() as workers:
                task = workers.create_task(self._take_part(), name="telegram")
                try:
                    yield
                finally:
                    task.cancel()
        finally:
            await self._intake.close()
            await self._bot.shutdown()

    async def _take_part(self) -> None:
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(TelegramError), wait=wait_exponential(max=30)
        ):
            with attempt:
                try:
                    await self._introduce()
                except TelegramError as problem:
                    log.warning("Telegram does not answer: %s", type(problem).__name__)
                    raise
        async with asyncio.TaskGroup() as group:
            group.create_task(Fetching(self._door, self._bot).run())
            if not self._settings.telegram_by_webhook:
                group.create_task(Polling(self._bot, self._intake).run())

    async def _introduce(self) -> None:
        """Say what the menu holds, and how updates should come."""
        await self._bot.initialize()
        self._door.telegram_name = self._bot.username
        words = self._door.library
        await self._bot.set_my_commands(
            [
                BotCommand(command.lstrip("/"), words.text(f"menu_{command.lstrip('/')}"))
                for command in COMMANDS
            ]
        )
        if self._settings.telegram_by_webhook:
            await self._bot.set_webhook(
                f"{self._settings.chat_url}{PATH}",
                secret_token=self._secret,
                allowed_updates=[],
                # One at a time: two at once could overtake each other on their way.
                max_connections=1,
            )
        else:
            await self._bot.delete_webhook()
