"""Meetings: planned at the desk, told in the chat, prepared with the person, and asked about after.

Comes in: a click of a facilitator's, or a message of the person's. Goes out: rows with their
history, and messages. What a meeting costs comes out of the project's fund.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.inserting_once import insert_once
from plan_store.keeping_words import ABOUT_A_MEETING
from plan_store.making_a_pack import packed
from plan_store.putting_to_the_person import COME
from plan_store.saying_to_the_desk import recordings_beside
from plan_store.tables import Facilitator, Incoming, Meeting, MeetingAnswer, Person, now
from plan_store.taking_a_click import Changed, clicked, done_before
from plan_store.telling_in_the_chat import NoDoor, tell
from plan_store.the_time_here import is_daytime
from plan_store.what_a_facilitator_sees import Recording
from plan_store.what_was_answered import deleted_of

# What is asked before a meeting, in this order; and afterwards.
BEFORE = ABOUT_A_MEETING
HEARD = "heard"
# A meeting is over this long after it began; after some days it is too late to ask how it was.
LASTS = timedelta(hours=2)
TOO_LATE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a meeting is to be: when, where, and pence for transport, food and other things."""

    begins_at: datetime
    place: str
    transport: int
    food: int
    other: int


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    """A meeting for the desk. `answers`: the newest answer to each question that has one."""

    id: int
    version: int
    begins_at: datetime
    place: str
    by: str
    transport: int
    food: int
    other: int
    state: str
    is_over: bool
    answers: dict[str, MeetingAnswer]
    # How many hopes are in their pack for it.
    packed: int
    # Voices and pictures that were sent to a question, and when.
    recordings: dict[str, list[tuple[Recording, datetime]]]
    # When they deleted their answer, by the question.
    deleted: dict[str, datetime]

    @property
    def cost(self) -> int:
        """Of the fund."""
        return self.transport + self.food + self.other


def plan_meeting(session: Session, cause: Cause, planned: Planned) -> Meeting | None:
    """Plan it and tell the person; None where this click did before. Raises `NoDoor`."""
    click, facilitator_id = clicked(cause)
    meeting = insert_once(
        session,
        Meeting,
        click=click,
        person_id=cause.person_id,
        facilitator_id=facilitator_id,
        begins_at=planned.begins_at,
        place=planned.place,
        transport=planned.transport,
        food=planned.food,
        other=planned.other,
    )
    if meeting is None:
        return None
    note(session, cause, "plans", "meeting", meeting.id)
    tell(session, cause.person_id, "meeting_planned", _about(meeting))
    return meeting


def change_meeting(
    session: Session, cause: Cause, meeting_id: int, seen: int, planned: Planned
) -> Meeting | None:
    """Another time, place or cost; the person is told where it is about when and where. None where
    this click did before.
    """
    meeting = _locked(session, cause, meeting_id, seen)
    if meeting is None:
        return None
    moved = (meeting.begins_at, meeting.place) != (planned.begins_at, planned.place)
    meeting.begins_at, meeting.place = planned.begins_at, planned.place
    meeting.transport, meeting.food, meeting.other = planned.transport, planned.food, planned.other
    note(session, cause, "changes", "meeting", meeting.id)
    if moved:
        session.flush()
        tell(session, cause.person_id, "meeting_moved", _about(meeting))
    return meeting


def place_of(session: Session, person_id: str, meeting_id: int) -> str | None:
    """Where it is to be, as the person was told; None where there is no such meeting of theirs."""
    return session.scalar(
        select(Meeting.place).where(Meeting.id == meeting_id, Meeting.person_id == person_id)
    )


def cancel_meeting(session: Session, cause: Cause, meeting_id: int, seen: int) -> None:
    """It does not happen, and the person is told."""
    meeting = _locked(session, cause, meeting_id, seen)
    if meeting is None or meeting.state == "cancelled":
        return
    meeting.state = "cancelled"
    note(session, cause, "cancels", "meeting", meeting.id)
    tell(session, cause.person_id, "meeting_cancelled", _about(meeting))


def next_meeting(session: Session, person_id: str) -> Meeting | None:
    """The meeting that is to come, or goes on now; None where there is none."""
    return next(iter(meetings_to_come(session, person_id)), None)


def meetings_to_come(session: Session, person_id: str) -> list[Meeting]:
    """All that are to come, or go on now; the nearest first."""
    return list(
        session.scalars(
            select(Meeting)
            .where(
                Meeting.person_id == person_id,
                Meeting.state == "planned",
                Meeting.begins_at > now() - LASTS,
            )
            .order_by(Meeting.begins_at, Meeting.id)
        )
    )


def why_not_now(session: Session, person_id: str, meeting_id: int) -> str | None:
    """What to say of a meeting that is not to come any more, or not theirs; None where it is."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.person_id != person_id or meeting.state != "planned":
        return "meeting_gone"
    return None if meeting.begins_at > now() - LASTS else "meeting_over"


def meeting_asked_about(
    session: Session, person_id: str, meeting_id: int | None = None
) -> Meeting | None:
    """This one, or the last meeting, of which the chat asked how it was."""
    this = true() if meeting_id is None else Meeting.id == meeting_id
    return session.scalars(
        select(Meeting)
        .where(Meeting.person_id == person_id, Meeting.asked_at.is_not(None), this)
        .order_by(Meeting.asked_at.desc(), Meeting.id.desc())
        .limit(1)
    ).first()


def keep_meeting_answer(
    session: Session,
    cause: Cause,
    message: Incoming,
    meeting: Meeting,
    question: str,
    choice: str,
    helped: bool,
) -> MeetingAnswer:
    """What they said, and how; a newer answer stands beside the older one."""
    answer = MeetingAnswer(
        person_id=cause.person_id,
        meeting_id=meeting.id,
        incoming_id=message.id,
        question=question,
        choice=choice,
        words=message.words,
        how=message.how,
        helped=helped,
    )
    session.add(answer)
    session.flush()
    note(session, cause, f"says_{question}", "meeting", meeting.id)
    return answer


def answers_about(session: Session, meeting_id: int) -> dict[str, MeetingAnswer]:
    """The newest answer to each question that has one."""
    found = session.scalars(
        select(MeetingAnswer)
        .where(MeetingAnswer.meeting_id == meeting_id)
        .order_by(MeetingAnswer.id)
    )
    return {answer.question: answer for answer in found}


def ask_how_it_was(session: Session, at: datetime | None = None) -> int:
    """Ask everybody whose meeting is over "Did they hear you?", once, by day; how many."""
    moment, asked = at or now(), 0
    if not is_daytime(moment):
        return 0
    over = session.scalars(
        select(Meeting)
        .join(Person, Person.id == Meeting.person_id)
        .where(
            Meeting.state == "planned",
            Meeting.asked_at.is_(None),
            Meeting.begins_at <= moment - LASTS,
            Meeting.begins_at > moment - TOO_LATE,
            Person.leaves_at.is_(None),
        )
        .order_by(Meeting.id)
        .limit(50)
        .with_for_update(of=Meeting, skip_locked=True)
    ).all()
    for meeting in over:
        meeting.asked_at = moment
        try:
            tell(session, meeting.person_id, "meeting_was", _about(meeting))
        except NoDoor:
            continue
        note(session, Cause(meeting.person_id, "computer"), "asks_heard", "meeting", meeting.id)
        asked += 1
    return asked


def meetings_of(session: Session, person_id: str) -> list[MeetingSeen]:
    """All of them, the newest first."""
    moment = now()
    sent = recordings_beside(session, person_id, COME)
    gone = deleted_of(session, person_id, Meeting.__tablename__)
    rows = session.execute(
        select(Meeting, Facilitator.name)
        .join(Facilitator, Facilitator.id == Meeting.facilitator_id)
        .where(Meeting.person_id == person_id)
        .order_by(Meeting.begins_at.desc(), Meeting.id.desc())
    )
    return [
        MeetingSeen(
            id=row.id,
            version=row.version,
            begins_at=row.begins_at,
            place=row.place,
            by=by,
            transport=row.transport,
            food=row.food,
            other=row.other,
            state=row.state,
            is_over=row.begins_at <= moment - LASTS,
            answers=answers_about(session, row.id),
            packed=len(packed(session, row)) if row.begins_at > moment - LASTS else 0,
            recordings={
                question: sent[asked]
                for question in BEFORE
                if (asked := f"{COME}{question}:{row.id}") in sent
            },
            deleted={question: at for (about, question), at in gone.items() if about == row.id},
        )
        for row, by in rows
    ]


def _about(meeting: Meeting) -> dict[str, dict[str, int]]:
    return {"meeting": {"meeting": meeting.id}}


def _locked(session: Session, cause: Cause, meeting_id: int, seen: int) -> Meeting | None:
    """The meeting, one version on; None where it was done by this very click.

    Raises `Changed`, or `NoResultFound` where it is no meeting of this person.
    """
    clicked(cause)
    meeting = session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id, Meeting.person_id == cause.person_id)
        .with_for_update()
    ).one()
    if done_before(session, cause):
        return None
    if meeting.version != seen:
        raise Changed
    meeting.version += 1
    return meeting
