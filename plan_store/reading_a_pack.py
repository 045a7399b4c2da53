"""The pack of one meeting, as a facilitator may show it there: the person's own words first.

Comes in: a meeting. Goes out: plain data of what the person let be shown at this meeting, and what
helps them to come. When the meeting is over, nothing of it is shown any more.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.making_a_pack import Kept, packed
from plan_store.meeting_up import BEFORE, LASTS, answers_about
from plan_store.reaching_people import access_person_by_viewer
from plan_store.roles import Viewer
from plan_store.tables import Facilitator, Meeting, MeetingAnswer, now


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture or voice that may be shown, with the words that it came with. `file`: its name in
    the store.
    """

    id: int
    kind: str
    words: str
    media_type: str
    file: str


@dataclass(frozen=True, slots=True)
class HopeShown:
    """A hope in their own words, how it was said, and whether the yes was given with somebody."""

    id: int
    life_area: str
    words: str
    how: str
    helped: bool
    said_at: datetime
    asked_with_somebody: bool
    shown: tuple[Shown, ...]

    def of(self, kind: str) -> tuple[Shown, ...]:
        """Its pictures, or its voices."""
        return tuple(each for each in self.shown if each.kind == kind)


@dataclass(frozen=True, slots=True)
class PackSeen:
    """The pack. `helps`: what they said to each question about coming that they answered.

    `over`: the meeting was, or does not happen: what was let be shown there is shown no more.
    """

    person_id: str
    called: str | None
    meeting_id: int
    begins_at: datetime
    place: str
    by: str
    hopes: tuple[HopeShown, ...]
    helps: tuple[tuple[str, MeetingAnswer], ...]
    over: bool


def read_pack(session: Session, viewer: Viewer, person_id: str, meeting_id: int) -> PackSeen:
    """Raises `MayNot`, or `NoResultFound` for a meeting that is not this person's."""
    person = access_person_by_viewer(session, viewer, person_id)
    meeting, by = session.execute(
        select(Meeting, Facilitator.name)
        .join(Facilitator, Facilitator.id == Meeting.facilitator_id)
        .where(Meeting.id == meeting_id, Meeting.person_id == person_id)
    ).one()
    over = meeting.state != "planned" or meeting.begins_at <= now() - LASTS
    hopes = () if over else _hopes(session, meeting)
    # What helps goes with the hopes; without them there is no pack.
    answers = answers_about(session, meeting.id) if hopes else {}
    return PackSeen(
        person_id=person_id,
        called=person.called,
        meeting_id=meeting.id,
        begins_at=meeting.begins_at,
        place=meeting.place,
        by=by,
        hopes=hopes,
        helps=tuple(
            (question, answers[question])
            for question in BEFORE
            if question in answers and answers[question].choice != "skip"
        ),
        over=over,
    )


def _hopes(session: Session, meeting: Meeting) -> tuple[HopeShown, ...]:
    return tuple(
        HopeShown(
            id=each.hope.id,
            life_area=each.hope.life_area,
            words=each.statement.words,
            how=each.statement.how,
            helped=each.statement.helped,
            said_at=each.statement.said_at,
            asked_with_somebody=each.helped,
            shown=tuple(_shown(kept) for kept in each.shown if kept.attachment.file),
        )
        for each in packed(session, meeting)
    )


def _shown(kept: Kept) -> Shown:
    attachment = kept.attachment
    return Shown(
        attachment.id,
        attachment.kind,
        kept.statement.words,
        attachment.media_type,
        attachment.file or "",
    )
