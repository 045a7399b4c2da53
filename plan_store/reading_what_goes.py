"""Before and after somebody is forgotten: what goes, what must stay, and that it was done.

Comes in: a person's id; or nothing. Goes out: counts and days, no words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.tables import (
    Agreement,
    Alert,
    Aspiration,
    Attachment,
    Facilitator,
    Forgetting,
    Incoming,
    Person,
)

# The page shows the latest ones; all of them stand in the table.
MOST = 50


@dataclass(frozen=True, slots=True)
class Goes:
    """What a person has here. `asked_at`: when, by what they said, they are gone by themselves.

    `alerts` stay, and of them `open_alerts` wait for somebody. `agreed_for`: by a
    parent or carer, as they are under 16.
    """

    called: str | None
    asked_at: datetime | None
    parts: int
    messages: int
    recordings: int
    alerts: int
    open_alerts: int
    agreed_for: bool


@dataclass(frozen=True, slots=True)
class Done:
    """That somebody was forgotten; `by`: the facilitator, where one did it."""

    at: datetime
    who: str
    by: str | None
    why: str
    alerts_kept: int


def what_goes(session: Session, person: Person) -> Goes:
    """All of it, counted."""

    def count(table: Any, *which: Any) -> int:
        found = select(func.count()).select_from(table).where(table.person_id == person.id, *which)
        return session.scalar(found) or 0

    return Goes(
        person.called,
        person.leaves_at,
        count(Aspiration, Aspiration.status != "cancelled"),
        count(Incoming),
        count(Attachment, Attachment.state == "kept"),
        count(Alert),
        count(Alert, Alert.state != "closed"),
        count(Agreement, Agreement.ended_at.is_(None)) > 0,
    )


def was_forgotten_by(session: Session, click: str) -> bool:
    """Whether this very click forgot somebody before."""
    return session.scalar(select(Forgetting.id).where(Forgetting.click == click)) is not None


def forgotten_so_far(session: Session) -> list[Done]:
    """The latest first."""
    rows = session.execute(
        select(Forgetting, Facilitator.name)
        .outerjoin(Facilitator, Facilitator.id == Forgetting.facilitator_id)
        .order_by(Forgetting.id.desc())
        .limit(MOST)
    )
    return [Done(row.at, row.who, by, row.why, row.alerts_kept) for row, by in rows]
