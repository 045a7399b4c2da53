"""Working off the outbox: the oldest due reply of each contact → the phone.

Comes in: replies that are due. Goes out: to the sender of their door, which names how it went.
A throttled reply waits as long as it is told, and the ones behind it wait too: order is kept.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.how_sending_went import Blocked, Delivered, Refused, Sent, Throttled, Unreachable
from bot.in_store import InStore
from bot.plan.paper import NoPaper, Paper
from bot.replying import VOICE, fill_what_the_desk_put
from bot.speaking.reading_along import ReadingAlong
from bot.speaking.reading_aloud import Clip, ReadingAloud
from bot.words import Library
from plan_store import sending_out
from plan_store.promising import tell_what_is_late
from plan_store.putting_to_the_person import ask_where_it_fits
from plan_store.sending_out import Due
from plan_store.tables import now

log = logging.getLogger(__name__)

AT_ONCE = 30
LOOK_EVERY_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 60.0


class Sender(Protocol):
    """The way out of one door."""

    door: str

    async def send(self, reply: Due) -> Delivered:
        """Send one reply and say how it went; never raises for what the provider does."""

    async def send_voice(self, reply: Due, clip: Clip) -> Delivered:
        """Send what was read aloud of a reply; like `send`."""


class Delivery:
    """Sends what is due, at most one reply a contact at a time."""

    def __init__(
        self,
        in_store: InStore,
        library: Library,
        senders: list[Sender],
        paper: Paper,
        reading: ReadingAloud,
    ) -> None:
        self._read_along = ReadingAlong(in_store, library, reading)
        self._in_store = in_store
        self._paper = paper
        self._library = library
        self._senders = senders
        self._news = asyncio.Event()
        self._busy: dict[str, set[asyncio.Task[None]]] = {sender.door: set() for sender in senders}

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what is being sent then is due again after a while."""
        try:
            while True:
                self._news.clear()
                try:
                    more = await self._look()
                except SQLAlchemyError as problem:
                    log.warning("The store gives no replies: %s", type(problem).__name__)
                    more = False
                if not more:
                    await self._rest()
        finally:
            busy = [task for tasks in self._busy.values() for task in tasks]
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)

    async def _look(self) -> bool:
        """Start what is due; whether more may be due than there was room for."""
        rooms = {sender.door: AT_ONCE - len(self._busy[sender.door]) for sender in self._senders}
        filled, claimed = await self._in_store.write(partial(self._claim, rooms))
        for sender in self._senders:
            for reply in claimed[sender.door]:
                self._start(sender, reply)
        return filled or any(0 < rooms[door] == len(due) for door, due in claimed.items())

    def _claim(self, rooms: dict[str, int], session: Session) -> tuple[bool, dict[str, list[Due]]]:
        ask_where_it_fits(session)
        tell_what_is_late(session)
        filled = fill_what_the_desk_put(session, self._library)
        return filled > 0, {
            door: sending_out.claim(session, door, room) for door, room in rooms.items()
        }

    def _start(self, sender: Sender, reply: Due) -> None:
        task = asyncio.create_task(self._send(sender, reply))
        self._busy[sender.door].add(task)

        def done(ended: asyncio.Task[None]) -> None:
            self._busy[sender.door].discard(ended)
            self._news.set()
            if not ended.cancelled() and ended.exception() is not None:
                log.error("Reply %s: %s", reply.id, type(ended.exception()).__name__)

        task.add_done_callback(done)

    async def _send(self, sender: Sender, reply: Due) -> None:
        # Where the words went before, only what is read aloud is still to be sent.
        gone = Sent(reply.provider_id) if reply.provider_id else None
        how = gone or await sender.send(await self._with_plan(reply))
        if isinstance(how, Sent) and reply.sends == VOICE:
            how = await self._read_along.send(sender, reply, how)
        if not isinstance(how, Sent):
            log.info("Reply %s by %s: %s", reply.id, sender.door, how)
        # Forgotten, it would be sent a second time, and the next ones would wait for that.
        await self._in_store.surely(
            lambda session: _note(session, reply, how), sending_out.SENDING_SECONDS
        )

    async def _with_plan(self, reply: Due) -> Due:
        """The reply with the plan's bytes, where it sends the plan; they are kept nowhere."""
        if reply.sends != "plan":
            return reply
        try:
            return replace(reply, document=await self._paper.of(reply.person_id))
        except NoPaper:
            said = self._library.words["plan_no_file"]
            text = said.wordings["text"]
            await self._in_store.write(
                lambda session: sending_out.says_instead(
                    session, reply.id, said.key, said.version, text
                )
            )
            return replace(reply, key=said.key, text=text, sends=None)

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY_SECONDS):
                await self._news.wait()


def _note(session: Session, reply: Due, how: Delivered) -> None:
    match how:
        case Sent(provider_id, trouble):
            sending_out.sent(session, reply.id, provider_id, trouble)
        case Throttled(seconds):
            sending_out.later(session, reply.id, now() + timedelta(seconds=seconds), "throttled")
        case Unreachable(problem):
            wait = min(2.0 ** min(reply.attempts, 10), LONGEST_WAIT_SECONDS)
            sending_out.later(session, reply.id, now() + timedelta(seconds=wait), problem)
        case Blocked():
            sending_out.blocked(session, reply.contact_id)
        case Refused(problem):
            sending_out.failed(session, reply.id, problem)
