"""Working off the inbox: the oldest waiting message of each person → Rasa → the outbox.

Comes in: leased messages. Goes out: replies and settlement, in one transaction. While something
is down a kind word is said once and the message waits; a message that breaks the hands is set
aside after some tries, and a person looks at it.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.in_store import STORE_AWAY, InStore
from bot.listening import Heard, Listener, NotHeard
from bot.replying import HEARD_WORDS, KIND_WORD, PUSHED_DOORS, put_replies
from bot.words import Library
from plan_store.taking_in import (
    LEASE_SECONDS,
    Leased,
    has_answer,
    hold_on,
    lease,
    release_leases,
    set_aside,
    settle,
    try_all_now,
    try_later,
)

log = logging.getLogger(__name__)

# One listener is busy with fewer; past this the client's pool of connections costs more than it
# brings (with 50 under way: four times the work a request).
AT_ONCE = 20
# Other processes put work in too; this is how long they may go unnoticed.
LOOK_EVERY_SECONDS = 0.5
TRIES_FOR_ONE_MESSAGE = 4
LONGEST_WAIT_SECONDS = 20.0
# A store that is away for a moment must not cost the person another hearing.
STORE_SECONDS = 35.0
HOLD_ON_EVERY_SECONDS = LEASE_SECONDS / 4
# This reply quotes the words by itself.
ASKS_WHAT_WAS_HEARD = "ask_heard"


class Conversation:
    """Hears people, many at once, each of them one message at a time."""

    def __init__(
        self,
        in_store: InStore,
        listener: Listener,
        library: Library,
        replies_are_due: Callable[[], None],
    ) -> None:
        self._replies_are_due = replies_are_due
        self._in_store = in_store
        self._listener = listener
        self._library = library
        self._worker = uuid4().hex
        self._news = asyncio.Event()
        # Each hearing under way, and whose message it is.
        self._busy: dict[asyncio.Task[None], str] = {}
        self._hold_on_at = 0.0
        self._waited_for: dict[int, asyncio.Event] = {}
        self._trouble = False

    def wake(self) -> None:
        """There is something new in the inbox."""
        self._news.set()

    async def answered(self, message_id: int, within: float) -> bool:
        """Wait until this message got its first answer, at most so many seconds."""
        event = self._waited_for.setdefault(message_id, asyncio.Event())
        try:
            async with asyncio.timeout(within):
                # It may have been answered before anybody asked, or by another process.
                while not await self._in_store.read(partial(has_answer, message_id=message_id)):
                    self.wake()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_EVERY_SECONDS):
                            await event.wait()
                            break
        except TimeoutError:
            return False
        finally:
            self._waited_for.pop(message_id, None)
        return True

    async def run(self) -> None:
        """Work until cancelled; then finish nothing new and give the leases back."""
        try:
            while True:
                self._news.clear()
                await self._hold_on()
                room = AT_ONCE - len(self._busy)
                # With room left nobody else waits; who comes meanwhile makes the rest short.
                if not room or await self._take(room) < room:
                    await self._rest()
        finally:
            for task in self._busy:
                task.cancel()
            await asyncio.gather(*self._busy, return_exceptions=True)
            await self._give_back()

    async def _hold_on(self) -> None:
        """Keep the leases of who is being heard now, and of nobody else."""
        if not self._busy or monotonic() < self._hold_on_at:
            return
        people = list(self._busy.values())
        try:
            await self._in_store.write(lambda session: hold_on(session, self._worker, people))
        except SQLAlchemyError:
            # Nobody else can take them now; the next round tries again.
            return
        self._hold_on_at = monotonic() + HOLD_ON_EVERY_SECONDS

    async def _take(self, room: int) -> int:
        try:
            messages = await self._in_store.write(
                lambda session: lease(session, self._worker, room)
            )
        except SQLAlchemyError as problem:
            log.warning("The store gives no messages: %s", type(problem).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            return 0
        for message in messages:
            task = asyncio.create_task(self._hear(message))
            self._busy[task] = message.person_id
            task.add_done_callback(self._done)
        return len(messages)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._busy.pop(task, None)
        self._news.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("A message was not worked off: %s", type(task.exception()).__name__)

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY_SECONDS):
                await self._news.wait()

    async def _hear(self, message: Leased) -> None:
        try:
            heard = await self._listener.hear(message)
            back, self._trouble = self._trouble, False
            await self._in_store.surely(
                lambda session: self._settle(session, message, heard, back), STORE_SECONDS
            )
        except STORE_AWAY:
            raise
        except Exception as problem:  # noqa: BLE001  (one message must not stop the others)
            why = problem if isinstance(problem, NotHeard) else NotHeard("unforeseen")
            log.warning(
                "Message %s was not heard: %s (%s)", message.id, why.problem, type(problem).__name__
            )
            self._trouble = self._trouble or not why.message_at_fault
            await self._in_store.surely(
                lambda session: self._wait(session, message, why), STORE_SECONDS
            )
        if message.door in PUSHED_DOORS:
            self._replies_are_due()
        if message.id in self._waited_for:
            self._waited_for[message.id].set()

    def _settle(self, session: Session, message: Leased, heard: Heard, back: bool) -> None:
        if not settle(session, message.id, self._worker):
            return
        put_replies(session, self._library, message.contact_id, message.id, _shown(message, heard))
        if back:
            try_all_now(session)

    def _wait(self, session: Session, message: Leased, why: NotHeard) -> None:
        if why.message_at_fault and message.attempts + 1 >= TRIES_FOR_ONE_MESSAGE:
            set_aside(session, message.id, self._worker, why.problem)
            put_replies(
                session, self._library, message.contact_id, message.id, [{"key": "gave_up"}]
            )
            return
        wait = min(0.5 * 2 ** min(message.attempts, 10), LONGEST_WAIT_SECONDS)
        try_later(session, message.id, self._worker, wait)
        put_replies(
            session,
            self._library,
            message.contact_id,
            message.id,
            [{"key": "kept_will_answer"}],
            first=KIND_WORD,
        )

    async def _give_back(self) -> None:
        try:
            await self._in_store.write(lambda session: release_leases(session, self._worker))
        except STORE_AWAY:
            log.warning("The store cannot be reached; leases end by themselves.")


def _shown(message: Leased, heard: Heard) -> list[dict[str, Any]]:
    """The replies; where a voice was taken for what it says, first what was heard in it."""
    asks_itself = any(reply.get("key") == ASKS_WHAT_WAS_HEARD for reply in heard.replies)
    if message.kind != "heard" or heard.intent == "heard" or asks_itself:
        return heard.replies
    return [{"key": HEARD_WORDS, "filling": {"words": {"message": message.id}}}, *heard.replies]
