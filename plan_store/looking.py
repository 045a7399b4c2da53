"""Who looked: each opening of something of a person's is written down, for that person to read."""

from sqlalchemy.orm import Session

from plan_store.tables import Access


def looked(session: Session, facilitator_id: int, person_id: str, what: str) -> None:
    """Write that this facilitator opened `what` (page, or recording:ID) of this person."""
    session.add(Access(person_id=person_id, facilitator_id=facilitator_id, what=what))
