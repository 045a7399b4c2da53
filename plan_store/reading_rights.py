"""What stands about a person's age, who agreed for them, and decisions: for the desk and for them.

Comes in: a person's id. Goes out: plain values.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.becoming_sixteen import seen_by_family
from plan_store.noting_capacity import Noted, capacity_notes
from plan_store.tables import Agreement, ComingOfAge, Facilitator


@dataclass(frozen=True, slots=True)
class AgreedSeen:
    """Who agreed, how and when; by whom it was noted; since when it does not count any more."""

    name: str
    relation: str
    how: str
    on: date
    by: str
    noted_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RightsSeen:
    """`becomes_16`: the month, of somebody under 16. `came_at`: since when they decide themselves.

    `family`: none, waits (asked again, or about to be), still, not; `family_at`: since when.
    """

    becomes_16: date | None
    came_at: datetime | None
    family: str
    family_at: datetime | None
    agreed: AgreedSeen | None
    notes: tuple[Noted, ...]


def read_rights(session: Session, person_id: str) -> RightsSeen:
    """All of it, by a fixed number of queries; the caller asks for access first."""
    row = session.get(ComingOfAge, person_id)
    found = session.execute(
        select(Agreement, Facilitator.name)
        .join(Facilitator, Facilitator.id == Agreement.noted_by)
        .where(Agreement.person_id == person_id)
    ).one_or_none()
    agreed = None
    if found is not None:
        agreement, by = found
        agreed = AgreedSeen(
            agreement.name,
            agreement.relation,
            agreement.how,
            agreement.agreed_on,
            by,
            agreement.noted_at,
            agreement.ended_at,
        )
    waits = row is not None and row.family_waits and seen_by_family(session, person_id)
    return RightsSeen(
        becomes_16=row.month if row else None,
        came_at=row.came_at if row else None,
        family="waits" if waits else (row.family or "none") if row else "none",
        family_at=(row.family_answered_at or row.family_asked_at) if row else None,
        agreed=agreed,
        notes=capacity_notes(session, person_id),
    )
