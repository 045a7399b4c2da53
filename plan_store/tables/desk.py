"""The desk: facilitators, the one-use key that makes the first account, and calls for a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.sealing.sealed_columns import Fingerprint
from plan_store.tables.columns import RowId, Table, Words, now


class Facilitator(Table):
    """Somebody who works at the desk. `password_hash` is Argon2id. Found by `email_hash`."""

    __tablename__ = "facilitator"
    sealed_by = "=desk"

    id: Mapped[RowId]
    name: Mapped[Words]
    email: Mapped[Words]
    email_hash: Mapped[str] = mapped_column(Fingerprint("email"), unique=True)
    password_hash: Mapped[str] = mapped_column(String(256))
    created_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class DeskKey(Table):
    """A one-use key that lets its holder make an account. Only its hash is kept."""

    __tablename__ = "desk_key"

    id: Mapped[RowId]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Call(Table):
    """A young person asked for a person. Open until a facilitator answers."""

    __tablename__ = "call"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"), unique=True)
    at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
