"""What became of all that the desk put before somebody: shown, still to come, or ended.

Comes in: the store, and the replies that were on their screen. Goes out: what was swallowed; and
where somebody is, as far as it decides how skipping goes on from there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.going_through_chapters import chapters_begun, waiting_questions
from plan_store.keeping_words import parts_now
from plan_store.looking_at_options import not_looked_at
from plan_store.meeting_up import meetings_to_come
from plan_store.putting_to_the_person import DECIDING, DESK, KINDS, OWN_WORDS
from plan_store.tables import (
    Aspiration,
    DeskQuestion,
    Outcome,
    OutcomeWording,
    Outgoing,
    Place,
    Sharing,
    Step,
)
from plan_store.taking_steps import open_steps

OPEN = ("waiting", "asked")
# An outcome is at rest or over: nothing is asked of it or of its steps.
RESTS = ("on-hold", "completed", "cancelled")


@dataclass(slots=True)
class Ends:
    """From where somebody came to an end by skipping, and with how many skips altogether."""

    known: set[Any] = field(default_factory=set)
    skips: int = 0


def swallowed(session: Session, person_id: str, seen: Iterable[Outgoing]) -> Iterator[Any]:
    """Every reply that was not on their screen, and every question that was lost on its way."""
    on_screen = {row.id: row for row in seen}
    for row in session.scalars(select(Outgoing).where(Outgoing.person_id == person_id)):
        if row.id not in on_screen or row.state == "failed":
            yield "never shown", row.key, row.state
    shown = {named for row in on_screen.values() for named in _named_in(row.filling)}
    for question in session.scalars(
        select(DeskQuestion).where(DeskQuestion.person_id == person_id)
    ):
        fills = KINDS[question.kind].fills
        item = question.id if fills == "desk_question" else question.item_id
        waits = question.state in OPEN
        if (fills, item) not in shown and not waits and not _ended(session, question):
            yield "never asked", question.kind, question.state
        if question.answer == "words" and question.statement_id is None:
            yield "an answer without words", question.kind


def where_they_are(session: Session, person_id: str) -> tuple[Any, Place, bool]:
    """All that decides what is asked from here on; the place; and whether the desk waits."""
    place = session.get_one(Place, person_id)
    questions = session.scalars(
        select(DeskQuestion).where(
            DeskQuestion.person_id == person_id, DeskQuestion.state.in_(OPEN)
        )
    ).all()
    kinds = Counter(f"{each.kind} {each.state} {each.not_before is None}" for each in questions)
    way = [_at(session, place.expecting, place.question, place.chapter)]
    parked = place.comes_back_to
    while parked is not None:
        at = _at(session, parked["expecting"], parked["question"], parked["chapter"])
        way.append((*at, parked["answered"], parked["second"]))
        parked = parked.get("before")
    begun = chapters_begun(session, person_id).items()
    where = (
        tuple(way),
        place.with_somebody,
        tuple((key, each.state, each.question) for key, each in begun),
        _not_agreed(session, person_id, place),
        tuple(each.question for each in waiting_questions(session, person_id)),
        tuple(sorted(kinds.items())),
        _beside_the_way(session, person_id) if any(at[0] == DECIDING for at in way) else (),
    )
    return where, place, bool(questions)


def _at(session: Session, expecting: str, question: str | None, chapter: str | None) -> Any:
    what, _, number = (question or "").partition(":")
    kind = ""
    if what in {DESK[:-1], OWN_WORDS[:-1]}:
        kind = session.get_one(DeskQuestion, int(number)).kind
    return expecting, what, kind, chapter


def _not_agreed(session: Session, person_id: str, place: Place) -> Any:
    """What is still to be read back, with the parts it has; and which of it is talked about."""
    items = session.scalars(
        select(Aspiration)
        .where(
            Aspiration.person_id == person_id,
            Aspiration.agreed_at.is_(None),
            Aspiration.status != "cancelled",
        )
        .order_by(Aspiration.id)
    )
    return tuple(
        (item.life_area, item.kind, item.id == place.aspiration_id, *parts_now(session, item.id))
        for item in items
    )


def _beside_the_way(session: Session, person_id: str) -> Any:
    return (
        len(not_looked_at(session, person_id)),
        len(open_steps(session, person_id)),
        len(meetings_to_come(session, person_id)),
    )


def _ended(session: Session, question: DeskQuestion) -> bool:
    """Whether it need not be asked: what it is about was taken back, is over, or was private."""
    if question.state != "withdrawn":
        return False
    if question.aspiration_id is not None and _was_private(session, question.aspiration_id):
        return True
    if question.kind == "step":
        step = session.get_one(Step, question.item_id)
        outcome = session.get_one(Outcome, step.outcome_id)
        return step.status not in {"not-started", "in-progress"} or outcome.status in RESTS
    if question.kind == "ask":
        return False
    wording = session.get_one(OutcomeWording, question.item_id)
    outcome = session.get_one(Outcome, wording.outcome_id)
    return wording.state in {"withdrawn", "before"} or outcome.status in RESTS


def _was_private(session: Session, hope_id: int) -> bool:
    ended = select(Sharing.id).where(Sharing.aspiration_id == hope_id, Sharing.until.is_not(None))
    return session.scalars(ended.limit(1)).first() is not None


def _named_in(filling: Any) -> Iterator[tuple[str, Any]]:
    """Every kind with what it names, however deep."""
    if isinstance(filling, dict):
        for kind, value in filling.items():
            if not isinstance(value, dict | list):
                yield kind, value
            yield from _named_in(value)
    elif isinstance(filling, list):
        for part in filling:
            yield from _named_in(part)
