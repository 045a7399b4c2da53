"""The desk: facilitators, their roles and people, sign-ins, one-use keys, calls for a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text, true
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.sealing.sealed_columns import Fingerprint
from plan_store.tables.columns import RowId, Table, Words, now


class Facilitator(Table):
    """Somebody who works at the desk. `password_hash` is Argon2id; "": signs in by OpenID Connect.

    `email_hash`: by which they are found. `factor_secret`: of the second factor's app, encrypted;
    None: not set up yet. `factor_step`: the time step of the last code used, since a code counts
    once. `tries` that failed in a row, and until when the account rests after too many.
    `council_id`: issuer and subject at the council. `shortcuts`: keys of one letter do something on
    the desk's pages.
    """

    __tablename__ = "facilitator"
    sealed_by = "=desk"

    id: Mapped[RowId]
    name: Mapped[Words]
    email: Mapped[Words]
    email_hash: Mapped[str] = mapped_column(Fingerprint("email"), unique=True)
    password_hash: Mapped[str] = mapped_column(String(256))
    factor_secret: Mapped[str | None] = mapped_column(String(256))
    factor_step: Mapped[int] = mapped_column(default=0, server_default="0")
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    rests_until: Mapped[datetime | None]
    council_id: Mapped[str | None] = mapped_column(String(300), unique=True)
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class FacilitatorRole(Table):
    """A role somebody has at the desk: a key of `plan_store.roles.ROLES`."""

    __tablename__ = "facilitator_role"

    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)


class RecoveryCode(Table):
    """A code that stands in once for the second factor. Only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[RowId]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class DeskSession(Table):
    """A sign-in, from both factors on: listed for its owner, and ended by them or in time."""

    __tablename__ = "desk_session"

    id: Mapped[RowId]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"), index=True)
    browser: Mapped[str] = mapped_column(String(64))
    began_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class AccountChange(Table):
    """Something that was changed about an account, and by whom. `what`: password."""

    __tablename__ = "account_change"

    id: Mapped[RowId]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"), index=True)
    what: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class Caseload(Table):
    """A facilitator works with a young person, from a time until a time. Rows are never deleted."""

    __tablename__ = "caseload"
    __table_args__ = (
        Index(
            "uq_caseload_open",
            "person_id",
            "facilitator_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"), index=True)
    since: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime | None]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))


class DeskKey(Table):
    """A one-use key that lets its holder make an account with these roles. Its hash is kept."""

    __tablename__ = "desk_key"

    id: Mapped[RowId]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    roles: Mapped[str] = mapped_column(
        String(128), default="facilitator", server_default="facilitator"
    )
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
