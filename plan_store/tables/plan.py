"""The plan: what was said, word for word; the hope it stands for; who may see it; the answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, now


class Statement(Table):
    """One thing said, verbatim, with its provenance. Never changed: a newer one `replaces_id` it.

    `kind`: said; a picture sorted: like, not_sure, dislike; or a question left empty on purpose:
    skip, dont_know, not_now, private.
    `how`: typed, tapped, dictated, spoken, photo. `said_by`: person (a supporter, later).
    `helped`: somebody sat with the person when it was said.
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
    helped: Mapped[bool] = mapped_column(default=False, server_default=false())
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))
    said_at: Mapped[datetime] = mapped_column(default=now)


class Aspiration(Table):
    """A hope (in the chat), made of statements; or another thing the plan is made of.

    `kind`: hope, in one of the four life areas or a big dream; entry, of the one-page profile,
    whose `life_area` is a profile heading; sorted, pictures of a topic that were sorted.
    `status` follows HL7 FHIR Goal. `agreed_at`: the person said "that is right" to the read-back.
    `version` grows with every write; a decision made on an older one is refused.
    """

    __tablename__ = "aspiration"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="hope", server_default="hope")
    life_area: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), default="proposed")
    whose_turn: Mapped[str] = mapped_column(String(16), default="person", index=True)
    version: Mapped[int] = mapped_column(default=1)
    agreed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class AspirationStatement(Table):
    """Which statements a hope is made of. `part`: hope, help, with_whom, when, important,
    first_step, activity, where; entry; or a picture that was sorted: card_ and its key.
    """

    __tablename__ = "aspiration_statement"

    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"), primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(64))


class ShortVersion(Table):
    """A shorter form of what was said, beside it. `picked_at`: the person chose it."""

    __tablename__ = "short_version"

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[Words]
    picked_at: Mapped[datetime | None]


class ChapterPlace(Table):
    """Where a person is in one chapter, so that any can be left and gone on with, in any order.

    `state`: open, done, or left (empty, on purpose).
    """

    __tablename__ = "chapter_place"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    chapter: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), default="open")
    question: Mapped[str | None] = mapped_column(String(64))
    aspiration_id: Mapped[int | None] = mapped_column(ForeignKey("aspiration.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class WaitingQuestion(Table):
    """A private question that waits for a time when the person is on their own."""

    __tablename__ = "waiting_question"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(64), primary_key=True)
    aspiration_id: Mapped[int | None] = mapped_column(ForeignKey("aspiration.id"))
    since: Mapped[datetime] = mapped_column(default=now)


class WishCheck(Table):
    """A wish that drives a plan, asked again on another day in another form.

    `form` names the question in data. `outcome`: same, different, unsure; None until answered. A
    difference is talked about, never corrected.
    """

    __tablename__ = "wish_check"
    __table_args__ = (UniqueConstraint("aspiration_id", "form"),)

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"))
    form: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))
    outcome: Mapped[str | None] = mapped_column(String(16))


class PlanLink(Table):
    """A short-lived way to the person's own plan as a page. Only its hash is kept."""

    __tablename__ = "plan_link"

    id: Mapped[RowId]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime]


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
