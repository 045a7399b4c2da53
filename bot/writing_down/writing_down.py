"""Writing kept voices down, one after the other, for as long as the chat runs.

Comes in: a kept voice whose message was answered. Goes out: a message "heard" at the reception, so
that its words meet the first look for danger and the listener like any others; or a kind word.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import String, cast, exists, literal, select, true
from sqlalchemy.orm import Session, aliased

from bot.in_store import STORE_AWAY
from bot.opening_the_door import Door
from bot.receiving import HEARD, Came
from bot.replying import FOLLOW_UP, put_replies
from bot.writing_down.asking_the_recogniser import NotWritten, Recogniser
from bot.writing_down.british_words import BritishWords
from plan_store.sealing.keyring import Damaged, Forgotten
from plan_store.tables import Attachment, Contact, Incoming, Unheard, now
from plan_store.taking_in import leave_unheard

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
# A question about something said longer ago would come out of nothing.
NOT_OLDER_THAN = timedelta(days=1)
KEY = "heard:"


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice to write down: its message, its file, and the door it came by."""

    message_id: int
    contact_id: int
    door: str
    address: str
    file: str
    serial: int | None

    @property
    def key(self) -> str:
        """What its words are kept under: once."""
        return f"{KEY}{self.message_id}"


class WritingDown:
    """Writes down, one voice at a time: a recogniser takes all of a processor.

    `only`: the voices of this one door; None: of all.
    """

    def __init__(
        self, door: Door, recogniser: Recogniser, british: BritishWords, only: str | None = None
    ) -> None:
        self._only = only
        self._door = door
        self._wrote = asyncio.Event()
        self._recogniser = recogniser
        self._british = british
        door.reception.writes_down = True

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            try:
                voice = await self._door.in_store.read(
                    lambda session: _oldest_voice(session, self._only)
                )
                if voice is not None:
                    await self._write(voice)
                    self._wrote.set()
                    continue
            except STORE_AWAY:
                log.warning("The store cannot be reached; voices wait to be written down.")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def written(self, message_id: int, within: float) -> int | None:
        """Wait for the words of this voice; the message they are, or None where there are none."""
        key = f"{KEY}{message_id}"

        def look(session: Session) -> tuple[bool, int | None]:
            heard = session.scalar(select(Incoming.id).where(Incoming.key == key))
            without = session.scalar(select(Unheard.id).where(Unheard.key == key))
            return (heard or without) is not None, heard

        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while True:
                    self._wrote.clear()
                    over, heard = await self._door.in_store.read(look)
                    if over:
                        return heard
                    # Another process may write it down too: then nobody says so here.
                    with suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_EVERY_SECONDS):
                            await self._wrote.wait()
        return None

    async def _write(self, voice: Voice) -> None:
        try:
            sound = await asyncio.to_thread(self._door.in_store.store.files.read, voice.file)
            written = await self._recogniser.write_down(sound)
        except (NotWritten, OSError, Forgotten, Damaged) as why:
            reason = why.reason if isinstance(why, NotWritten) else "gone"
            log.info("Message %s is not written down: %s", voice.message_id, reason)
            await self._door.in_store.write(lambda session: self._without(session, voice, reason))
            self._door.delivery.wake()
            return
        details = {
            "voice": voice.message_id,
            "serial": voice.serial,
            **({} if written.sure else {"unsure": True}),
        }
        await self._door.receive(
            Came(
                voice.door,
                voice.address,
                voice.key,
                HEARD,
                self._british.spelt(written.words),
                "spoken",
                details=details,
            )
        )

    def _without(self, session: Session, voice: Voice, reason: str) -> None:
        leave_unheard(session, voice.key, "voice", reason)
        put_replies(
            session,
            self._door.library,
            voice.contact_id,
            voice.message_id,
            [{"key": "voice_not_written"}],
            first=FOLLOW_UP,
        )


def _oldest_voice(session: Session, only: str | None) -> Voice | None:
    words = aliased(Incoming)
    key = literal(KEY) + cast(Incoming.id, String)
    row = session.execute(
        select(
            Incoming.id,
            Contact.id,
            Contact.door,
            Contact.address,
            Attachment.file,
            Incoming.details,
        )
        .join(Incoming, Incoming.id == Attachment.incoming_id)
        .join(Contact, Contact.id == Incoming.contact_id)
        .where(
            Attachment.kind == "voice",
            Attachment.state == "kept",
            true() if only is None else Contact.door == only,
            # Its own answer comes first.
            Incoming.state != "waiting",
            Incoming.received_at >= now() - NOT_OLDER_THAN,
            ~exists().where(words.key == key),
            ~exists().where(Unheard.key == key),
        )
        .order_by(Attachment.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    message_id, contact_id, door, address, file, details = row
    return Voice(message_id, contact_id, door, address, file or "", details.get("serial"))
