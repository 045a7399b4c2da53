"""Reading a reply aloud right after its words went out: the voice note that goes along.

Comes in: a reply whose words are on the phone. Goes out: its clips, in order, and how that went.
Whatever happens to the voice, the words were sent and are not sent again.
"""

import logging
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Protocol

from bot.how_sending_went import Blocked, Delivered, Refused, Sent, Throttled, Unreachable
from bot.in_store import InStore
from bot.speaking.reading_aloud import CannotRead, Clip, ReadingAloud
from bot.speaking.what_is_read import to_read_with
from bot.words import Library
from plan_store import sending_out
from plan_store.sending_out import Due

log = logging.getLogger(__name__)

# A voice that cannot be sent must not hold up the words behind it for ever.
MOST_TRIES = 4
# Who gets no voice is told so, but not with every message.
TOLD_AGAIN_AFTER_SECONDS = 600.0


class SendsVoices(Protocol):
    """A way out that takes words and voices."""

    async def send(self, reply: Due) -> Delivered:
        """Send the words of a reply."""

    async def send_voice(self, reply: Due, clip: Clip) -> Delivered:
        """Send one clip of a reply."""


class ReadingAlong:
    """Sends what is read aloud of a reply."""

    def __init__(self, in_store: InStore, library: Library, reading: ReadingAloud) -> None:
        self._in_store = in_store
        self._library = library
        self._reading = reading
        # How many clips of a reply went before it had to wait.
        self._went: dict[int, int] = {}
        self._told_at: dict[int, float] = {}

    async def send(self, sender: SendsVoices, reply: Due, words: Sent) -> Delivered:
        """Read this reply; `words` is how its words went."""
        if reply.provider_id is None and words.provider_id is not None:
            provider_id = words.provider_id
            await self._in_store.surely(
                lambda session: sending_out.words_went(session, reply.id, provider_id),
                sending_out.SENDING_SECONDS,
            )
        try:
            to_read = await self._in_store.read(
                partial(to_read_with, library=self._library, reply_id=reply.id)
            )
            clips = await self._reading.clips(to_read.texts, to_read.slow)
        except CannotRead:
            return await self._without(sender, reply, words, "cannot_read_aloud")
        for number, clip in enumerate(clips):
            if number < self._went.get(reply.id, 0):
                continue
            how = await sender.send_voice(reply, clip)
            if isinstance(how, Sent):
                self._went[reply.id] = number + 1
                continue
            if isinstance(how, Blocked | Throttled):
                return how
            if isinstance(how, Unreachable) and reply.attempts < MOST_TRIES:
                return how
            return await self._without(sender, reply, words, "cannot_send_voice", how)
        self._went.pop(reply.id, None)
        return words

    async def _without(
        self,
        sender: SendsVoices,
        reply: Due,
        words: Sent,
        says: str,
        how: Refused | Unreachable | None = None,
    ) -> Sent:
        """The words went and the voice does not: a kind word, and on with what is next."""
        log.info("Reply %s is not read aloud: %s", reply.id, how or "no voice")
        self._went.pop(reply.id, None)
        before = self._told_at.get(reply.contact_id)
        if before is None or monotonic() - before > TOLD_AGAIN_AFTER_SECONDS:
            self._told_at[reply.contact_id] = monotonic()
            text = self._library.text(says)
            await sender.send(replace(reply, text=text, buttons=[], picture=None, filling={}))
        return replace(words, problem=says)
