"""Becoming 16: from then on the young person decides, and nobody has to agree for them any more.

Comes in: the clock, or a facilitator who knows the day. Goes out: what the agreement allowed ends,
the person is told once, and sharing with family is asked again. Rules stand first, then the writes.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.moving_between_doors import say_at_the_last_door
from plan_store.moving_on import move, park
from plan_store.opening import Store
from plan_store.sharing import CHOICES, open_sharings, share, shared_now
from plan_store.tables import (
    Agreement,
    Aspiration,
    ComingOfAge,
    Incoming,
    Place,
    Sharing,
    now,
)
from plan_store.the_time_here import day_of

log = logging.getLogger(__name__)

# Planning begins at 13 at the earliest.
LONGEST_BEFORE = 3 * 12
# Telegram's own least age in the United Kingdom.
DOORS_FROM_16 = frozenset({"telegram"})
FAMILY_STILL = "ask_family_still"
# Left unanswered, it is asked again when they come back, and not more than once a day.
ASK_AGAIN_AFTER = timedelta(hours=20)
STILL, NOT = "still", "not"


class TooYoung(Exception):
    """This is for people of 16 or over."""


class NotYet(Exception):
    """The month in which they become 16 has not begun."""


def month_of(moment: datetime) -> date:
    """The month of this moment in London, by its first day."""
    return day_of(moment).replace(day=1)


def months_before(moment: datetime) -> list[date]:
    """The months in which somebody who is under 16 now, and 13 at least, becomes 16."""
    first = month_of(moment)
    return [
        date(first.year + (first.month - 1 + ahead) // 12, (first.month - 1 + ahead) % 12 + 1, 1)
        for ahead in range(LONGEST_BEFORE + 1)
    ]


def is_under_16(month: date | None, moment: datetime) -> bool:
    """Whether somebody who becomes 16 in this month may still be 15; None: they were 16 before.

    Only the month is known, so they count as 16 when it is over: "You are 16 now" is then true, and
    nothing that is for people of 16 is given to anybody of 15.
    """
    return month is not None and month >= month_of(moment)


def check_can_come_by(door: str, month: date | None, moment: datetime) -> None:
    """Raises `TooYoung` where the door is for people of 16 or over."""
    if door in DOORS_FROM_16 and is_under_16(month, moment):
        raise TooYoung


def month_they_become_16(session: Session, person_id: str) -> date | None:
    """The month, of somebody under 16; else None."""
    row = session.get(ComingOfAge, person_id)
    return row.month if row is not None else None


def becomes_16(session: Session, cause: Cause, at: datetime | None = None) -> bool:
    """They are 16 now; False when that was done before. Raises `NotYet`.

    By the clock when the month is over; by a facilitator, who knows the day, from its first day on.
    """
    moment = at or now()
    place, row = _locked(session, cause.person_id)
    if row is None or row.month is None:
        return False
    begins = row.month > month_of(moment)
    if begins or (cause.facilitator_id is None and is_under_16(row.month, moment)):
        raise NotYet
    row.month, row.came_at = None, moment
    for agreement in session.scalars(
        select(Agreement).where(Agreement.person_id == row.person_id, Agreement.ended_at.is_(None))
    ):
        agreement.ended_at = moment
    row.family_waits = seen_by_family(session, row.person_id)
    note(session, cause, "becomes_16", "person", row.person_id)
    if place is None or place.serial == 0:
        # They never said a word: they begin as somebody who is 16.
        return True
    if row.family_waits and _rests(session, place):
        _ask_about_family(session, row, place, "sixteen_now_family", moment)
    else:
        say_at_the_last_door(session, row.person_id, "sixteen_now")
    return True


def become_16(store: Store, at: datetime | None = None) -> int:
    """Everybody whose month is over is 16 now; how many that were. A repeat changes nothing.

    Whoever could not be asked about their family yet, in the middle of a question, is asked when
    none is open.
    """
    moment = at or now()
    with store.reading() as session:
        over = list(_whose_month_is_over(session, moment))
        to_ask = list(
            session.scalars(
                select(ComingOfAge.person_id).where(
                    ComingOfAge.family_waits, ComingOfAge.family_asked_at.is_(None)
                )
            )
        )
    for person_id in over:
        with store.writing() as session:
            becomes_16(session, Cause(person_id, "computer"), moment)
    for person_id in to_ask:
        with store.writing() as session:
            _ask_at_rest(session, person_id, moment)
    if over:
        log.info("%s became 16.", len(over))
    return len(over)


def family_is_due(session: Session, person_id: str, at: datetime | None = None) -> bool:
    """Whether to ask about family when they come back: not answered, and not asked today."""
    row = session.get(ComingOfAge, person_id)
    if row is None or not row.family_waits or not seen_by_family(session, person_id):
        return False
    return row.family_asked_at is None or row.family_asked_at <= (at or now()) - ASK_AGAIN_AFTER


def seen_by_family(session: Session, person_id: str) -> bool:
    """Whether family may see any part of the plan now."""
    shared = exists().where(
        Aspiration.person_id == person_id,
        Sharing.aspiration_id == Aspiration.id,
        Sharing.audience == "family",
        Sharing.until.is_(None),
    )
    return bool(session.scalar(select(shared)))


def stops_sharing_with_family(session: Session, cause: Cause) -> None:
    """Who stops all sharing has answered the question about family too, where it waited."""
    row = session.get(ComingOfAge, cause.person_id)
    if row is not None and row.family_waits:
        answers_about_family(session, cause, NOT)


def asked_about_family(session: Session, person_id: str) -> None:
    """It is asked now."""
    session.get_one(ComingOfAge, person_id, with_for_update=True).family_asked_at = now()


def answers_about_family(session: Session, cause: Cause, answer: str) -> None:
    """`still`: family sees what it saw. `not`: family sees nothing, others see what they saw."""
    if cause.incoming_id is None:
        raise ValueError("Only a message of the person says whether family sees it.")
    row = session.get(ComingOfAge, cause.person_id, with_for_update=True)
    if row is None or answer not in {STILL, NOT}:
        raise LookupError(answer)
    row.family, row.family_waits, row.family_answered_at = answer, False, now()
    note(session, cause, f"family_{answer}", "person", cause.person_id)
    if answer == STILL:
        return
    for item in shared_now(session, cause.person_id):
        see_it = {each.audience for each in open_sharings(session, item.id)}
        if "family" in see_it:
            left = see_it - {"family"}
            share(session, cause, item, next(c for c, who in CHOICES.items() if set(who) == left))


def _locked(session: Session, person_id: str) -> tuple[Place | None, ComingOfAge | None]:
    """Their place first, as the chat locks it; then whether they came of age."""
    place = session.get(Place, person_id, with_for_update=True)
    return place, session.get(ComingOfAge, person_id, with_for_update=True)


def _whose_month_is_over(session: Session, moment: datetime) -> Iterator[str]:
    yield from session.scalars(
        select(ComingOfAge.person_id).where(ComingOfAge.month < month_of(moment))
    )


def _rests(session: Session, place: Place) -> bool:
    """Nothing is asked, nobody is with them, and nothing they said is still to be heard."""
    waiting = exists().where(Incoming.person_id == place.person_id, Incoming.state == "waiting")
    return (
        place.question is None
        and not place.with_somebody
        and place.comes_back_to is None
        and not session.scalar(select(waiting))
    )


def _ask_at_rest(session: Session, person_id: str, moment: datetime) -> None:
    place, row = _locked(session, person_id)
    if row is None or place is None or not family_is_due(session, person_id, moment):
        return
    if row.family_asked_at is None and _rests(session, place):
        _ask_about_family(session, row, place, FAMILY_STILL, moment)


def _ask_about_family(
    session: Session, row: ComingOfAge, place: Place, key: str, moment: datetime
) -> None:
    park(place)
    move(place, "confirm", FAMILY_STILL)
    row.family_asked_at = moment
    session.flush()
    say_at_the_last_door(session, row.person_id, key)
