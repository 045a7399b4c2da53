"""Tokens: a council's own system reads plans with one, as somebody's account and for no more."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, now


class ApiToken(Table):
    """A token for the API. Only its hash is kept. It sees what its account sees.

    `scopes`: keys of `plan_store.tokens.SCOPES`, commas between. `name`: which system has it.
    """

    __tablename__ = "api_token"

    id: Mapped[RowId]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    name: Mapped[str] = mapped_column(String(80))
    scopes: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
