"""The way out to Telegram: one reply, and a name for how it went."""

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message
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

from bot.drawing import Drawings
from bot.how_sending_went import Blocked, Delivered, Refused, Sent, Throttled, Unreachable
from bot.speaking.reading_aloud import Clip
from bot.tapping import reference
from bot.telegram.polling import seconds_of
from bot.telegram.reading_updates import DOOR
from bot.telegram.showing_pictures import Pictures
from plan_store.sending_out import Due

# A chat that is gone, or was never opened, is no fault of the reply.
GONE = ("chat not found", "user is deactivated", "bot can't initiate")

# A slow line takes a while over 60 kB.
VOICE_SECONDS = 15.0
PLAN_FILE = "my-plan.pdf"

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
            message = await self._send(reply, markup)
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
                protect_content=reply.bears_own_words,
                write_timeout=VOICE_SECONDS,
            )
        except TelegramError as problem:
            return _named(problem)
        return Sent(str(message.message_id))

    async def _send(self, reply: Due, markup: InlineKeyboardMarkup | None) -> Message:
        chat, text = int(reply.address), reply.text or ""
        if reply.document is not None:
            # Their own plan is theirs to pass on.
            return await self._bot.send_document(
                chat, reply.document, caption=text, filename=PLAN_FILE, reply_markup=markup
            )
        pictured = await self._pictures.send_with_words(reply, markup)
        if pictured is not None:
            return pictured
        return await self._bot.send_message(
            chat,
            text,
            reply_markup=markup,
            protect_content=reply.bears_own_words,
            # A preview would have Telegram open the link to the plan, and keep what it sees.
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )


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
