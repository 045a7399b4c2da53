"""Staff notes: what facilitators note for each other about somebody, apart from their own words.

The person may ask to read them, and then reads all of them. Never changed, never sent to the chat.
"""

from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.inserting_once import insert_once
from plan_store.tables import StaffNote
from plan_store.taking_a_click import clicked, said_in


def write_note(session: Session, cause: Cause, words: str) -> StaffNote | None:
    """Keep a note; None for a click done before. Raises `NothingToSay`."""
    click, facilitator_id = clicked(cause)
    plain = said_in(words)
    written = insert_once(
        session,
        StaffNote,
        person_id=cause.person_id,
        click=click,
        facilitator_id=facilitator_id,
        words=plain,
    )
    if written is not None:
        note(session, cause, "notes", "staff_note", written.id)
    return written
