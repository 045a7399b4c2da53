"""Ann at the desk, beside a conversation: what she proposes, asks and writes comes to the chat."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.hoping import happens
from plan_store.inviting import find_contact
from plan_store.proposing_outcomes import propose, say_it_is_done
from plan_store.putting_to_the_person import QUIET, put
from plan_store.tables import (
    Aspiration,
    DeskQuestion,
    Facilitator,
    Incoming,
    Outcome,
    OutcomeWording,
    Step,
    now,
)
from plan_store.taking_steps import Owner, write_step
from plan_store.the_time_here import today
from tests.conversations.chat import Chat
from tests.conversations.easy_turns import FACILITATOR, hard_to_read

# Long enough for a machine with much to do.
LONGEST_WAIT = 20


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


@dataclass
class Desk:
    """What Ann does about the person of this chat."""

    chat: Chat
    person_id: str
    ann: int

    @classmethod
    async def beside(cls, chat: Chat) -> "Desk":
        def account(session: Session) -> tuple[str, int]:
            contact = find_contact(session, "terminal", chat.talk._name)
            assert contact is not None
            there = session.scalars(select(Facilitator.id)).first()
            if there is None:
                key = new_desk_key(session, ("manager",))
                there = make_account(session, key, FACILITATOR, "ann@example.org", "-").id
            return contact.person_id, there

        return cls(chat, *await chat.door.in_store.write(account))

    def _cause(self) -> Cause:
        return Cause.by_click(self.person_id, self.ann, secrets.token_hex(16))

    def _hope(self, session: Session) -> Aspiration:
        return session.scalars(
            select(Aspiration).where(
                Aspiration.person_id == self.person_id, Aspiration.kind == "hope"
            )
        ).one()

    def _outcome(self, session: Session) -> Outcome:
        return session.scalars(select(Outcome).where(Outcome.person_id == self.person_id)).one()

    async def proposes(self, words: str, *, again: bool = False) -> None:
        def write(session: Session) -> None:
            hope = self._hope(session)
            outcome_id = self._outcome(session).id if again else None
            propose(session, self._cause(), hope.id, hope.version, words, outcome_id)

        await self.chat.door.in_store.write(write)

    async def asks(self, words: str) -> None:
        def write(session: Session) -> None:
            cause, hope = self._cause(), self._hope(session)
            put(session, cause, "ask", None, hope.id, words)
            happens(session, cause, hope, "facilitator_asks")

        await self.chat.door.in_store.write(write)

    async def writes_a_step(self, words: str) -> None:
        def write(session: Session) -> None:
            hope = self._hope(session)
            write_step(
                session,
                self._cause(),
                hope.id,
                hope.version,
                self._outcome(session).id,
                words,
                Owner("person"),
                in_days(4),
            )

        await self.chat.door.in_store.write(write)

    async def says_it_is_done(self) -> None:
        def write(session: Session) -> None:
            hope = self._hope(session)
            outcome = self._outcome(session)
            say_it_is_done(session, self._cause(), hope.id, hope.version, outcome.id)

        await self.chat.door.in_store.write(write)

    async def they_were_quiet(self) -> None:
        """Some minutes go by: what the desk asks may come now."""

        def earlier(session: Session) -> None:
            session.execute(
                update(Incoming)
                .where(Incoming.person_id == self.person_id)
                .values(received_at=now() - QUIET * 2)
            )

        await self.chat.door.in_store.write(earlier)

    async def another_day(self) -> None:
        def earlier(session: Session) -> None:
            session.execute(
                update(DeskQuestion)
                .where(DeskQuestion.person_id == self.person_id, DeskQuestion.state == "waiting")
                .values(not_before=now() - timedelta(hours=1))
            )

        await self.chat.door.in_store.write(earlier)

    async def comes(self, *keys: str) -> str:
        """What comes into the chat by itself: exactly these, and no more."""
        came: list[dict[str, object]] = []
        async with asyncio.timeout(LONGEST_WAIT):
            while len(came) < len(keys):
                turn = await self.chat.door.in_store.read(
                    lambda session: self.chat.talk._what_happened(session, "", None)
                )
                came += turn["replies"]
                # The door works by itself; it says nothing of being done.
                await asyncio.sleep(0.05)
        turn = {"said": "", "replies": came, "kept": []}
        assert [reply["key"] for reply in came] == list(keys)
        assert hard_to_read(turn, [*self.chat.said, *await self.words()]) == []
        self.chat.turns.append(turn)
        return self.chat.text

    async def words(self) -> list[str]:
        """What Ann wrote: looked at on the desk before it is sent."""

        def read(session: Session) -> list[str]:
            found: list[str] = []
            for table in (OutcomeWording, DeskQuestion, Step):
                words = select(table.words).where(table.person_id == self.person_id)
                found += [each for each in session.scalars(words) if each]
            return found

        return await self.chat.door.in_store.read(read)

    async def outcome(self) -> tuple[str, str | None, str]:
        """Status, achievement, whose turn."""

        def read(session: Session) -> tuple[str, str | None, str]:
            outcome = self._outcome(session)
            return outcome.status, outcome.achievement, outcome.whose_turn

        return await self.chat.door.in_store.read(read)

    async def questions(self) -> list[tuple[str, str, str | None]]:
        def read(session: Session) -> list[tuple[str, str, str | None]]:
            rows = session.scalars(
                select(DeskQuestion)
                .where(DeskQuestion.person_id == self.person_id)
                .order_by(DeskQuestion.id)
            )
            return [(row.kind, row.state, row.answer) for row in rows]

        return await self.chat.door.in_store.read(read)

    async def steps(self) -> list[tuple[str, str]]:
        def read(session: Session) -> list[tuple[str, str]]:
            rows = session.scalars(select(Step).where(Step.person_id == self.person_id))
            return [(row.status, row.whose_turn) for row in rows]

        return await self.chat.door.in_store.read(read)
