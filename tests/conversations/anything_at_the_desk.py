"""Ann at the desk, who does anything at all about one person, from a seed of her own.

Comes in: a moment in their conversation. Goes out: one thing that the desk's pages can do, done by
the same functions; or the reason why it may not be, which a page would show.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

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
from plan_store.deciding import NotAllowed
from plan_store.meeting_up import (
    LASTS,
    Planned,
    ask_how_it_was,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from plan_store.putting_to_the_person import QUIET
from plan_store.reading_the_brokerage import is_over
from plan_store.sharing import NotShared
from plan_store.tables import (
    Aspiration,
    Brokering,
    Incoming,
    LocalOption,
    Meeting,
    now,
)
from tests.conversations.with_hopes_at_the_desk import A_DAY, WithHopes, noon

RULES = read_catalogue_rules()
# What a page of the desk answers with a reason, or as not there: nothing is done then.
REFUSED = (NotShared, NotAllowed, NotReady, NoResultFound)
PLACES = ("Millbrook Library", "The cafe by the park", "Your school")


class AnythingAtTheDesk(WithHopes):
    """All that Ann does about one person."""

    async def does_something(self) -> None:
        """One thing, in one transaction, as a form of a page does it."""
        what = self.chance.choice(THINGS)
        try:
            did = await self.door.in_store.write(partial(what, self))
        except REFUSED:
            self.refused[what.__name__] += 1
        else:
            self.done[what.__name__] += did

    async def asks_what_waits(self, *, they_are_quiet: bool = False) -> None:
        """The door looks what is to be asked and told, as it does twice a second."""

        def look(session: Session) -> None:
            if they_are_quiet:
                self._of_theirs(session, Incoming, received_at=now() - QUIET * 2)
            self.door.delivery._claim({}, session)

        await self.door.in_store.write(look)

    async def another_day_comes(self) -> None:
        """What was put off, and steps, are due."""
        await self.door.in_store.write(self._another_day)

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
        meeting.begins_at = noon() - LASTS - timedelta(hours=1)
        session.flush()
        return ask_how_it_was(session, noon()) > 0

    def _planned(self) -> Planned:
        at = now() + A_DAY * self.chance.randrange(1, 9)
        return Planned(at, self.chance.choice(PLACES), 0, 0, 0)

    def _seen(self, session: Session, hope: Aspiration) -> int:
        row = session.get(Brokering, hope.id)
        return row.version if row else 0


_DESK = AnythingAtTheDesk
# What puts something before the person is done more often.
THINGS: tuple[Callable[[AnythingAtTheDesk, Session], bool], ...] = (
    *(_DESK._asks_back, _DESK._proposes, _DESK._proposes_again, _DESK._says_it_is_done) * 2,
    *(_DESK._writes_a_step, _DESK._deals_with_a_step) * 3,
    *(_DESK._sends_options, _DESK._plans_a_meeting) * 2,
    *(_DESK._takes_back, _DESK._takes_back, _DESK._answers, _DESK._rests_or_goes_on),
    *(_DESK._promises, _DESK._ends_a_promise, _DESK._misses_a_promise),
    *(_DESK._takes_an_option_out, _DESK._sets_a_budget, _DESK._another_day),
    *(_DESK._moves_a_meeting, _DESK._cancels_a_meeting, _DESK._asks_how_it_was),
)
