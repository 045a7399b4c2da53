"""Making a move on a row: checked by the table, with its history line, and one version further.

Comes in: a hope, outcome, step or promise, locked by whoever decides. Goes out: the same row with
its next status and whose turn it is; or `NotAllowed`.
"""

from typing import Protocol

from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.deciding import check_can_move


class Decided(Protocol):
    """A row that the table of moves is about; its table's name is the thing's."""

    __tablename__: str
    id: int
    status: str
    whose_turn: str
    version: int


def make_move(session: Session, cause: Cause, row: Decided, what: str) -> None:
    """Do this, or raise `NotAllowed`; what follows stands in the table."""
    move = check_can_move(row.__tablename__, what, cause.who, row.status)
    row.status = move.after or row.status
    row.whose_turn = move.turn or row.whose_turn
    row.version += 1
    note(session, cause, what, row.__tablename__, row.id)
