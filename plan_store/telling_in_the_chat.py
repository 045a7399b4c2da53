"""Putting a message of the house into somebody's chat by its key; the door fills it with words.

Comes in: a person, a key of data/words, and what fills it by id. Goes out: a reply in the outbox of
the door the person used last; or `NoDoor`.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.sending_out import contact_to_answer
from plan_store.tables import Contact, Outgoing, Place


class NoDoor(Exception):
    """The person has no door by which an answer could reach them."""


def door_to(session: Session, person_id: str) -> Contact:
    """The door they used last. Raises `NoDoor`."""
    contact = contact_to_answer(session, person_id)
    if contact is None:
        raise NoDoor
    return contact


def tell(session: Session, person_id: str, key: str, filling: dict[str, Any]) -> Outgoing:
    """Say this in the chat. Raises `NoDoor`."""
    contact = door_to(session, person_id)
    serial = session.scalar(select(Place.serial).where(Place.person_id == person_id)) or 0
    reply = Outgoing(
        person_id=person_id,
        contact_id=contact.id,
        key=key,
        filling=filling,
        buttons=[],
        serial=serial,
        state="blocked" if contact.blocked_at else "due",
    )
    session.add(reply)
    session.flush()
    return reply
