"""Meetings: when and where, what helps the person to come, what it costs, and how it was."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, now


class Meeting(Table):
    """A meeting with the person. Costs are pence, of the project's fund.

    `state`: planned or cancelled. `asked_at`: afterwards the chat asked how it was.
    """

    __tablename__ = "meeting"

    id: Mapped[RowId]
    click: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    version: Mapped[int] = mapped_column(default=1)
    begins_at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[Words]
    transport: Mapped[int] = mapped_column(default=0)
    food: Mapped[int] = mapped_column(default=0)
    other: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16), default="planned")
    asked_at: Mapped[datetime | None]
    made_at: Mapped[datetime] = mapped_column(default=now)


class MeetingAnswer(Table):
    """One answer of the person about a meeting, and how they gave it; the newest one counts.

    `question`: transport, food, quiet, breaks, who; or heard, afterwards. `choice`: the button, as
    yes, no, not_sure; of heard: heard, a_bit, not_heard; words, for words of their own; skip.
    """

    __tablename__ = "meeting_answer"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"), unique=True)
    question: Mapped[str] = mapped_column(String(16))
    choice: Mapped[str] = mapped_column(String(16))
    words: Mapped[Words]
    how: Mapped[str] = mapped_column(String(16))
    said_by: Mapped[str] = mapped_column(String(16), default="person")
    helped: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[datetime] = mapped_column(default=now)


class PackAnswer(Table):
    """What the person said about one thing: may it be shown at this meeting? The newest counts.

    The thing is a hope in the words of `statement_id`, or, with `attachment_id`, a picture or voice
    that came with these words. `answer`: yes, no, or back (taken back).
    """

    __tablename__ = "pack_answer"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"))
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"))
    answer: Mapped[str] = mapped_column(String(8))
    how: Mapped[str] = mapped_column(String(16))
    helped: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[datetime] = mapped_column(default=now)


class Fund(Table):
    """What the project has in all for coming to meetings, in pence; the newest row counts."""

    __tablename__ = "fund"

    id: Mapped[RowId]
    click: Mapped[str] = mapped_column(String(32), unique=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    total: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
