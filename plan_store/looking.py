"""Who looked: each opening of something of a person's is written down, for that person to read."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.tables import Access


def looked(session: Session, facilitator_id: int, person_id: str, what: str) -> None:
    """Write that this facilitator opened `what` (page, or recording:ID) of this person."""
    session.add(Access(person_id=person_id, facilitator_id=facilitator_id, what=what))


@dataclass(frozen=True, slots=True)
class Looker:
    """A facilitator who opened something of a person, and the last time they did."""

    facilitator_id: int
    last_id: int


def who_looked(session: Session, person_id: str) -> list[Looker]:
    """Everybody who looked, the last one first."""
    rows = session.execute(
        select(Access.facilitator_id, func.max(Access.id))
        .where(Access.person_id == person_id)
        .group_by(Access.facilitator_id)
        .order_by(func.max(Access.id).desc())
    )
    return [Looker(*row) for row in rows]
