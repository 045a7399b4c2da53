"""Where a person is in the conversation, and the one way to move on.

Comes in: an action's decision. Goes out: the place the next message is heard from.
"""

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from plan_store.tables import Incoming, Person, Place, Turn
from plan_store.tables.columns import Table

# What the last question may wait for; the listener's rules are written from these.
EXPECTING = (
    "nothing",
    "name",
    "ready",
    "settings",
    "with_somebody",
    "words",
    "chapter",
    "read_back",
    "sharing",
    "sorting",
    "check",
    "confirm",
    "deciding",
)

# Asked beside the way, and returned to from a further detour; so many inside each other.
RETURNED_TO, DEEPEST = ("deciding", "check"), 3

_WHO_SAID_IT = (
    select(Incoming, Person, Place)
    .join(Person, Person.id == Incoming.person_id)
    .join(Place, Place.person_id == Incoming.person_id)
    .where(Incoming.id == bindparam("incoming_id"))
    .with_for_update(of=Place)
)


def who_said_it(session: Session, incoming_id: int) -> tuple[Incoming, Person, Place]:
    """The message, its person, and their place, locked until the transaction ends."""
    message, person, place = session.execute(_WHO_SAID_IT, {"incoming_id": incoming_id}).one()
    return message, person, place


def said_since(session: Session, person_id: str, message_id: int) -> bool:
    """Whether the person said or tapped anything after this message; its own words do not count."""
    later = select(Incoming.id).where(
        Incoming.person_id == person_id, Incoming.id > message_id, Incoming.kind != "heard"
    )
    return session.scalars(later.limit(1)).first() is not None


def move(place: Place, expecting: str, question: str | None) -> None:
    """Wait for something new. Answer buttons shown before this are old ones from now on."""
    if expecting not in EXPECTING:
        raise ValueError(f"Nothing waits for {expecting!r}.")
    place.expecting = expecting
    place.question = question
    place.serial += 1
    place.misses = 0


def park(
    place: Place,
    about: int | None = None,
    *,
    answered: bool = False,
    second: str | None = None,
    instead_of: str | tuple[str, ...] = "-",
) -> None:
    """Remember this place for after a detour; a detour inside a detour returns to the first one.

    What comes back by itself only another day, or never, is returned to as well: one inside the
    other, few enough. `about`: the id of the statement that the detour is about. `answered`: the
    parked question has its answer already, so the next one follows. `second`: the chapter of a
    second hope. `instead_of`: questions that begin so are replaced, and not returned to.
    """
    parked = place.comes_back_to
    replaced = (place.question or "").startswith(instead_of)
    if parked is None or (_is_worth_it(place) and not replaced and _depth(parked) < DEEPEST):
        parked = {
            "expecting": place.expecting,
            "question": place.question,
            "chapter": place.chapter,
            "aspiration_id": place.aspiration_id,
            "answered": answered,
            "before": parked,
        }
    # A new dictionary: the column notices no change inside the old one.
    place.comes_back_to = {**parked, "about": about, "second": second}


def first_parked(place: Place) -> dict[str, Any] | None:
    """The place on the way itself, before every detour; None where the person is on it."""
    parked = place.comes_back_to
    while parked is not None and parked.get("before") is not None:
        parked = parked["before"]
    return parked


def _is_worth_it(place: Place) -> bool:
    """A question of the desk or of a meeting, a wish asked again: else it would be lost."""
    return place.question is not None and place.expecting in RETURNED_TO


def _depth(parked: dict[str, Any] | None) -> int:
    return 0 if parked is None else 1 + _depth(parked.get("before"))


def in_a_detour(place: Place) -> bool:
    """Something else was begun from a question that waits: one more would take its place."""
    return place.comes_back_to is not None and place.question is not None


def unpark(place: Place) -> dict[str, Any] | None:
    """Back to the place before the detour; what was parked, or None where nothing was."""
    parked = place.comes_back_to
    if parked is None:
        return None
    place.comes_back_to = parked.get("before")
    place.chapter, place.aspiration_id = parked["chapter"], parked["aspiration_id"]
    move(place, parked["expecting"], parked["question"])
    return parked


def turn_of(session: Session, incoming_id: int) -> Turn | None:
    """What was answered to this message, if it was answered before."""
    return session.get(Turn, incoming_id)


def keep_turn(
    session: Session,
    message: Incoming,
    action: str,
    replies: list[dict[str, object]],
    wrote: list[Table],
) -> Turn:
    """Keep what is answered to this message, in the transaction of what was written for it."""
    session.flush()
    turn = Turn(
        incoming_id=message.id,
        action=action,
        replies=replies,
        wrote=[{"table": row.__tablename__, "id": _key_of(row)} for row in wrote],
    )
    session.add(turn)
    return turn


def _key_of(row: Table) -> object:
    identity = row.__mapper__.primary_key_from_instance(row)
    return identity[0] if len(identity) == 1 else list(identity)
