"""Ann at the desk, who does anything about the hopes of one person, from a seed of her own.

Comes in: a transaction. Goes out: whether she did it: an answer, a question, an outcome, a step, a
promise; by the same functions as the desk's pages.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from plan_store.answering import answer
from plan_store.answering_a_proposal import answer_proposal
from plan_store.causes import Cause
from plan_store.hoping import happens
from plan_store.promising import ENDS, end_promise, promise, tell_what_is_late
from plan_store.proposing_outcomes import propose, rest_or_go_on, say_it_is_done, take_back
from plan_store.putting_to_the_person import put
from plan_store.tables import (
    Aspiration,
    DeskQuestion,
    Incoming,
    Outcome,
    Promise,
    Step,
    new_id,
    now,
)
from plan_store.taking_a_click import check_as_seen, locked_hope
from plan_store.taking_steps import (
    DONE_AT_THE_DESK,
    WHO,
    Owner,
    deal_with_step,
    write_step,
)
from plan_store.the_time_here import HERE, today

T = TypeVar("T")
A_DAY = timedelta(days=1)
WORDS = (
    "Thank you for telling me.",
    "I help at the dogs’ home on Fridays.",
    "Ring the dogs’ home.",
    "Which dogs do you like?",
    "I look for a place near you.",
)


class WithHopes:
    """What Ann does about one person. `done` and `refused` count it, by its name."""

    def __init__(self, door: Door, person_id: str, ann: int, seed: int) -> None:
        self.door = door
        self.person_id, self.ann = person_id, ann
        self.chance = Random(seed)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def has_agreed_with_them(self, session: Session, hope_id: int) -> None:
        """An outcome was proposed for this hope, and they said yes to it."""
        hope = session.get_one(Aspiration, hope_id)
        wording = propose(session, self._click(), hope_id, hope.version, self._words())
        said = session.scalars(
            select(Incoming.id).where(Incoming.person_id == self.person_id)
        ).first()
        assert wording is not None
        assert said is not None
        session.flush()
        answer_proposal(session, Cause.message(self.person_id, said), wording.id, "agrees")
        # Nobody need ask any more.
        session.execute(delete(DeskQuestion).where(DeskQuestion.person_id == self.person_id))

    def _answers(self, session: Session) -> bool:
        hope = self._one(session, Aspiration)
        about = (hope.id, hope.version) if hope and self.chance.random() < 0.7 else (None, None)
        return answer(session, self._click(), self._words(), *about) is not None

    def _asks_back(self, session: Session) -> bool:
        cause, hope = self._click(), self._one(session, Aspiration)
        if hope is None or self.chance.random() < 0.3:
            return put(session, cause, "ask", None, None, self._words()) is not None
        check_as_seen(session, locked_hope(session, cause, hope.id), hope.version)
        put(session, cause, "ask", None, hope.id, self._words())
        happens(session, cause, hope, "facilitator_asks")
        return True

    def _proposes(self, session: Session) -> bool:
        hope = self._hope(session)
        if hope is None:
            return False
        propose(session, self._click(), hope.id, hope.version, self._words())
        return True

    def _proposes_again(self, session: Session) -> bool:
        outcome = self._one(session, Outcome)
        if outcome is None:
            return False
        hope = session.get_one(Aspiration, outcome.aspiration_id)
        propose(session, self._click(), hope.id, hope.version, self._words(), outcome.id)
        return True

    def _takes_back(self, session: Session) -> bool:
        return self._with_outcome(session, take_back)

    def _rests_or_goes_on(self, session: Session) -> bool:
        return self._with_outcome(session, rest_or_go_on)

    def _says_it_is_done(self, session: Session) -> bool:
        return self._with_outcome(session, say_it_is_done)

    def _with_outcome(self, session: Session, move: Callable[..., None]) -> bool:
        outcome = self._one(session, Outcome)
        if outcome is None:
            return False
        hope = session.get_one(Aspiration, outcome.aspiration_id)
        move(session, self._click(), hope.id, hope.version, outcome.id)
        return True

    def _writes_a_step(self, session: Session) -> bool:
        outcome = self._one(session, Outcome)
        if outcome is None:
            return False
        hope = session.get_one(Aspiration, outcome.aspiration_id)
        owner = Owner(self.chance.choice(("person", *WHO)), "Jo")
        day = today() + A_DAY * self.chance.randrange(5)
        cause, words = self._click(), self._words()
        write_step(session, cause, hope.id, hope.version, outcome.id, words, owner, day)
        return True

    def _deals_with_a_step(self, session: Session) -> bool:
        step = self._one(session, Step)
        if step is None:
            return False
        hope_id = session.get_one(Outcome, step.outcome_id).aspiration_id
        hope = session.get_one(Aspiration, hope_id)
        staff_only = step.who == "person"
        what = self.chance.choice(DONE_AT_THE_DESK[1:] if staff_only else DONE_AT_THE_DESK)
        deal_with_step(session, self._click(), hope.id, hope.version, step.id, what)
        return True

    def _promises(self, session: Session) -> bool:
        hope, day = self._one(session, Aspiration), today() + A_DAY * self.chance.randrange(5)
        about = (hope.id, hope.version) if hope and self.chance.random() < 0.7 else (None, None)
        return promise(session, self._click(), self._words(), day, *about) is not None

    def _ends_a_promise(self, session: Session) -> bool:
        made = self._one(session, Promise)
        if made is None:
            return False
        how = self.chance.choice(tuple(ENDS))
        end_promise(session, self._click(), made.id, made.version, how, self._words())
        return True

    def _misses_a_promise(self, session: Session) -> bool:
        """Its day goes by, and the chat says so."""
        self._of_theirs(session, Promise, by_day=today() - A_DAY)
        return tell_what_is_late(session, noon()) > 0

    def _another_day(self, session: Session) -> bool:
        waits = DeskQuestion.not_before.is_not(None)
        self._of_theirs(session, DeskQuestion, waits, not_before=now() - A_DAY)
        self._of_theirs(session, Step, by_day=today(), asked_at=None)
        return True

    def _click(self) -> Cause:
        return Cause.by_click(self.person_id, self.ann, new_id())

    def _words(self) -> str:
        return self.chance.choice(WORDS)

    def _hope(self, session: Session) -> Aspiration | None:
        return self._one(session, Aspiration, Aspiration.kind == "hope")

    def _one(self, session: Session, table: type[T], *which: Any) -> T | None:
        """Any one of theirs."""
        mine = select(table).where(table.person_id == self.person_id, *which)  # type: ignore[attr-defined]
        rows = session.scalars(mine.order_by(table.id)).all()  # type: ignore[attr-defined]
        return self.chance.choice(rows) if rows else None

    def _of_theirs(self, session: Session, table: Any, *which: Any, **values: Any) -> None:
        session.execute(
            update(table).where(table.person_id == self.person_id, *which).values(**values)
        )


def noon() -> datetime:
    """Of today: the chat says such things in the daytime."""
    return datetime.combine(today(), time(12), HERE)
