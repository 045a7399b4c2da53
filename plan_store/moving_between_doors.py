"""Moving from one door to another: the same person, the same conversation, one more contact.

Comes in: a person whose door link was used. Goes out: their contact at the new door, and a word at
the door they used before, so that nobody comes into a chat unseen.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.sending_out import contact_to_answer
from plan_store.tables import Contact, Outgoing, Place


def arrives(session: Session, person_id: str, door: str, address: str) -> Contact:
    """The person comes by this door too; it is now the one they used last."""
    say_at_the_last_door(session, person_id, "other_door_opened")
    contact = Contact(person_id=person_id, door=door, address=address)
    session.add(contact)
    session.flush()
    note(session, Cause(person_id, "person"), "comes_by_another_door", "contact", contact.id)
    return contact


def say_at_the_last_door(
    session: Session, person_id: str, key: str, filling: dict[str, dict[str, object]] | None = None
) -> None:
    """Queue these words at the door the person used last; the door fills them."""
    contact = contact_to_answer(session, person_id)
    if contact is None:
        return
    serial = session.scalar(select(Place.serial).where(Place.person_id == person_id)) or 0
    session.add(
        Outgoing(
            person_id=person_id,
            contact_id=contact.id,
            key=key,
            filling=filling or {},
            buttons=[],
            serial=serial,
            state="blocked" if contact.blocked_at else "due",
        )
    )
