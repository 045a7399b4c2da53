"""Long polling: ask Telegram for updates, keep them one by one, confirm by the next question.

python-telegram-bot's own updater confirms before anything is kept, so it is not used here.
"""

import asyncio
import logging
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.in_store import STORE_AWAY
from bot.telegram.taking_in import Intake

log = logging.getLogger(__name__)

ASK_FOR_SECONDS = 25
MOST_UPDATES = 100
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
CONFLICT_WAIT_SECONDS = 5.0


class Polling:
    """Takes updates in their order, for as long as it runs."""

    def __init__(self, bot: Bot, intake: Intake) -> None:
        self._bot = bot
        self._intake = intake
        self._offset: int | None = None
        self._wait = FIRST_WAIT_SECONDS

    async def run(self) -> None:
        """Ask and keep until cancelled."""
        while True:
            try:
                updates = await self._ask()
            except TelegramError as problem:
                await asyncio.sleep(self._seconds_to_wait(problem))
                continue
            self._wait = FIRST_WAIT_SECONDS
            for raw in updates:
                await self._keep(raw)

    async def _ask(self) -> list[Any]:
        """The next updates, raw: one the library cannot read must not stop the rest."""
        asked: dict[str, Any] = {"timeout": ASK_FOR_SECONDS, "limit": MOST_UPDATES}
        # An empty list asks for every usual kind; left out, an older setting would hold on.
        asked["allowed_updates"] = "[]"
        if self._offset is not None:
            asked["offset"] = self._offset
        answer = await self._bot.request.post(
            f"{self._bot.base_url}/getUpdates?{urlencode(asked)}",
            read_timeout=ASK_FOR_SECONDS + 10,
        )
        return answer if isinstance(answer, list) else []

    async def _keep(self, raw: Any) -> None:
        """Keep one update before the next; it is confirmed when the next question is asked."""
        while True:
            try:
                await self._intake.take(raw)
            except STORE_AWAY:
                log.warning("The store cannot be reached; Telegram keeps the updates.")
                await self._intake.say_that_nothing_is_kept(raw)
                await asyncio.sleep(self._wait)
                self._wait = min(self._wait * 2, LONGEST_WAIT_SECONDS)
            else:
                self._wait = FIRST_WAIT_SECONDS
                break
        if isinstance(raw, dict) and isinstance(raw.get("update_id"), int):
            self._offset = raw["update_id"] + 1

    def _seconds_to_wait(self, problem: TelegramError) -> float:
        """How long to leave Telegram alone, with a line for the operator."""
        match problem:
            case RetryAfter():
                return seconds_of(problem)
            case Conflict():
                log.error("Another process asks for this bot's updates: stop one of them.")
                return CONFLICT_WAIT_SECONDS
            case InvalidToken():
                log.error("Telegram does not know this token: correct TELEGRAM_BOT_TOKEN.")
                return LONGEST_WAIT_SECONDS
            case _:
                log.warning("Telegram cannot be reached: %s", type(problem).__name__)
                self._wait = min(self._wait * 2, LONGEST_WAIT_SECONDS)
                return self._wait


def seconds_of(throttled: RetryAfter) -> float:
    """How long Telegram wants us to wait, in seconds."""
    wait = throttled.retry_after
    return wait if isinstance(wait, (int, float)) else wait.total_seconds()
