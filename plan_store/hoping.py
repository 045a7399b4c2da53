"""A hope from its first words to "that is right", and whose turn it is after each move."""

from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.life_areas import LIFE_AREAS
from plan_store.tables import Aspiration, now

# After this happened, the next move is theirs.
WHOSE_TURN = {
    "begins": "person",
    "changes": "person",
    "agrees_and_keeps_private": "nobody",
    "agrees_and_shares": "facilitator",
    "facilitator_answers": "person",
}
# These leave the turn where it is: a facilitator's answer is still due when a slip is corrected.
TURN_STAYS = ("edits",)


def begin_hope(session: Session, cause: Cause, life_area: str) -> Aspiration:
    """A new hope in this life area; its words are linked to it as they are said."""
    if life_area not in LIFE_AREAS:
        raise ValueError(f"{life_area!r} is no life area.")
    aspiration = Aspiration(
        person_id=cause.person_id, life_area=life_area, whose_turn=WHOSE_TURN["begins"]
    )
    session.add(aspiration)
    session.flush()
    note(session, cause, "begins", "aspiration", aspiration.id)
    return aspiration


def happens(session: Session, cause: Cause, aspiration: Aspiration, what: str) -> None:
    """Something happened to the hope: its version grows and, mostly, the turn passes on."""
    if what not in TURN_STAYS:
        aspiration.whose_turn = WHOSE_TURN[what]
    aspiration.version += 1
    note(session, cause, what, "aspiration", aspiration.id)


def agree(session: Session, cause: Cause, aspiration: Aspiration) -> None:
    """The person read it back and said that it is right."""
    aspiration.agreed_at = now()
    aspiration.version += 1
    note(session, cause, "agrees", "aspiration", aspiration.id)
