"""The way out to Telegram: one reply, and a name for how it went."""

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivering import Blocked, Delivered, Refused, Sent, Throttled, Unreachable
from bot.drawing import Drawings
from bot.tapping import reference
from bot.telegram.polling import seconds_of
from bot.telegram.reading_updates import DOOR
from bot.telegram.showing_pictures import Pictures
from plan_store.sending_out import Due

# A chat that is gone, or was never opened, is no fault of the reply.
GONE = ("chat not found", "user is deactivated", "bot can't initiate")

NAMES: dict[type[TelegramError], str] = {
    InvalidToken: "wrong_token",
    NetworkError: "network",
    TimedOut: "network",
}


class TelegramSender:
    """Sends replies with python-telegram-bot."""

    door = DOOR

    def __init__(self, bot: Bot, drawings: Drawings) -> None:
        self._bot = bot
        self._pictures = Pictures(bot, drawings)

    async def send(self, reply: Due) -> Delivered:
        """Send one reply under its picture, its buttons one a row."""
        keyboard = [
            [InlineKeyboardButton(button["label"], callback_data=reference(reply.id, index))]
            for index, button in enumerate(reply.buttons)
        ]
        markup = InlineKeyboardMarkup(keyboard) if keyboard else None
        try:
            message = await self._pictures.send_with_words(reply, markup)
            if message is None:
                message = await self._bot.send_message(
                    int(reply.address), reply.text or "", reply_markup=markup
                )
        except TelegramError as problem:
            return _named(problem)
        return Sent(str(message.message_id))


def _named(problem: TelegramError) -> Delivered:
    match problem:
        case RetryAfter():
            return Throttled(seconds_of(problem))
        case Forbidden():
            return Blocked()
        case BadRequest():
            gone = any(word in problem.message.lower() for word in GONE)
            return Blocked() if gone else Refused("bad_request")
        case ChatMigrated():
            return Refused("chat_migrated")
    return Unreachable(NAMES.get(type(problem), "telegram"))
