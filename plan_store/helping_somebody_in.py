"""A facilitator helps somebody back into their chat: a lost device, forgotten secret pictures.

Comes in: a click of the facilitator's. Goes out: a door link for that person, good for one day. It
opens all they ever said, so they are told who made it, at the door they used last.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.inviting import DESK_DOOR_LINK_LASTS, new_door_link
from plan_store.moving_between_doors import say_at_the_last_door
from plan_store.tables import History, Person


def help_in(session: Session, cause: Cause) -> str | None:
    """Make the code; None where there is no such person. A double click tells them once."""
    if cause.click is None or cause.facilitator_id is None:
        raise ValueError("A door link at the desk comes from a click of a facilitator.")
    # The person's row is held: the second click of a double one waits here for the first.
    if session.get(Person, cause.person_id, with_for_update=True) is None:
        return None
    told = session.scalar(select(History.id).where(History.click == cause.click).limit(1))
    code = new_door_link(
        session,
        cause.person_id,
        made_by=f"facilitator:{cause.facilitator_id}",
        lasts=DESK_DOOR_LINK_LASTS,
    )
    if told is None:
        note(session, cause, "makes_door_link", "person", cause.person_id)
        say_at_the_last_door(
            session,
            cause.person_id,
            "door_link_made",
            {"facilitator": {"facilitator": cause.facilitator_id}},
        )
    return code
