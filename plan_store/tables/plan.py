"""The plan: what was said, word for word; the hope it stands for; who may see it; the answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, now


class Statement(Table):
    """One thing said, verbatim, with its provenance. Never changed: a newer one `replaces_id` it.

    `kind`: said, or a question left empty on purpose: skip, dont_know, not_now, private.
    `how`: typed, tapped, dictated, spoken, photo. `said_by`: person (a supporter, later).
    """

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("incoming_id", "action", "target"),)

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"))
    action: Mapped[str] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16), default="said")
    words: Mapped[Words]
    how: Mapped[str] = mapped_column(String(16))
    said_by: Mapped[str] = mapped_column(String(16), default="person")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))
    said_at: Mapped[datetime] = mapped_column(default=now)


class Aspiration(Table):
    """A hope (in the chat), in one life area, made of statements.

    `status` follows HL7 FHIR Goal. `agreed_at`: the person said "that is right" to the read-back.
    `version` grows with every write; a decision made on an older one is refused.
    """

    __tablename__ = "aspiration"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    life_area: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), default="proposed")
    whose_turn: Mapped[str] = mapped_column(String(16), default="person", index=True)
    version: Mapped[int] = mapped_column(default=1)
    agreed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class AspirationStatement(Table):
    """Which statements a hope is made of. `part`: hope, help."""

    __tablename__ = "aspiration_statement"

    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"), primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(16))


class Sharing(Table):
    """Who else may see a hope, since when, and until when. No row means: only the person."""

    __tablename__ = "sharing"

    id: Mapped[RowId]
    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"), index=True)
    audience: Mapped[str] = mapped_column(String(16))
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"))
    since: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime | None]


class Answer(Table):
    """What a facilitator wrote back. `click` is the form's own key: a double click counts once."""

    __tablename__ = "answer"

    id: Mapped[RowId]
    click: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    aspiration_id: Mapped[int | None] = mapped_column(ForeignKey("aspiration.id"))
    words: Mapped[Words]
    at: Mapped[datetime] = mapped_column(default=now)
