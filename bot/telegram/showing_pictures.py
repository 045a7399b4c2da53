"""A picture above the words on a phone: the symbol as a photo, the words and what it shows below.

Comes in: a reply with a symbol. Goes out: the message sent, or None: the words go without it.
Telegram has no field for a description: it is the last line under the picture.
"""

import asyncio
import logging

from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, NetworkError

from bot.drawing import Drawings
from plan_store.sending_out import Due

log = logging.getLogger(__name__)

# Telegram counts in UTF-16 units, as it does for a text.
LONGEST_CAPTION = 1024
# A slow line may not carry a picture at all: after so many attempts the words go alone.
ATTEMPTS_WITH_PICTURE = 2
SHOWS = "🖼️"


class Pictures:
    """Sends symbols as photos; each is uploaded once and then named by Telegram's own id for it."""

    def __init__(self, bot: Bot, drawings: Drawings) -> None:
        self._bot = bot
        self._drawings = drawings
        self._uploaded: dict[str, str] = {}

    async def send_with_words(
        self, reply: Due, keyboard: InlineKeyboardMarkup | None
    ) -> Message | None:
        """Send the reply under its picture. None: its words, and its buttons, are still to be sent.

        Raises TelegramError where the words would meet the same: throttled, blocked, no network.
        """
        if not reply.picture or reply.attempts > ATTEMPTS_WITH_PICTURE:
            return None
        shows = f"{SHOWS} {reply.picture['description']}"
        caption = f"{reply.text}\n\n{shows}" if reply.text else shows
        if _length(caption) <= LONGEST_CAPTION:
            return await self._photo(reply, caption, keyboard)
        # Too much for one message. The words may have to be sent again, the picture need not.
        if reply.attempts <= 1:
            await self._photo(reply, shows, None)
        return None

    async def _photo(
        self, reply: Due, caption: str, keyboard: InlineKeyboardMarkup | None
    ) -> Message | None:
        drawn = await asyncio.to_thread(self._drawn, str((reply.picture or {})["symbol"]))
        if drawn is None:
            return None
        name, content = drawn
        known = self._uploaded.get(name)
        try:
            message = await self._bot.send_photo(
                int(reply.address),
                known or content,
                caption=caption,
                reply_markup=keyboard,
                protect_content=reply.bears_own_words,
            )
        except BadRequest as problem:
            # The picture, or the chat: sending the words tells which.
            log.warning("Picture %s was refused: %s", name, problem.message)
            self._uploaded.pop(name, None)
            return None
        except NetworkError:
            if reply.attempts < ATTEMPTS_WITH_PICTURE:
                raise
            return None
        if message.photo:
            self._uploaded[name] = message.photo[-1].file_id
        return message

    def _drawn(self, key: str) -> tuple[str, bytes] | None:
        try:
            file = self._drawings.png(key, "wide")
            return file.name, file.read_bytes()
        except (KeyError, OSError, ValueError) as problem:
            log.warning("Picture %s cannot be drawn: %s", key, type(problem).__name__)
            return None


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
