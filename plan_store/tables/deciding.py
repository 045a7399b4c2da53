"""Deciding together: outcomes, wordings, steps, promises, what the desk asks, staff notes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, now


class Outcome(Table):
    """The change that a hope is to become. Its words stand in its wordings, by number.

    `status` and `achievement` follow HL7 FHIR Goal; plan_store/deciding.py says what may follow
    what, and whose turn it is then. `version` grows with every write.
    """

    __tablename__ = "outcome"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"), index=True)
    status: Mapped[str] = mapped_column(String(16), default="proposed")
    achievement: Mapped[str | None] = mapped_column(String(16))
    whose_turn: Mapped[str] = mapped_column(String(16), default="person", index=True)
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class OutcomeWording(Table):
    """One wording of an outcome, a proposal until the person agrees to it. Never changed.

    `state`: proposed → agreed, refused, or withdrawn (a newer proposal took its place); agreed →
    before, when a newer one is agreed. `statement_id`: what they said instead.
    """

    __tablename__ = "outcome_wording"
    __table_args__ = (UniqueConstraint("outcome_id", "number"),)

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"))
    number: Mapped[int]
    click: Mapped[str] = mapped_column(String(32), unique=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    words: Mapped[Words]
    state: Mapped[str] = mapped_column(String(16), default="proposed")
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    incoming_id: Mapped[int | None] = mapped_column(ForeignKey("incoming.id"))
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))


class Step(Table):
    """One thing somebody does towards an outcome, by a day. The first one is this week's.

    `who`: person, facilitator (then `facilitator_id`), or named (then `named`). `status`, as in
    FHIR's plan of care: not-started, in-progress, completed, cancelled; stopped, where the person
    does not want it. `ticked_at`: done, by the word of the person (`incoming_id`) or of a
    facilitator. `asked_at`: the chat asked last then.
    `turned_at`: since when it is whose turn it is.
    """

    __tablename__ = "step"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id"), index=True)
    click: Mapped[str] = mapped_column(String(32), unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    words: Mapped[Words]
    who: Mapped[str] = mapped_column(String(16))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    named: Mapped[Words | None]
    by_day: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(16), default="not-started")
    whose_turn: Mapped[str] = mapped_column(String(16), default="person", index=True)
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=now)
    turned_at: Mapped[datetime] = mapped_column(default=now)
    asked_at: Mapped[datetime | None]
    ticked_at: Mapped[datetime | None]
    incoming_id: Mapped[int | None] = mapped_column(ForeignKey("incoming.id"))


class Promise(Table):
    """An answer that was promised by a day. `status`: open → kept, or could-not with the reason.

    `words`: what was promised; `ending`: the answer, or why it could not be. `told_late_at`: the
    chat has said, once, that it is late.
    """

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_open", "status", "by_day"),)

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    aspiration_id: Mapped[int | None] = mapped_column(ForeignKey("aspiration.id"))
    click: Mapped[str] = mapped_column(String(32), unique=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    words: Mapped[Words]
    by_day: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(16), default="open")
    whose_turn: Mapped[str] = mapped_column(String(16), default="facilitator")
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=now)
    told_late_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    ending: Mapped[Words | None]


class DeskQuestion(Table):
    """Something that somebody at the desk wants asked in the chat; the chat asks it when it fits.

    `kind`: outcome (a wording, is that what you want), happened (did it happen), ask (in `words`),
    step (a step to tick), and others, each a row of plan_store/putting_to_the_person.py. `item_id`
    is of the wording, outcome, aspiration or step it is about.
    `state`: waiting → asked → answered, or withdrawn. `not_before`: put off until then.
    """

    __tablename__ = "desk_question"
    __table_args__ = (Index("ix_desk_question_state", "state", "person_id", "id"),)

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    item_id: Mapped[int | None]
    aspiration_id: Mapped[int | None] = mapped_column(ForeignKey("aspiration.id"))
    click: Mapped[str] = mapped_column(String(32), unique=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    words: Mapped[Words | None]
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    put_at: Mapped[datetime] = mapped_column(default=now)
    not_before: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(String(16))
    incoming_id: Mapped[int | None] = mapped_column(ForeignKey("incoming.id"))
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))


class StaffNote(Table):
    """What a facilitator notes for the people who work with somebody. Never the person's words.

    The person may ask to read it. Never changed: a newer note stands beside it.
    """

    __tablename__ = "staff_note"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    click: Mapped[str] = mapped_column(String(32), unique=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    words: Mapped[Words]
    at: Mapped[datetime] = mapped_column(default=now)


class SaidAnyway(Table):
    """Words for the chat that are hard to read, sent all the same: by whom, and why.

    `item` and `item_id` name the row that holds the words; `rules`: the numbers they broke, by key.
    """

    __tablename__ = "said_anyway"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    click: Mapped[str] = mapped_column(String(32), unique=True)
    item: Mapped[str] = mapped_column(String(32))
    item_id: Mapped[int]
    rules: Mapped[list[Any]] = mapped_column(JSON)
    reason: Mapped[Words]
    at: Mapped[datetime] = mapped_column(default=now)
