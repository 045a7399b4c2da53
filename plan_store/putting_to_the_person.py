"""What somebody at the desk wants asked in the chat: kept here, and asked when it fits there.

Comes in: a facilitator's click. Goes out: a question that waits; then, asked when the person is not
in the middle of something else, the place moved to it; then its answer. The question that was open
is parked, and comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, or_, select, update
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.inserting_once import insert_once
from plan_store.moving_on import in_a_detour, move, park
from plan_store.order_of_locks import lock_hopes
from plan_store.sharing import can_see
from plan_store.tables import (
    Aspiration,
    DeskQuestion,
    Incoming,
    Outcome,
    OutcomeWording,
    Person,
    Place,
    Step,
    now,
)
from plan_store.taking_a_click import clicked
from plan_store.telling_in_the_chat import tell

# The question the person is at, in front of the id of the row here.
DESK = "desk:"
# The same, where the person is to say it in their own words; and a step that is asked about.
OWN_WORDS, TICK = "desk_words:", "tick:"
# The same for an option that was found, and for what helps to come to a meeting: which question,
# and the id of the meeting.
OPTION, COME = "ask_option:", "ask_come_"
# What the listener's rules call it.
DECIDING = "deciding"
# Said first: who writes, and that they are a person.
COMES_IN = "desk_comes_in"
# Who wrote a moment ago may be writing still.
QUIET = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is asked: the key of its words, and what its `item_id` fills them with."""

    key: str
    fills: str


# Never asked and never put off: the house asks these by itself.
NEW = (DeskQuestion.state == "waiting", DeskQuestion.not_before.is_(None))

# To ask something of another kind: its line here, its words, and what follows in the hands.
KINDS: Mapping[str, Kind] = {
    "outcome": Kind("ask_outcome", "wording"),
    "reworded": Kind("ask_outcome_reworded", "wording"),
    "happened": Kind("ask_outcome_happened", "wording"),
    "step": Kind("ask_step", "step"),
    "ask": Kind("ask_back", "desk_question"),
}


def put(
    session: Session,
    cause: Cause,
    kind: str,
    item_id: int | None = None,
    aspiration_id: int | None = None,
    words: str | None = None,
) -> DeskQuestion | None:
    """Let this be asked in the chat; None when this click put it before."""
    click, facilitator_id = clicked(cause)
    if kind not in KINDS:
        raise ValueError(f"Nothing is asked as {kind!r}.")
    question = insert_once(
        session,
        DeskQuestion,
        person_id=cause.person_id,
        kind=kind,
        item_id=item_id,
        aspiration_id=aspiration_id,
        click=click,
        facilitator_id=facilitator_id,
        words=words,
    )
    if question is not None:
        note(session, cause, "puts", "desk_question", question.id)
    return question


def withdraw(session: Session, person_id: str, kinds: tuple[str, ...], item_ids: list[int]) -> None:
    """These are not asked any more: something newer took their place."""
    session.execute(
        update(DeskQuestion)
        .where(
            DeskQuestion.person_id == person_id,
            DeskQuestion.kind.in_(kinds),
            DeskQuestion.item_id.in_(item_ids),
            DeskQuestion.state.in_(("waiting", "asked")),
        )
        .values(state="withdrawn")
    )


def ask_again(session: Session, person_id: str, kind: str, item_ids: list[int]) -> None:
    """These rested, and were not answered before: they are asked after all."""
    session.execute(
        update(DeskQuestion)
        .where(
            DeskQuestion.person_id == person_id,
            DeskQuestion.kind == kind,
            DeskQuestion.item_id.in_(item_ids),
            DeskQuestion.state == "withdrawn",
            DeskQuestion.answered_at.is_(None),
        )
        .values(state="waiting")
    )


def withdraw_what_is_private(session: Session, person_id: str) -> None:
    """What is about a hope that facilitators may not see any more is not asked any more."""
    for question in session.scalars(
        select(DeskQuestion).where(
            DeskQuestion.person_id == person_id, DeskQuestion.state.in_(("waiting", "asked"))
        )
    ):
        if not _stands(session, question):
            question.state = "withdrawn"


def is_private_now(session: Session, asked: str | None) -> bool:
    """Whether what is asked is of the desk or a step, and its hope is kept private by now."""
    what, _, number = (asked or "").partition(":")
    if what == TICK[:-1]:
        step = session.get_one(Step, int(number))
        outcome = session.get_one(Outcome, step.outcome_id)
        return not _may_be_asked_about(session, outcome.aspiration_id)
    if what in {DESK[:-1], OWN_WORDS[:-1]}:
        question = session.get(DeskQuestion, int(number))
        return question is not None and not _stands(session, question)
    return False


def put_in_words(session: Session, question: DeskQuestion) -> tuple[str, dict[str, Any]]:
    """The key of the words it is asked with, and what fills them."""
    kind = KINDS[question.kind]
    item = question.id if kind.fills == "desk_question" else question.item_id
    filling: dict[str, Any] = {"words": {kind.fills: item}}
    if question.kind == "reworded" and (before := _agreed_before(session, question)) is not None:
        filling["agreed"] = {"wording": before}
    return kind.key, filling


def asks_now(session: Session, person_id: str) -> DeskQuestion | None:
    """What is to be asked of somebody who comes in, locked: what is new, left, or was put off."""
    return _first(
        session,
        person_id,
        DeskQuestion.state.in_(("waiting", "asked")),
        or_(DeskQuestion.not_before.is_(None), DeskQuestion.not_before <= now()),
    )


def _first(session: Session, person_id: str, *wanted: ColumnElement[bool]) -> DeskQuestion | None:
    """The oldest of these; what is about a hope that is private now is asked of nobody.

    Their hopes are locked first, as the desk does it.
    """
    theirs = (DeskQuestion.person_id == person_id, *wanted)
    hopes = session.scalars(select(DeskQuestion.aspiration_id).where(*theirs)).all()
    if not hopes:
        return None
    lock_hopes(session, hopes)
    for question in session.scalars(
        select(DeskQuestion).where(*theirs).order_by(DeskQuestion.id).with_for_update()
    ):
        if _stands(session, question):
            return question
        question.state = "withdrawn"
    return None


def begin_asking(place: Place, question: DeskQuestion) -> None:
    """Move the person to it; what was open is parked and comes back."""
    question.state, question.asked_at = "asked", now()
    park(place, question.id)
    place.chapter, place.aspiration_id = None, question.aspiration_id
    move(place, DECIDING, f"{DESK}{question.id}")


def ask_where_it_fits(session: Session, at: datetime | None = None, most: int = 20) -> int:
    """Ask what waits of everybody who is not in the middle of something; how many were asked.

    Whoever is being heard now, or wrote a moment ago, is asked later. What was put off once is
    asked only when they come by themselves: nobody is reminded who did not want it.
    """
    moment, asked = at or now(), 0
    waiting = session.scalars(
        select(DeskQuestion.person_id)
        .join(Place, Place.person_id == DeskQuestion.person_id)
        .join(Person, Person.id == DeskQuestion.person_id)
        # Who is in the middle of something for long would stand in front of everybody else.
        .where(*NEW, *_may_be_free(moment), Person.called.is_not(None), Person.leaves_at.is_(None))
        .group_by(DeskQuestion.person_id)
        .order_by(func.min(DeskQuestion.id))
        .limit(most)
    ).all()
    free = []
    for person_id in waiting:
        place = session.scalars(
            select(Place).where(Place.person_id == person_id).with_for_update(skip_locked=True)
        ).one_or_none()
        if place is not None and _is_free(session, place, moment):
            free.append(place)
    if not free:
        return 0
    # Of all of them, before any question is locked.
    ids = [place.person_id for place in free]
    hopes = select(DeskQuestion.aspiration_id).where(DeskQuestion.person_id.in_(ids), *NEW)
    lock_hopes(session, session.scalars(hopes))
    for place in free:
        person_id = place.person_id
        question = _first(session, person_id, *NEW)
        if question is None:
            continue
        begin_asking(place, question)
        session.flush()
        filling = {"facilitator": {"facilitator": question.facilitator_id}}
        tell(session, person_id, COMES_IN, filling)
        key, filling = put_in_words(session, question)
        tell(session, person_id, key, filling)
        asked += 1
    return asked


def _may_be_free(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """The same as `_is_free`, but for what lasts a moment: asked of everybody at once."""
    # Nothing parked is kept as the word for it in JSON, once something was.
    no_detour = or_(
        Place.question.is_(None),
        Place.comes_back_to.is_(None),
        cast(Place.comes_back_to, String) == "null",
    )
    wrote = exists().where(Incoming.person_id == Place.person_id, Incoming.received_at > at - QUIET)
    return (
        Place.expecting != DECIDING,
        no_detour,
        or_(Place.expecting == "nothing", ~wrote.correlate(Place)),
    )


def _is_free(session: Session, place: Place, at: datetime) -> bool:
    """No detour is open, nobody hears them now, no message waits, and they are not writing."""
    if place.expecting == DECIDING or in_a_detour(place):
        return False
    if place.leased_until is not None and place.leased_until > at:
        return False
    latest, waits = session.execute(
        select(
            func.max(Incoming.received_at),
            func.count().filter(Incoming.state == "waiting"),
        ).where(Incoming.person_id == place.person_id)
    ).one()
    if waits:
        return False
    return place.expecting == "nothing" or latest is None or latest <= at - QUIET


def _stands(session: Session, question: DeskQuestion) -> bool:
    return question.aspiration_id is None or _may_be_asked_about(session, question.aspiration_id)


def _may_be_asked_about(session: Session, hope_id: int) -> bool:
    hope = session.get_one(Aspiration, hope_id)
    return hope.status != "cancelled" and can_see(session, hope, "facilitator")


def _agreed_before(session: Session, question: DeskQuestion) -> int | None:
    wording = session.get_one(OutcomeWording, question.item_id)
    return session.scalar(
        select(OutcomeWording.id).where(
            OutcomeWording.outcome_id == wording.outcome_id, OutcomeWording.state == "agreed"
        )
    )
