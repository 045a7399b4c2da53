"""Answers about a meeting or an idea: the last one that was given, and which were deleted.

They hold the words of their message and no statement beside it, but where a voice was kept. Comes
in: a person. Goes out: rows to delete, and for the desk only when something was deleted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.keeping_words import LEFT_EMPTY
from plan_store.putting_to_the_person import COME, OPTION
from plan_store.tables import History, MeetingAnswer, OptionAnswer

AnswerBeside = MeetingAnswer | OptionAnswer
ANSWERS = (MeetingAnswer, OptionAnswer)
Answered = TypeVar("Answered", MeetingAnswer, OptionAnswer)
# What the history says of a deleted answer begins so; what it was asked about follows.
DELETES = "deletes_"
THOUGHT = "thought"


def newest_answer(session: Session, person_id: str, before: int) -> AnswerBeside | None:
    """The newest one that came before this message; what was left out was no answer."""

    def newest(answers: type[Answered]) -> Answered | None:
        return session.scalars(
            select(answers)
            .where(
                answers.person_id == person_id,
                answers.incoming_id < before,
                answers.choice.not_in(LEFT_EMPTY),
            )
            .order_by(answers.incoming_id.desc())
            .limit(1)
        ).first()

    given = [each for each in (newest(MeetingAnswer), newest(OptionAnswer)) if each is not None]
    return max(given, key=lambda answer: answer.incoming_id, default=None)


def answers_of(session: Session, message_ids: list[int]) -> list[AnswerBeside]:
    """What these messages answered."""

    def of(answers: type[Answered]) -> Iterable[Answered]:
        return session.scalars(select(answers).where(answers.incoming_id.in_(message_ids)))

    return [*of(MeetingAnswer), *of(OptionAnswer)]


def with_older_ones(session: Session, answer: AnswerBeside) -> list[AnswerBeside]:
    """This answer, and those to the same question that it took the place of."""
    if isinstance(answer, MeetingAnswer):
        meetings = select(MeetingAnswer).where(
            MeetingAnswer.meeting_id == answer.meeting_id,
            MeetingAnswer.question == answer.question,
            MeetingAnswer.id <= answer.id,
        )
        return list(session.scalars(meetings))
    thoughts = select(OptionAnswer).where(
        OptionAnswer.hope_option_id == answer.hope_option_id, OptionAnswer.id <= answer.id
    )
    return list(session.scalars(thoughts))


def asked_by(answer: AnswerBeside) -> str:
    """The question it answers, by which a voice is kept beside it."""
    if isinstance(answer, MeetingAnswer):
        return f"{COME}{answer.question}:{answer.meeting_id}"
    return f"{OPTION}{answer.hope_option_id}"


def note_deleted(session: Session, cause: Cause, answer: AnswerBeside) -> None:
    """That it was deleted, and of what it was; not what it said."""
    if isinstance(answer, MeetingAnswer):
        note(session, cause, f"{DELETES}{answer.question}", "meeting", answer.meeting_id)
    else:
        note(session, cause, f"{DELETES}{THOUGHT}", "hope_option", answer.hope_option_id)


def deleted_of(session: Session, person_id: str, item: str) -> Mapping[tuple[int, str], datetime]:
    """When an answer was deleted last, by what it was about and what was asked."""
    rows = session.execute(
        select(History.item_id, History.what, func.max(History.at))
        .where(
            History.person_id == person_id,
            History.item == item,
            History.what.startswith(DELETES, autoescape=True),
        )
        .group_by(History.item_id, History.what)
    )
    return {(int(about), what.removeprefix(DELETES)): at for about, what, at in rows}
