"""Taking back what may be shown at a meeting: a row beside the older ones, which stay.

Comes in: a message of the person's, or that a hope is shared no more. Goes out: rows with their
history; the newest row of each thing counts.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.tables import Incoming, Meeting, PackAnswer, Place

YES, NO, BACK = "yes", "no", "back"
# Which hope, in which words, and with which picture or voice.
Thing = tuple[int, int, int | None]


def answers_for(session: Session, meeting_id: int) -> dict[Thing, PackAnswer]:
    """The newest answer for each thing that was asked about."""
    rows = session.scalars(
        select(PackAnswer).where(PackAnswer.meeting_id == meeting_id).order_by(PackAnswer.id)
    )
    return {(row.aspiration_id, row.statement_id, row.attachment_id): row for row in rows}


def is_yes(given: PackAnswer | None) -> bool:
    """Whether it may be shown."""
    return given is not None and given.answer == YES


def take_back_pack(
    session: Session, cause: Cause, message: Incoming, meeting: Meeting, *, helped: bool
) -> int:
    """Nothing of it may be shown any more; how many things that were."""
    return take_back(
        session, cause, message, meeting, answers_for(session, meeting.id), helped=helped
    )


def take_back(
    session: Session,
    cause: Cause,
    message: Incoming,
    meeting: Meeting,
    things: Iterable[Thing],
    *,
    helped: bool,
) -> int:
    """These are shown there no more; how many of them were."""
    answers = answers_for(session, meeting.id)
    theirs = [thing for thing in things if is_yes(answers.get(thing))]
    session.add_all(
        pack_answer(cause, message, meeting, thing, BACK, helped=helped) for thing in theirs
    )
    session.flush()
    if theirs:
        note(session, cause, "pack_back", "meeting", meeting.id)
    return len(theirs)


def take_back_hope(session: Session, cause: Cause, hope_id: int) -> None:
    """It is shared no more: shared again one day, it is asked about again."""
    asked = select(PackAnswer.meeting_id).where(PackAnswer.aspiration_id == hope_id).distinct()
    meetings = session.scalars(select(Meeting).where(Meeting.id.in_(asked)).order_by(Meeting.id))
    for meeting in meetings.all():
        theirs = [each for each in answers_for(session, meeting.id) if each[0] == hope_id]
        message = session.get_one(Incoming, cause.incoming_id)
        place = session.get(Place, cause.person_id)
        helped = bool(place is not None and place.with_somebody)
        take_back(session, cause, message, meeting, theirs, helped=helped)


def pack_answer(
    cause: Cause, message: Incoming, meeting: Meeting, thing: Thing, answer: str, *, helped: bool
) -> PackAnswer:
    """One row: what this message says of this thing."""
    hope_id, statement_id, attachment_id = thing
    return PackAnswer(
        person_id=cause.person_id,
        meeting_id=meeting.id,
        aspiration_id=hope_id,
        statement_id=statement_id,
        attachment_id=attachment_id,
        incoming_id=message.id,
        answer=answer,
        how=message.how,
        helped=helped,
    )
