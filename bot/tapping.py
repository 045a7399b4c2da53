"""A tapped button, looked up in the reply it stands under: what it says and what it means.

Comes in: the reply's id and the button's place in it. Goes out: the label as the person saw it,
and what the listener hears; a button that is not there any more means an old one.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.safety import plainly
from bot.words import Library
from plan_store.tables import Outgoing, Place, Turn

OLD_TAP = "/old_tap"
TELL = "/tell"
MORE = "/more_answers"


def reference(reply_id: int, index: int) -> str:
    """What a door puts behind a button: short, without words, good for ever."""
    return f"{reply_id}.{index}"


def tapped(session: Session, person_id: str, behind: str) -> tuple[str, dict[str, Any]]:
    """The label and the details of a tap, from what was put behind the button."""
    reply_id, _, index = behind.partition(".")
    row = None
    if reply_id.isdecimal() and index.isdecimal():
        row = session.scalars(
            select(Outgoing).where(
                Outgoing.id == int(reply_id[:18]), Outgoing.person_id == person_id
            )
        ).one_or_none()
    # Whoever sends digits without end meets an old button, not an error.
    if row is None or int(index[:9]) >= len(row.buttons):
        return "", {"value": OLD_TAP, "reply": None}
    button = row.buttons[int(index[:9])]
    return button["label"], {
        "value": button["value"],
        "reply": row.id,
        # An answer belongs to its question; a control works for ever.
        "serial": None if button.get("stays") else row.serial,
    }


def typed_button(
    session: Session, library: Library, person_id: str, words: str
) -> dict[str, Any] | None:
    """What the words mean where they are the label of a button shown now, or another name of it.

    "My facilitator", typed where it could be tapped, is that answer and no call for a person. The
    answers behind "More" count too, and so do the words of the question's own example.
    """
    shown = session.scalars(
        select(Outgoing)
        .join(Place, Place.person_id == Outgoing.person_id)
        .where(Outgoing.person_id == person_id, Outgoing.serial == Place.serial)
        .order_by(Outgoing.id.desc())
        .limit(10)
    )
    plain = plainly(words)
    for row in shown:
        for button in [*row.buttons, *_behind_more(session, library, row)]:
            if plain in {plainly(button["label"]), *library.also_called(button["value"])}:
                return {"value": button["value"], "reply": row.id, "serial": row.serial}
        if row.buttons and plain in library.examples_of(row.key):
            return {"value": TELL, "reply": row.id, "serial": row.serial}
    return None


def _behind_more(session: Session, library: Library, row: Outgoing) -> list[dict[str, Any]]:
    """The answers to this question that were not shown for want of room."""
    if not any(button["value"].startswith(MORE) for button in row.buttons):
        return []
    # What came from the desk answers no message of theirs: it has the answers of its words.
    turn = session.get(Turn, row.cause_id) if row.cause_id is not None else None
    replies = turn.replies if turn else []
    keys = next((r["buttons"] for r in replies if r["key"] == row.key and r.get("buttons")), None)
    return library.shown(keys or library.words[row.key].answers)


def latest_with(session: Session, person_id: str, value: str) -> str | None:
    """What stands behind the newest button with this value or label, for a door without screens."""
    rows = session.scalars(
        select(Outgoing)
        .where(Outgoing.person_id == person_id)
        .order_by(Outgoing.id.desc())
        .limit(20)
    )
    for row in rows:
        for index, button in enumerate(row.buttons):
            if value in {button["value"], button["label"]}:
                return reference(row.id, index)
    return None
