"""The cause of a write: who did it, and by which message or click. Every write takes one.

`note` adds the history row that goes with the write, in the same transaction.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from plan_store.tables import History


@dataclass(frozen=True, slots=True)
class Cause:
    """Who caused a write about `person_id`: a message of theirs or a facilitator's click."""

    person_id: str
    who: str
    incoming_id: int | None = None
    facilitator_id: int | None = None
    click: str | None = None

    @classmethod
    def message(cls, person_id: str, incoming_id: int) -> "Cause":
        """The person wrote, tapped or sent something."""
        return cls(person_id, "person", incoming_id=incoming_id)

    @classmethod
    def by_click(cls, person_id: str, facilitator_id: int, click: str) -> "Cause":
        """A facilitator pressed a button; `click` is the form's own one-use key."""
        return cls(person_id, "facilitator", facilitator_id=facilitator_id, click=click)


def note(session: Session, cause: Cause, what: str, item: str, item_id: object) -> None:
    """Write the history line of a change: ids and kinds, no words."""
    session.add(
        History(
            person_id=cause.person_id,
            who=cause.who,
            facilitator_id=cause.facilitator_id,
            incoming_id=cause.incoming_id,
            click=cause.click,
            what=what,
            item=item,
            item_id=str(item_id),
        )
    )


def note_at_the_terminal(
    session: Session, what: str, item: str, item_id: object, facilitator_id: int
) -> None:
    """The same for what is about no person: done at a terminal, for this account."""
    session.add(
        History(
            person_id=None,
            who="terminal",
            facilitator_id=facilitator_id,
            what=what,
            item=item,
            item_id=str(item_id),
        )
    )
