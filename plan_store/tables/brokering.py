"""Brokerage: the catalogue of local options, what is brokered for a hope, money, and the check.

Money is whole pence. Rows of answers, budgets and checks are added, never changed.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, now


class LocalOption(Table):
    """Something local that a hope can lead to. It is about no person and names none.

    `code` is its own name in the file it was imported from: importing again updates it. The other
    columns are those of the file (data/options/README.md). `says`: the words for the chat. `mark`:
    a hash of the content, by which nothing is written where nothing changed. `ended_at`: offered
    no more.
    """

    __tablename__ = "local_option"

    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(120))
    says: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    life_areas: Mapped[str] = mapped_column(String(160))
    cost_from: Mapped[int]
    cost_to: Mapped[int]
    unit: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(120))
    access: Mapped[str] = mapped_column(Text)
    tried_by: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]
    mark: Mapped[str] = mapped_column(String(64))
    ended_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=now)


class LocalOptionVersion(Table):
    """A local option as it was, once for each version, and who made it so. No facilitator: an
    import at a terminal."""

    __tablename__ = "local_option_version"
    __table_args__ = (UniqueConstraint("local_option_id", "version"),)

    id: Mapped[RowId]
    local_option_id: Mapped[int] = mapped_column(ForeignKey("local_option.id"))
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    how: Mapped[str] = mapped_column(String(16))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class Brokering(Table):
    """What is brokered for a hope as a whole. `version` grows with every write around it.

    `no_free_reason`: why nothing free or of the community was found. `next_step`: the smallest one,
    for a hope that costs more than there is.
    """

    __tablename__ = "brokering"

    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    no_free_reason: Mapped[Words | None]
    next_step: Mapped[Words | None]


class HopeOption(Table):
    """An option for somebody's hope, or for an outcome of it, with what it would cost them.

    `title` and `says` are what the person is shown: as the catalogue had them when it was chosen.
    `cost` pence a `unit`, so many `times` (hundredths: 250 is two and a half). `counted`: it is
    among those whose costs are added up now; swapping is counting another one.
    `state`: considered → sent; or left, taken out again.
    """

    __tablename__ = "hope_option"
    __table_args__ = (UniqueConstraint("aspiration_id", "local_option_id"),)

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    aspiration_id: Mapped[int] = mapped_column(ForeignKey("aspiration.id"))
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("outcome.id"))
    local_option_id: Mapped[int] = mapped_column(ForeignKey("local_option.id"))
    title: Mapped[Words]
    says: Mapped[Words]
    kind: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(16))
    cost: Mapped[int]
    times: Mapped[int] = mapped_column(default=100)
    counted: Mapped[bool] = mapped_column(default=True, server_default=true())
    state: Mapped[str] = mapped_column(String(16), default="considered")
    added_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]


class OptionAnswer(Table):
    """What the person thinks of an option, and how they said it; the newest counts.

    `choice`: like, not_sure, dislike; words, for an answer in words of their own; or skip.
    """

    __tablename__ = "option_answer"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    hope_option_id: Mapped[int] = mapped_column(ForeignKey("hope_option.id"), index=True)
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"), unique=True)
    choice: Mapped[str] = mapped_column(String(16))
    words: Mapped[Words]
    how: Mapped[str] = mapped_column(String(16))
    said_by: Mapped[str] = mapped_column(String(16), default="person")
    helped: Mapped[bool] = mapped_column(default=False, server_default=false())
    at: Mapped[datetime] = mapped_column(default=now)


class Budget(Table):
    """An indicative personal budget as it stood from `at` on; the newest row counts. Pence.

    `direct_payment`: how much of `weekly` comes as a direct payment. `agreed_at`: a manager said
    that it is agreed; without it, it is not yet agreed.
    """

    __tablename__ = "budget"

    id: Mapped[RowId]
    click: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    weekly: Mapped[int]
    yearly: Mapped[int]
    once: Mapped[int]
    direct_payment: Mapped[int]
    agreed_at: Mapped[datetime | None]
    at: Mapped[datetime] = mapped_column(default=now)


class PlanCheck(Table):
    """What a facilitator answered to one of the seven questions; the newest one counts.

    `question`: its key in data/support_plan_check.yml. `colour`: red, amber, green.
    """

    __tablename__ = "plan_check"

    id: Mapped[RowId]
    click: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    question: Mapped[str] = mapped_column(String(32))
    colour: Mapped[str] = mapped_column(String(8))
    reason: Mapped[Words]
    at: Mapped[datetime] = mapped_column(default=now)
