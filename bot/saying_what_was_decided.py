"""What fills words about an outcome, a step, a promise, or what the desk asks.

Comes in: a name in the words, and the row that fills it. Goes out: that name and, for the one
called `words`, who wrote it and the day it is for.
"""

from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from plan_store.tables import DeskQuestion, Facilitator, OutcomeWording, Promise, Step, Table

WHOLE = "words"
Row = DeskQuestion | OutcomeWording | Promise | Step
ROWS: dict[str, type[Table]] = {
    "wording": OutcomeWording,
    "step": Step,
    "promise": Promise,
    "desk_question": DeskQuestion,
}


def decided(session: Session, name: str, kind: str, row_id: int) -> dict[str, str]:
    """What this row fills."""
    row = cast(Row, session.get_one(ROWS[kind], row_id))
    filling = {name: row.words or ""}
    if name != WHOLE:
        return filling
    writer = row.made_by if isinstance(row, Step) else row.facilitator_id
    filling["facilitator"] = session.get_one(Facilitator, writer).name
    if isinstance(row, (Step, Promise)):
        filling["date"] = said_day(row.by_day)
    if isinstance(row, Promise):
        filling["ending"] = row.ending or ""
        ended_by = row.ended_by if row.ended_by is not None else row.facilitator_id
        filling["writer"] = session.get_one(Facilitator, ended_by).name
    return filling


def said_day(day: date) -> str:
    """As in Friday 27 November."""
    return f"{day:%A} {day.day} {day:%B}"
