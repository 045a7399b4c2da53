"""What the young person answers to what the desk asked: the question locked, and its end.

Comes in: a message of theirs. Goes out: the question with its answer, or put off to another day.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.checking_wishes import ANOTHER_DAY
from plan_store.order_of_locks import lock_hopes
from plan_store.tables import DeskQuestion, Place, Statement, now


def locked_question(session: Session, place: Place, question_id: int) -> DeskQuestion | None:
    """The question, locked behind its hope, and behind each that may be asked about after it.

    None where there is none of this person.
    """
    question = session.get(DeskQuestion, question_id)
    if question is None or question.person_id != place.person_id:
        return None
    asked_next = select(DeskQuestion.aspiration_id).where(
        DeskQuestion.person_id == place.person_id, DeskQuestion.state.in_(("waiting", "asked"))
    )
    hopes = [question.aspiration_id, place.aspiration_id, *session.scalars(asked_next)]
    parked = place.comes_back_to
    while parked is not None:
        hopes.append(parked.get("aspiration_id"))
        parked = parked.get("before")
    lock_hopes(session, hopes)
    return session.get(DeskQuestion, question_id, with_for_update=True)


def answered(
    session: Session,
    cause: Cause,
    question: DeskQuestion,
    answer: str,
    statement: Statement | None = None,
) -> None:
    """It has its answer: a key, and the words where there were any."""
    question.state, question.answered_at, question.answer = "answered", now(), answer
    question.incoming_id = cause.incoming_id
    question.statement_id = statement.id if statement else None
    note(session, cause, f"answers_{answer}", "desk_question", question.id)


def put_off(session: Session, cause: Cause, question: DeskQuestion) -> None:
    """Not now: it is asked again on another day, when they come by themselves."""
    question.state, question.answer = "waiting", "not_now"
    question.not_before = now() + ANOTHER_DAY
    note(session, cause, "answers_not_now", "desk_question", question.id)
