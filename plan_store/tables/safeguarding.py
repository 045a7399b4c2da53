"""Safeguarding alerts, apart from everything else: exact words, time, and who dealt with it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, now


class Alert(Table):
    """One message that may speak of danger. Only a human closes it, and says why.

    `kind` and `phrase` name the line of the phrase file that matched; `state`: open,
    acknowledged, closed.
    """

    __tablename__ = "alert"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    phrase: Mapped[str] = mapped_column(String(200))
    words: Mapped[Words]
    raised_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(16), default="open", index=True)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    acknowledged_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    closed_at: Mapped[datetime | None]
    closing_reason: Mapped[Words | None]
