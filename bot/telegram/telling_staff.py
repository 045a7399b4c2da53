"""A short message to somebody of the safeguarding chain, in their own chat with the bot."""

from telegram import Bot
from telegram.error import TelegramError

from bot.telling_of_alerts import CannotTell


class StaffOnTelegram:
    """Sends to a chat that the lead, the deputy or the manager has opened with the bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, address: str, subject: str, text: str) -> None:  # noqa: ARG002
        """Send it, or raise `CannotTell`; Telegram has no subject."""
        try:
            await self._bot.send_message(int(address), text)
        except TelegramError as problem:
            raise CannotTell(type(problem).__name__) from None
