"""A click at the desk that decides something: behind a lock, once, and on what the page showed.

Comes in: the cause, with the form's click, and the hope with the version the page was made from.
Goes out: the hope, locked; or why nothing is done.
"""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.sharing import check_can_see
from plan_store.tables import Aspiration, History

# A chat message holds 4,096 letters: two of these, with the words around them. Easy words need far
# fewer, and what is longer is refused at the desk: nothing is cut on its way.
LONGEST_WORDS = 1500


class Changed(Exception):
    """The hope was changed by somebody else after the page was opened."""


class NothingToSay(Exception):
    """A form that needs words came without."""


def clicked(cause: Cause) -> tuple[str, int]:
    """The click and who clicked. Raises ValueError where it was no click of a facilitator."""
    if cause.click is None or cause.facilitator_id is None:
        raise ValueError("This comes from a click of a facilitator.")
    return cause.click, cause.facilitator_id


def said_in(words: str) -> str:
    """The words of a form. Raises `NothingToSay`."""
    if not words.strip():
        raise NothingToSay
    return words.strip()


def locked_hope(session: Session, cause: Cause, hope_id: int) -> Aspiration:
    """The hope of this person; whoever clicks at the same moment waits here."""
    return session.scalars(
        select(Aspiration)
        .where(Aspiration.id == hope_id, Aspiration.person_id == cause.person_id)
        .with_for_update()
    ).one()


def was_clicked(session: Session, table: Any, click: str) -> bool:
    """Whether this click wrote its row before. Ask behind the lock."""
    return session.scalar(select(table.id).where(table.click == click)) is not None


def done_before(session: Session, cause: Cause) -> bool:
    """Whether this very click wrote something already: a double click counts once."""
    return bool(
        session.scalar(
            select(
                exists().where(
                    History.person_id == cause.person_id, History.click == (cause.click or "")
                )
            )
        )
    )


def check_as_seen(session: Session, hope: Aspiration, seen_version: int | None) -> None:
    """Raises `NotShared` where the person keeps it private now, `Changed` where the page is old."""
    check_can_see(session, hope, "facilitator")
    if hope.version != seen_version:
        raise Changed
