"""A facilitator puts a hope into an outcome's words: a proposal, until the young person agrees.

Comes in: a click, with the version the page showed. Goes out: a wording and a question in the chat;
then, when it is worked through, the question whether it happened. Nobody agrees here.
"""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.hoping import happens
from plan_store.making_moves import make_move
from plan_store.putting_to_the_person import ask_again, put, withdraw
from plan_store.tables import Outcome, OutcomeWording, Step, now
from plan_store.taking_a_click import (
    check_as_seen,
    clicked,
    done_before,
    locked_hope,
    said_in,
    was_clicked,
)
from plan_store.telling_in_the_chat import door_to

PROPOSALS = ("outcome", "reworded")


def propose(
    session: Session,
    cause: Cause,
    hope_id: int,
    seen_version: int | None,
    words: str,
    outcome_id: int | None = None,
) -> OutcomeWording | None:
    """Propose an outcome for a hope, or other words for one; None for a click that did it before.

    Raises `NothingToSay`, `NotShared`, `Changed`, `NoDoor` or `NotAllowed`.
    """
    click, facilitator_id = clicked(cause)
    plain = said_in(words)
    hope = locked_hope(session, cause, hope_id)
    if was_clicked(session, OutcomeWording, click):
        return None
    check_as_seen(session, hope, seen_version)
    door_to(session, cause.person_id)
    if outcome_id is None:
        outcome = Outcome(person_id=cause.person_id, aspiration_id=hope.id, status="", version=0)
        session.add(outcome)
        session.flush()
        make_move(session, cause, outcome, "proposes")
    else:
        outcome = outcome_of(session, hope.id, outcome_id)
        make_move(session, cause, outcome, "proposes_again")
    outcome.changed_at = now()
    take_place_of_older(session, outcome)
    wording = OutcomeWording(
        person_id=cause.person_id,
        outcome_id=outcome.id,
        number=1 + (session.scalar(_highest(outcome)) or 0),
        click=click,
        facilitator_id=facilitator_id,
        words=plain,
    )
    session.add(wording)
    session.flush()
    note(session, cause, "proposes", "outcome_wording", wording.id)
    kind = "reworded" if agreed_wording(session, outcome.id) is not None else "outcome"
    put(session, cause, kind, wording.id, hope.id)
    happens(session, cause, hope, "outcome_proposed")
    return wording


def take_back(
    session: Session, cause: Cause, hope_id: int, seen_version: int | None, outcome_id: int
) -> None:
    """A proposal that nobody has agreed to is taken back."""
    hope = locked_hope(session, cause, hope_id)
    outcome = outcome_of(session, hope.id, outcome_id)
    if outcome.status == "cancelled" or done_before(session, cause):
        return
    check_as_seen(session, hope, seen_version)
    make_move(session, cause, outcome, "takes_back")
    take_place_of_older(session, outcome)
    happens(session, cause, hope, "outcome_taken_back")


def rest_or_go_on(
    session: Session, cause: Cause, hope_id: int, seen_version: int | None, outcome_id: int
) -> None:
    """An agreed outcome rests for now; one that rests is gone on with."""
    hope = locked_hope(session, cause, hope_id)
    outcome = outcome_of(session, hope.id, outcome_id)
    if done_before(session, cause):
        return
    check_as_seen(session, hope, seen_version)
    rests = outcome.status == "on-hold"
    make_move(session, cause, outcome, "goes_on" if rests else "pauses")
    steps = select(Step.id).where(Step.outcome_id == outcome.id, Step.status == "not-started")
    if rests:
        ask_again(session, cause.person_id, "step", list(session.scalars(steps)))
    else:
        withdraw(session, cause.person_id, ("step",), list(session.scalars(steps)))
        take_place_of_older(session, outcome)
        if (wording := agreed_wording(session, outcome.id)) is not None:
            withdraw(session, cause.person_id, ("happened",), [wording.id])
    happens(session, cause, hope, "outcome_goes_on" if rests else "outcome_paused")


def say_it_is_done(
    session: Session, cause: Cause, hope_id: int, seen_version: int | None, outcome_id: int
) -> None:
    """Staff think that it is done: the young person is asked whether it happened, and judges."""
    hope = locked_hope(session, cause, hope_id)
    outcome = outcome_of(session, hope.id, outcome_id)
    wording = agreed_wording(session, outcome.id)
    if done_before(session, cause):
        return
    check_as_seen(session, hope, seen_version)
    door_to(session, cause.person_id)
    make_move(session, cause, outcome, "says_done")
    if wording is not None:
        withdraw(session, cause.person_id, ("happened",), [wording.id])
        put(session, cause, "happened", wording.id, hope.id)
    happens(session, cause, hope, "outcome_said_done")


def outcome_of(session: Session, hope_id: int, outcome_id: int) -> Outcome:
    """This outcome of this hope, locked."""
    return session.scalars(
        select(Outcome)
        .where(Outcome.id == outcome_id, Outcome.aspiration_id == hope_id)
        .with_for_update()
    ).one()


def agreed_wording(session: Session, outcome_id: int) -> OutcomeWording | None:
    """The words that hold now."""
    return session.scalars(
        select(OutcomeWording).where(
            OutcomeWording.outcome_id == outcome_id, OutcomeWording.state == "agreed"
        )
    ).one_or_none()


def take_place_of_older(session: Session, outcome: Outcome) -> None:
    """A proposal that was not answered yet is not asked any more."""
    older = session.scalars(
        select(OutcomeWording).where(
            OutcomeWording.outcome_id == outcome.id, OutcomeWording.state == "proposed"
        )
    ).all()
    for wording in older:
        wording.state = "withdrawn"
    withdraw(session, outcome.person_id, PROPOSALS, [wording.id for wording in older])


def _highest(outcome: Outcome) -> Select[int]:
    return select(func.max(OutcomeWording.number)).where(OutcomeWording.outcome_id == outcome.id)
