"""The record: what happened to each thing, and who looked. Rows are added, never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, now


class History(Table):
    """One change, with its cause. Ids and kinds only: the words stand in the row it names.

    `who`: person, facilitator, computer; terminal: whoever runs the machine. `incoming_id` or
    `click` is the message or click. No person: it is about nobody's words, as a token is.
    """

    __tablename__ = "history"

    id: Mapped[RowId]
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    who: Mapped[str] = mapped_column(String(16))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    incoming_id: Mapped[int | None] = mapped_column(ForeignKey("incoming.id"))
    click: Mapped[str | None] = mapped_column(String(32))
    what: Mapped[str] = mapped_column(String(64))
    item: Mapped[str] = mapped_column(String(32))
    item_id: Mapped[str] = mapped_column(String(32))


class Access(Table):
    """A facilitator opened something of a person's. The person may read this log."""

    __tablename__ = "access"
    __table_args__ = (Index("ix_access_facilitator", "facilitator_id", "person_id", "at"),)

    id: Mapped[RowId]
    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    what: Mapped[str] = mapped_column(String(64))
