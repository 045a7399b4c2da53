"""Steps towards an agreed outcome: who does what by when; ticked by whoever does it.

Comes in: a facilitator's click, or the person's word in the chat. Goes out: the step, moved on; its
outcome is being worked on from the first one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.hoping import happens
from plan_store.making_moves import make_move
from plan_store.proposing_outcomes import outcome_of
from plan_store.putting_to_the_person import put, withdraw
from plan_store.sharing import shared_with
from plan_store.tables import Aspiration, Incoming, Outcome, Step, now
from plan_store.taking_a_click import (
    check_as_seen,
    clicked,
    done_before,
    locked_hope,
    said_in,
    was_clicked,
)
from plan_store.telling_in_the_chat import door_to
from plan_store.the_time_here import day_of, today

WHO = ("person", "facilitator", "named")
OPEN, TICKED = ("not-started", "in-progress"), "completed"
# What the person says of a step, and what it is for the hope.
SAID = {
    "takes_it_on": "step_answered",
    "not_yet": "step_answered",
    "ticks": "step_answered",
    "unticks": "step_answered",
    "needs_help": "step_needs_help",
    "says_words": "step_talked_about",
    "refuses": "step_not_wanted",
}
# What the desk does with a step.
DONE_AT_THE_DESK = ("ticks_for_staff", "helps", "drops")
ASK_AGAIN_AFTER = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who does a step: the person, the facilitator who writes it, or somebody who is named."""

    who: str
    named: str | None = None


class NoOwner(Exception):
    """Nobody is named who does it."""


class NoDay(Exception):
    """A day is missing, or lies in the past."""


def write_step(
    session: Session,
    cause: Cause,
    hope_id: int,
    seen_version: int | None,
    outcome_id: int,
    words: str,
    owner: Owner,
    by_day: date | None,
) -> Step | None:
    """Write a step down; of the person's own, the chat tells them. None for a click done before.

    Raises `NothingToSay`, `NoOwner`, `NoDay`, `NotShared`, `Changed`, `NoDoor`, `NotAllowed`.
    """
    click, facilitator_id = clicked(cause)
    plain, named = said_in(words), (owner.named or "").strip()
    if owner.who not in WHO or (owner.who == "named" and not named):
        raise NoOwner
    if by_day is None or by_day < today():
        raise NoDay
    hope = locked_hope(session, cause, hope_id)
    if was_clicked(session, Step, click):
        return None
    check_as_seen(session, hope, seen_version)
    outcome = outcome_of(session, hope.id, outcome_id)
    theirs = owner.who == "person"
    if theirs:
        door_to(session, cause.person_id)
    make_move(session, cause, outcome, "begins_work")
    outcome.changed_at = now()
    step = Step(
        person_id=cause.person_id,
        outcome_id=outcome.id,
        click=click,
        made_by=facilitator_id,
        words=plain,
        who=owner.who,
        facilitator_id=facilitator_id if owner.who == "facilitator" else None,
        named=named if owner.who == "named" else None,
        by_day=by_day,
        status="",
        version=0,
    )
    session.add(step)
    session.flush()
    make_move(session, cause, step, "writes_for_person" if theirs else "writes_for_staff")
    if theirs:
        put(session, cause, "step", step.id, hope.id)
    happens(session, cause, hope, "step_written")
    return step


def deal_with_step(
    session: Session, cause: Cause, hope_id: int, seen_version: int | None, step_id: int, what: str
) -> None:
    """One of `DONE_AT_THE_DESK`. The person's own steps are ticked by the person alone."""
    hope = locked_hope(session, cause, hope_id)
    # Of this very hope: it is what the page showed, and what is shared.
    outcome_of(session, hope.id, session.get_one(Step, step_id).outcome_id)
    step = _step(session, cause.person_id, step_id)
    if done_before(session, cause):
        return
    check_as_seen(session, hope, seen_version)
    if what not in DONE_AT_THE_DESK or (what == "ticks_for_staff" and step.who == "person"):
        raise ValueError(what)
    make_move(session, cause, step, what)
    step.turned_at = now()
    if what == "ticks_for_staff":
        step.ticked_at = now()
    if what == "drops":
        withdraw(session, cause.person_id, ("step",), [step.id])
    happens(session, cause, hope, "step_dealt_with")


def say_of_step(session: Session, cause: Cause, step_id: int, what: str) -> Step:
    """One of `SAID`, by the person. Raises `NotAllowed` where the step is over."""
    outcome_id = session.get_one(Step, step_id).outcome_id
    hope_id = session.get_one(Outcome, outcome_id).aspiration_id
    hope = session.get_one(Aspiration, hope_id, with_for_update=True)
    step = _step(session, cause.person_id, step_id)
    if what == "needs_help" and step.status == TICKED:
        # It was not done after all, and they want help with it.
        make_move(session, cause, step, "unticks")
    make_move(session, cause, step, what)
    step.turned_at = now()
    step.ticked_at = now() if what == "ticks" else None
    step.incoming_id = cause.incoming_id
    happens(session, cause, hope, SAID[what])
    return step


def open_steps(session: Session, person_id: str) -> list[Step]:
    """The person's own steps that are to be done, the soonest first; of what they share."""
    found = _own(person_id).where(Step.status.in_(OPEN)).order_by(Step.by_day, Step.id)
    return list(session.scalars(found))


def ticked_steps(session: Session, person_id: str) -> list[Step]:
    """What they ticked last, the newest first: a wrong tap can be put right."""
    found = _own(person_id).where(Step.status == TICKED)
    return list(session.scalars(found.order_by(Step.ticked_at.desc(), Step.id.desc()).limit(5)))


def ticked_just_now(session: Session, message: Incoming) -> Step | None:
    """The step that the message before this one ticked, if it did."""
    before = (
        select(Incoming.id)
        .where(Incoming.person_id == message.person_id, Incoming.id < message.id)
        .order_by(Incoming.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = _own(message.person_id).where(Step.status == TICKED, Step.incoming_id == before)
    return session.scalars(found.limit(1)).first()


def _own(person_id: str) -> Select[Step]:
    """The person's own steps towards what is worked on, of what they share."""
    return (
        select(Step)
        .join(Outcome, Outcome.id == Step.outcome_id)
        .join(Aspiration, Aspiration.id == Outcome.aspiration_id)
        .where(
            Step.person_id == person_id,
            Step.who == "person",
            Outcome.status.in_(("accepted", "active")),
            shared_with("facilitator"),
        )
    )


def due_step(session: Session, person_id: str, at: datetime | None = None) -> Step | None:
    """A step whose day has come and that was not asked about today."""
    moment = at or now()
    return session.scalars(
        _own(person_id)
        .where(
            Step.status.in_(OPEN),
            Step.whose_turn == "person",
            Step.by_day <= day_of(moment),
            or_(Step.asked_at.is_(None), Step.asked_at <= moment - ASK_AGAIN_AFTER),
        )
        .order_by(Step.by_day, Step.id)
        .limit(1)
    ).first()


def _step(session: Session, person_id: str, step_id: int) -> Step:
    return session.scalars(
        select(Step)
        .where(Step.id == step_id, Step.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
