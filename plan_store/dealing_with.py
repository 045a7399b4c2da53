"""A message that the chat set aside is dealt with by a facilitator, and leaves the list."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.tables import Incoming


def deal_with(session: Session, cause: Cause, incoming_id: int) -> bool:
    """Settle the message; its reason stays. False when it did not wait for this any more."""
    settled = session.scalar(
        update(Incoming)
        .where(
            Incoming.id == incoming_id,
            Incoming.person_id == cause.person_id,
            Incoming.state == "set_aside",
        )
        .values(state="settled")
        .returning(Incoming.id)
    )
    if settled is None:
        return False
    note(session, cause, "deals_with", "incoming", incoming_id)
    return True
