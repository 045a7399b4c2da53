"""The keys that people's words are sealed with, each sealed itself under a master key."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import Table, now


class SealingKey(Table):
    """One key. Its newest seals; older ones still open what was sealed with them.

    `owner`: a person's id, an alert's `sealed_by`, "desk" or "house". `master`: the name of the
    master key it is `wrapped` under. When the row is gone, nobody opens what it sealed, ever.
    """

    __tablename__ = "sealing_key"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    owner: Mapped[str] = mapped_column(String(48), index=True)
    wrapped: Mapped[str] = mapped_column(String(128))
    master: Mapped[str] = mapped_column(String(16), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
