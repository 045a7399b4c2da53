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

from bot.how_sending_went import Blocked, Delivered, Refused, Sent, Throttled, Unreachable
from bot.speaking.reading_aloud import Clip
from bot.tapping import reference
from bot.telegram.polling import seconds_of
from bot.telegram.reading_updates import DOOR
from plan_store.sending_out import Due

# A chat that is gone, or was never opened, is no fault of the reply.
GONE = ("chat not found", "user is deactivated", "bot can't initiate")

# A slow line takes a while over 60 kB.
VOICE_SECONDS = 15.0

NAMES: dict[type[TelegramError], str] = {
    InvalidToken: "wrong_token",
    NetworkError: "network",
    TimedOut: "network",
}


class TelegramSender:
    """Sends replies with python-telegram-bot."""

    door = DOOR

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, reply: Due) -> Delivered:
        """Send one reply, its buttons one a row."""
        keyboard = [
            [InlineKeyboardButton(button["label"], callback_data=reference(reply.id, index))]
            for index, button in enumerate(reply.buttons)
        ]
        try:
            message = await self._bot.send_message(
                int(reply.address),
                reply.text or "",
                reply_markup=InlineKeyboardMarkup(keyboard) if keyboard else None,
                protect_content=bears_own_words(reply),
            )
        except TelegramError as problem:
            return _named(problem)
        return Sent(str(message.message_id))

    async def send_voice(self, reply: Due, clip: Clip) -> Delivered:
        """Send a voice note with what was read aloud of this reply."""
        try:
            message = await self._bot.send_voice(
                int(reply.address),
                clip.content,
                duration=round(clip.seconds),
                filename="my-way.ogg",
                protect_content=bears_own_words(reply),
                write_timeout=VOICE_SECONDS,
            )
        except TelegramError as problem:
            return _named(problem)
        return Sent(str(message.message_id))


def bears_own_words(reply: Due) -> bool:
    """Whether something of a person's is filled in: then it is not for passing on by mistake."""
    return bool(reply.filling)


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
