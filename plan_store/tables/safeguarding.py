"""Safeguarding alerts, apart from everything else: exact words, time, and who dealt with it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, new_id, now


def _own_name() -> str:
    return f"alert:{new_id()}"


class Alert(Table):
    """One message that may speak of danger. Only a human closes it, and says why.

    `kind` and `phrase`: what it was noticed by; `how`: phrase, model, ask. `tier`: alert, or
    concern where the look was in doubt. `state`: open, acknowledged, closed. A drill has no person
    and no message.

    It stands under a key of its own, named `sealed_by_key`: the law wants it kept when its person
    is forgotten. Then `forgotten_at` is set, the person and the message are gone, and `about` is
    what they were called.
    """

    __tablename__ = "alert"
    sealed_by = "sealed_by_key"
    has_own_key = True

    id: Mapped[RowId]
    sealed_by_key: Mapped[str] = mapped_column(String(48), default=_own_name)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    incoming_id: Mapped[int | None] = mapped_column(ForeignKey("incoming.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(48))
    how: Mapped[str] = mapped_column(String(16), default="phrase")
    tier: Mapped[str] = mapped_column(String(16), default="alert")
    drill: Mapped[bool] = mapped_column(default=False)
    phrase: Mapped[Words]
    words: Mapped[Words]
    raised_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(16), default="open", index=True)
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    acknowledged_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    closed_at: Mapped[datetime | None]
    closing_reason: Mapped[Words | None]
    about: Mapped[Words | None]
    forgotten_at: Mapped[datetime | None]


class AlertRecording(Table):
    """The voice or photo that raised an alert: a copy under the alert's key, kept as long as it.

    `attachment_id`: the person's own, until it is copied. `state`: due → kept; lost, where it was
    gone before it could be. `file` is the name of the copy.
    """

    __tablename__ = "alert_recording"

    id: Mapped[RowId]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), unique=True)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    kind: Mapped[str] = mapped_column(String(16))
    media_type: Mapped[str] = mapped_column(String(64))
    file: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default="due", index=True)


class AlertTelling(Table):
    """Somebody to be told of an alert at a time: the job that the chain works off.

    `who`: lead, deputy, manager. `state`: due → sending → sent, or not_needed once somebody has
    acknowledged, or no_address. A sending that fails is due again, with its `problem`, for as long
    as nobody has acknowledged.
    """

    __tablename__ = "alert_telling"
    __table_args__ = (
        UniqueConstraint("alert_id", "who"),
        Index("ix_alert_telling_due", "state", "due_at"),
    )

    id: Mapped[RowId]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"))
    who: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16), default="due")
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None] = mapped_column(String(64))
    sent_at: Mapped[datetime | None]


class AlertStep(Table):
    """One thing that happened to an alert, with its time. Rows are added, never changed; no words.

    `what`: raised, told, telling_failed, no_address, says_safe, says_not_safe, takes_back,
    acknowledged, closed. `who`: person, lead, deputy, manager, or facilitator.
    """

    __tablename__ = "alert_step"

    id: Mapped[RowId]
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    what: Mapped[str] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(String(16))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    detail: Mapped[str | None] = mapped_column(String(64))
