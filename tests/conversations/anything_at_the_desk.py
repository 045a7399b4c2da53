"""Ann at the desk, who does anything at all about one person, from a seed of her own.

Comes in: a moment in their conversation. Goes out: one thing that the desk's pages can do, done by
the same functions; or the reason why it may not be, which a page would show.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from plan_store.answering import answer
from plan_store.answering_a_proposal import answer_proposal
from plan_store.brokering_a_hope import (
    NotReady,
    choose_option,
    leave_option,
    options_of,
    say_around,
    send_options,
)
from plan_store.budgeting import agree_budget, budgets_of, set_budget
from plan_store.catalogue_rules import read_catalogue_rules
from plan_store.causes import Cause
from plan_store.deciding import NotAllowed
from plan_store.hoping import happens
from plan_store.meeting_up import (
    LASTS,
    Planned,
    ask_how_it_was,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from plan_store.promising import ENDS, end_promise, promise, tell_what_is_late
from plan_store.proposing_outcomes import propose, rest_or_go_on, say_it_is_done, take_back
from plan_store.putting_to_the_person import QUIET, put
from plan_store.reading_the_brokerage import is_over
from plan_store.sharing import NotShared
from plan_store.tables import (
    Aspiration,
    Brokering,
    DeskQuestion,
    Incoming,
    LocalOption,
    Meeting,
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
RULES = read_catalogue_rules()
A_DAY = timedelta(days=1)
# What a page of the desk answers with a reason, or as not there: nothing is done then.
REFUSED = (NotShared, NotAllowed, NotReady, NoResultFound)
WORDS = (
    "Thank you for telling me.",
    "I help at the dogs’ home on Fridays.",
    "Ring the dogs’ home.",
    "Which dogs do you like?",
    "I look for a place near you.",
)
PLACES = ("Millbrook Library", "The cafe by the park", "Your school")


class AnythingAtTheDesk:
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

    async def does_something(self) -> None:
        """One thing, in one transaction, as a form of a page does it."""
        what = self.chance.choice(THINGS)
        try:
            did = await self.door.in_store.write(partial(what, self))
        except REFUSED:
            self.refused[what.__name__] += 1
        else:
            self.done[what.__name__] += did

    async def asks_what_waits(self, *, they_are_quiet: bool) -> None:
        """The door looks what is to be asked and told, as it does twice a second."""

        def look(session: Session) -> None:
            if they_are_quiet:
                self._of_theirs(session, Incoming, received_at=now() - QUIET * 2)
            self.door.delivery._claim({}, session)

        await self.door.in_store.write(look)

    async def another_day_comes(self) -> None:
        """What was put off, and steps, are due."""
        await self.door.in_store.write(self._another_day)

    def _another_day(self, session: Session) -> bool:
        waits = DeskQuestion.not_before.is_not(None)
        self._of_theirs(session, DeskQuestion, waits, not_before=now() - A_DAY)
        self._of_theirs(session, Step, by_day=today(), asked_at=None)
        return True

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
        return tell_what_is_late(session, _noon()) > 0

    def _sends_options(self, session: Session) -> bool:
        hope = self._hope(session)
        if hope is None:
            return False
        offered = session.scalars(select(LocalOption.id).order_by(LocalOption.id)).all()
        for option in self.chance.sample(offered, 2):
            seen = self._seen(session, hope)
            choose_option(session, self._click(), hope.id, seen, option, None)
        say_around(session, self._click(), hope.id, self._seen(session, hope), "none near", "Ring.")
        over = is_over(session, self.person_id, RULES)
        send_options(session, self._click(), hope.id, self._seen(session, hope), RULES, over)
        return True

    def _takes_an_option_out(self, session: Session) -> bool:
        hope = self._hope(session)
        standing = options_of(session, hope.id) if hope else []
        if hope is None or not standing:
            return False
        option = self.chance.choice(standing)
        leave_option(session, self._click(), hope.id, self._seen(session, hope), option.id)
        return True

    def _sets_a_budget(self, session: Session) -> bool:
        before = budgets_of(session, self.person_id)
        seen = before[0].id if before else 0
        if before and self.chance.random() < 0.5:
            return agree_budget(session, self._click(), seen) is not None
        weekly = self.chance.choice((0, 20_00, 500_00))
        more = {"yearly": 0, "once": 0, "direct_payment": 0}
        return set_budget(session, self._click(), seen, weekly=weekly, **more) is not None

    def _plans_a_meeting(self, session: Session) -> bool:
        return plan_meeting(session, self._click(), self._planned()) is not None

    def _moves_a_meeting(self, session: Session) -> bool:
        meeting = self._one(session, Meeting)
        if meeting is None:
            return False
        seen = meeting.version
        return change_meeting(session, self._click(), meeting.id, seen, self._planned()) is not None

    def _cancels_a_meeting(self, session: Session) -> bool:
        meeting = self._one(session, Meeting)
        if meeting is None:
            return False
        cancel_meeting(session, self._click(), meeting.id, meeting.version)
        return True

    def _asks_how_it_was(self, session: Session) -> bool:
        """A meeting goes by, and the chat asks how it was."""
        meeting = self._one(session, Meeting)
        if meeting is None:
            return False
        meeting.begins_at = _noon() - LASTS - timedelta(hours=1)
        session.flush()
        return ask_how_it_was(session, _noon()) > 0

    def _click(self) -> Cause:
        return Cause.by_click(self.person_id, self.ann, new_id())

    def _words(self) -> str:
        return self.chance.choice(WORDS)

    def _planned(self) -> Planned:
        at = now() + A_DAY * self.chance.randrange(1, 9)
        return Planned(at, self.chance.choice(PLACES), 0, 0, 0)

    def _hope(self, session: Session) -> Aspiration | None:
        return self._one(session, Aspiration, Aspiration.kind == "hope")

    def _one(self, session: Session, table: type[T], *which: Any) -> T | None:
        """Any one of theirs."""
        mine = select(table).where(table.person_id == self.person_id, *which)  # type: ignore[attr-defined]
        rows = session.scalars(mine.order_by(table.id)).all()  # type: ignore[attr-defined]
        return self.chance.choice(rows) if rows else None

    def _seen(self, session: Session, hope: Aspiration) -> int:
        row = session.get(Brokering, hope.id)
        return row.version if row else 0

    def _of_theirs(self, session: Session, table: Any, *which: Any, **values: Any) -> None:
        session.execute(
            update(table).where(table.person_id == self.person_id, *which).values(**values)
        )


def _noon() -> datetime:
    """Of today: the chat says such things in the daytime."""
    return datetime.combine(today(), time(12), HERE)


_DESK = AnythingAtTheDesk
# What puts something before the person is done more often.
THINGS: tuple[Callable[[AnythingAtTheDesk, Session], bool], ...] = (
    *(_DESK._asks_back, _DESK._proposes, _DESK._proposes_again, _DESK._says_it_is_done) * 2,
    *(_DESK._writes_a_step, _DESK._deals_with_a_step) * 3,
    *(_DESK._sends_options, _DESK._plans_a_meeting) * 2,
    *(_DESK._answers, _DESK._takes_back, _DESK._rests_or_goes_on),
    *(_DESK._promises, _DESK._ends_a_promise, _DESK._misses_a_promise),
    *(_DESK._takes_an_option_out, _DESK._sets_a_budget, _DESK._another_day),
    *(_DESK._moves_a_meeting, _DESK._cancels_a_meeting, _DESK._asks_how_it_was),
)
