"""Where a person is in each chapter, so that chapters are taken in any order and never restart.

Comes in: a move inside a chapter. Goes out: the chapter's own place, kept until it is gone on with.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.tables import ChapterPlace, WaitingQuestion, now


def chapter_place(session: Session, person_id: str, chapter: str) -> ChapterPlace | None:
    """The person's place in this chapter; None where they were never in it."""
    return session.get(ChapterPlace, (person_id, chapter))


def keep_chapter_place(
    session: Session,
    person_id: str,
    chapter: str,
    state: str,
    question: str | None,
    aspiration_id: int | None,
) -> ChapterPlace:
    """Remember where the person is in this chapter."""
    place = chapter_place(session, person_id, chapter)
    if place is None:
        place = ChapterPlace(person_id=person_id, chapter=chapter)
        session.add(place)
    place.state, place.question, place.aspiration_id = state, question, aspiration_id
    place.at = now()
    return place


def chapters_begun(session: Session, person_id: str) -> dict[str, ChapterPlace]:
    """Each chapter the person was in, the latest one first."""
    rows = session.scalars(
        select(ChapterPlace)
        .where(ChapterPlace.person_id == person_id)
        .order_by(ChapterPlace.at.desc(), ChapterPlace.chapter)
    )
    return {row.chapter: row for row in rows}


def let_wait(session: Session, person_id: str, question: str, aspiration_id: int | None) -> None:
    """A private question waits until the person is on their own."""
    if session.get(WaitingQuestion, (person_id, question)) is None:
        session.add(
            WaitingQuestion(person_id=person_id, question=question, aspiration_id=aspiration_id)
        )


def waiting_questions(session: Session, person_id: str) -> list[WaitingQuestion]:
    """The questions that wait, the oldest first."""
    return list(
        session.scalars(
            select(WaitingQuestion)
            .where(WaitingQuestion.person_id == person_id)
            .order_by(WaitingQuestion.since, WaitingQuestion.question)
        )
    )


def waits_no_more(session: Session, person_id: str, question: str) -> None:
    """The question was asked."""
    row = session.get(WaitingQuestion, (person_id, question))
    if row is not None:
        session.delete(row)
