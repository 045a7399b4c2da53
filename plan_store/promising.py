"""Promises: an answer by a day, an honest end, and an honest word when it is late.

Comes in: a facilitator's click, or the moment. Goes out: the promise, moved on, and what the chat
says of it. "We could not, because …" is an end.
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.hoping import happens
from plan_store.inserting_once import insert_once
from plan_store.making_moves import make_move
from plan_store.sharing import check_can_see, shared_with
from plan_store.tables import Aspiration, Person, Promise, now
from plan_store.taking_a_click import (
    Changed,
    check_as_seen,
    clicked,
    done_before,
    locked_hope,
    said_in,
    was_clicked,
)
from plan_store.taking_steps import NoDay
from plan_store.telling_in_the_chat import NoDoor, door_to, tell
from plan_store.the_time_here import HERE, day_of, is_daytime, today

ENDS = {"keeps": "promise_kept", "could_not": "promise_could_not"}


def promise(
    session: Session,
    cause: Cause,
    words: str,
    by_day: date | None,
    hope_id: int | None = None,
    seen_version: int | None = None,
) -> Promise | None:
    """Promise an answer by a day, and say so in the chat; None for a click done before.

    Raises `NothingToSay`, `NoDay`, `NotShared`, `Changed`, `NoDoor`.
    """
    click, facilitator_id = clicked(cause)
    plain = said_in(words)
    if by_day is None or by_day < today():
        raise NoDay
    hope = locked_hope(session, cause, hope_id) if hope_id is not None else None
    if was_clicked(session, Promise, click):
        return None
    if hope is not None:
        check_as_seen(session, hope, seen_version)
    door_to(session, cause.person_id)
    made = insert_once(
        session,
        Promise,
        person_id=cause.person_id,
        aspiration_id=hope_id,
        click=click,
        facilitator_id=facilitator_id,
        words=plain,
        by_day=by_day,
        status="",
        version=0,
    )
    if made is None:
        return None
    make_move(session, cause, made, "promises")
    if hope is not None:
        happens(session, cause, hope, "promise_made")
    tell(session, cause.person_id, "promise_made", {"words": {"promise": made.id}})
    return made


def end_promise(
    session: Session,
    cause: Cause,
    promise_id: int,
    seen_version: int | None,
    how: str,
    words: str,
) -> Promise:
    """One of `ENDS`, with the answer or the reason; the chat says it.

    Raises `NothingToSay`, `Changed` where somebody was quicker, `NotShared`, `NoDoor`.
    """
    _, facilitator_id = clicked(cause)
    plain = said_in(words)
    theirs = select(Promise).where(Promise.id == promise_id, Promise.person_id == cause.person_id)
    hope_id = session.scalars(theirs).one().aspiration_id
    hope = locked_hope(session, cause, hope_id) if hope_id is not None else None
    made = session.scalars(theirs.with_for_update().execution_options(populate_existing=True)).one()
    if done_before(session, cause):
        return made
    if hope is not None:
        check_can_see(session, hope, "facilitator")
    if made.version != seen_version:
        raise Changed
    door_to(session, cause.person_id)
    make_move(session, cause, made, how)
    made.ended_at, made.ended_by, made.ending = now(), facilitator_id, plain
    if hope is not None:
        happens(session, cause, hope, "promise_ended")
    tell(session, cause.person_id, ENDS[how], {"words": {"promise": made.id}})
    return made


def end_of(day: date) -> datetime:
    """The midnight after this day, where people are."""
    return datetime.combine(day + timedelta(days=1), time(), HERE)


def late_promises(session: Session, at: datetime, *, untold: bool = False) -> list[Promise]:
    """Open promises whose day has passed, the oldest first.

    One about a hope that the person keeps private now rests, and is nobody's fault.
    """
    asked = (
        select(Promise)
        .outerjoin(Aspiration, Aspiration.id == Promise.aspiration_id)
        .where(
            Promise.status == "open",
            Promise.by_day < day_of(at),
            or_(Promise.aspiration_id.is_(None), shared_with("facilitator")),
        )
    )
    if untold:
        asked = asked.where(Promise.told_late_at.is_(None)).with_for_update(
            of=Promise, skip_locked=True
        )
    return list(session.scalars(asked.order_by(Promise.by_day, Promise.id)))


def tell_what_is_late(session: Session, at: datetime | None = None) -> int:
    """Say in the chat, once and in the daytime, that an answer is late; of how many it was said."""
    moment = at or now()
    if not is_daytime(moment):
        return 0
    told = 0
    for made in late_promises(session, moment, untold=True):
        person = session.get_one(Person, made.person_id)
        made.told_late_at = moment
        if person.leaves_at is not None:
            continue
        try:
            tell(session, made.person_id, "promise_late", {"words": {"promise": made.id}})
        except NoDoor:
            continue
        make_move(session, Cause(made.person_id, "computer"), made, "tells_late")
        told += 1
    return told
