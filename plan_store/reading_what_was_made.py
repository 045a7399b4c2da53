"""What was made of somebody's hopes, for the desk: outcomes, steps, questions, promises, notes.

Comes in: a person's id. Goes out: plain data by hope, for a fixed number of queries; of hopes that
are private now, nothing is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session, aliased

from plan_store.answering_a_proposal import OVER as OUTCOME_OVER
from plan_store.notes_that_may_quote import deleted_since
from plan_store.reading_the_hopes import said_of
from plan_store.saying_to_the_desk import said_of_what_was_made
from plan_store.sharing import shared_with
from plan_store.tables import (
    Aspiration,
    Attachment,
    DeskQuestion,
    Facilitator,
    Outcome,
    OutcomeWording,
    Person,
    Promise,
    SaidAnyway,
    StaffNote,
    Statement,
    Step,
)
from plan_store.taking_steps import OPEN
from plan_store.the_time_here import today
from plan_store.what_a_facilitator_sees import (
    AskedSeen,
    NoteSeen,
    OutcomeSeen,
    PromiseSeen,
    Said,
    StepOfPlan,
    WordingSeen,
)

PROPOSING = ("outcome", "reworded")
# A question left open on purpose, for good.
LEFT = ("skip", "dont_know", "dont_mind", "private")


def outcomes_of(session: Session, person_id: str) -> dict[int, list[OutcomeSeen]]:
    """By hope, the newest first; what was taken back is not shown."""
    said = said_of_what_was_made(session, person_id)
    asked = _asked(session, person_id)
    wordings = _wordings(session, person_id, asked)
    steps = _steps(session, person_id, said, asked)
    found: dict[int, list[OutcomeSeen]] = defaultdict(list)
    for outcome in session.scalars(
        select(Outcome)
        .join(Aspiration, Aspiration.id == Outcome.aspiration_id)
        .where(
            Outcome.person_id == person_id,
            Outcome.status != "cancelled",
            shared_with("facilitator"),
        )
        # What is over stands below.
        .order_by(Outcome.status.in_(OUTCOME_OVER), Outcome.id.desc())
    ):
        found[outcome.aspiration_id].append(
            OutcomeSeen(
                id=outcome.id,
                status=outcome.status,
                achievement=outcome.achievement,
                whose_turn=outcome.whose_turn,
                wordings=tuple(wordings[outcome.id]),
                steps=tuple(steps[outcome.id]),
                said=tuple(
                    each
                    for wording in wordings[outcome.id]
                    for kind in ("happened", *PROPOSING)
                    for each in said[kind, wording.id]
                ),
            )
        )
    return found


def _how_left(
    asked: Mapping[tuple[str, int | None], tuple[str, str | None]], item: int, *kinds: str
) -> str | None:
    found = (asked.get((kind, item), ("", None)) for kind in kinds)
    return next((answer for state, answer in found if state == "answered" and answer in LEFT), None)


def _asked(
    session: Session, person_id: str
) -> dict[tuple[str, int | None], tuple[str, str | None]]:
    """How the newest question of each kind about each thing stands, and its answer."""
    return {
        (kind, item): (state, answer)
        for kind, item, state, answer in session.execute(
            select(DeskQuestion.kind, DeskQuestion.item_id, DeskQuestion.state, DeskQuestion.answer)
            .where(DeskQuestion.person_id == person_id, DeskQuestion.kind != "ask")
            .order_by(DeskQuestion.id)
        )
    }


def _wordings(
    session: Session, person_id: str, asked: Mapping[tuple[str, int | None], tuple[str, str | None]]
) -> dict[int, list[WordingSeen]]:
    off = {
        item
        for (kind, item), (state, answer) in asked.items()
        if kind in PROPOSING and answer == "not_now" and state in {"waiting", "asked"}
    }
    found: dict[int, list[WordingSeen]] = defaultdict(list)
    newer = aliased(Statement)
    for wording, by, statement, words, attachment, anyway in session.execute(
        select(OutcomeWording, Facilitator.name, Statement, newer, Attachment, SaidAnyway)
        .join(Facilitator, Facilitator.id == OutcomeWording.facilitator_id)
        .outerjoin(Statement, Statement.id == OutcomeWording.statement_id)
        .outerjoin(newer, newer.replaces_id == Statement.id)
        .outerjoin(Attachment, Attachment.incoming_id == Statement.incoming_id)
        .outerjoin(SaidAnyway, SaidAnyway.click == OutcomeWording.click)
        .where(OutcomeWording.person_id == person_id)
        .order_by(OutcomeWording.number.desc())
    ):
        found[wording.outcome_id].append(
            WordingSeen(
                id=wording.id,
                number=wording.number,
                words=wording.words,
                state=wording.state,
                by=by,
                proposed_at=wording.proposed_at,
                answered_at=wording.answered_at,
                put_off=wording.id in off,
                left=_how_left(asked, wording.id, "happened", *PROPOSING),
                instead=said_of(words or statement, attachment) if statement else None,
                anyway=anyway.reason if anyway else None,
            )
        )
    return found


def _steps(
    session: Session,
    person_id: str,
    said: Mapping[tuple[str, int | None], list[Said]],
    asked: Mapping[tuple[str, int | None], tuple[str, str | None]],
) -> dict[int, list[StepOfPlan]]:
    found: dict[int, list[StepOfPlan]] = defaultdict(list)
    for step, by in session.execute(
        select(Step, Facilitator.name)
        .outerjoin(Facilitator, Facilitator.id == Step.facilitator_id)
        .where(Step.person_id == person_id, Step.status != "cancelled")
        .order_by(Step.by_day, Step.id)
    ):
        found[step.outcome_id].append(
            StepOfPlan(
                id=step.id,
                words=step.words,
                who=step.who,
                by=by or step.named,
                by_day=step.by_day,
                status=step.status,
                whose_turn=step.whose_turn,
                ticked_at=step.ticked_at,
                late=step.status in OPEN and step.by_day < today(),
                said=tuple(said["step", step.id]),
                left=_how_left(asked, step.id, "step") if step.status in OPEN else None,
            )
        )
    return found


def asked_of(session: Session, person_id: str) -> dict[int | None, list[AskedSeen]]:
    """What was asked back, by hope, the oldest first."""
    found: dict[int | None, list[AskedSeen]] = defaultdict(list)
    newer = aliased(Statement)
    for question, by, statement, words, attachment in session.execute(
        select(DeskQuestion, Facilitator.name, Statement, newer, Attachment)
        .join(Facilitator, Facilitator.id == DeskQuestion.facilitator_id)
        .outerjoin(Aspiration, Aspiration.id == DeskQuestion.aspiration_id)
        .outerjoin(Statement, Statement.id == DeskQuestion.statement_id)
        # A voice has its words beside it once they were read back.
        .outerjoin(newer, newer.replaces_id == Statement.id)
        .outerjoin(Attachment, Attachment.incoming_id == Statement.incoming_id)
        .where(
            DeskQuestion.person_id == person_id,
            DeskQuestion.kind == "ask",
            or_(DeskQuestion.aspiration_id.is_(None), shared_with("facilitator")),
        )
        .order_by(DeskQuestion.id)
    ):
        answer = words or statement
        said: Said | None = said_of(answer, attachment) if answer else None
        found[question.aspiration_id].append(
            AskedSeen(
                id=question.id,
                hope_id=question.aspiration_id,
                words=question.words or "",
                by=by,
                at=question.put_at,
                state=question.state,
                asked_at=question.asked_at,
                answer=question.answer,
                answered_at=question.answered_at,
                said=said,
            )
        )
    return found


def promises_of(session: Session, person_id: str) -> dict[int | None, list[PromiseSeen]]:
    """The promises that were made to somebody, by hope."""
    found: dict[int | None, list[PromiseSeen]] = defaultdict(list)
    for promise in _read_promises(session, _promises().where(Promise.person_id == person_id)):
        found[promise.hope_id].append(promise)
    return found


def open_promises(session: Session, seen: Any = None) -> list[PromiseSeen]:
    """All that are open, of the people in this condition, the longest overdue first."""
    asked = _promises().where(Promise.status == "open", true() if seen is None else seen)
    return list(_read_promises(session, asked))


def _promises() -> Any:
    ends = aliased(Facilitator)
    return (
        select(Promise, Person, Facilitator.name, ends.name)
        .join(Person, Person.id == Promise.person_id)
        .join(Facilitator, Facilitator.id == Promise.facilitator_id)
        .outerjoin(ends, ends.id == Promise.ended_by)
        .outerjoin(Aspiration, Aspiration.id == Promise.aspiration_id)
        .where(
            Promise.status != "cancelled",
            or_(Promise.aspiration_id.is_(None), shared_with("facilitator")),
        )
        .order_by(Promise.by_day, Promise.id)
    )


def _read_promises(session: Session, asked: Any) -> Iterable[PromiseSeen]:
    for promise, person, by, ended_by in session.execute(asked):
        yield PromiseSeen(
            id=promise.id,
            version=promise.version,
            person_id=person.id,
            called=person.called,
            hope_id=promise.aspiration_id,
            words=promise.words,
            by=by,
            by_day=promise.by_day,
            status=promise.status,
            late=promise.status == "open" and promise.by_day < today(),
            made_at=promise.made_at,
            told_late_at=promise.told_late_at,
            ended_at=promise.ended_at,
            ended_by=ended_by,
            ending=promise.ending,
        )


def notes_of(session: Session, person_id: str) -> list[NoteSeen]:
    """What was noted for staff, the newest first."""
    rows = session.execute(
        select(StaffNote, Facilitator.name)
        .join(Facilitator, Facilitator.id == StaffNote.facilitator_id)
        .where(StaffNote.person_id == person_id)
        .order_by(StaffNote.id.desc())
    ).all()
    deleted = deleted_since(session, person_id, [note.at for note, _ in rows])
    return [NoteSeen(note.id, note.words, by, note.at, deleted.get(note.at)) for note, by in rows]
