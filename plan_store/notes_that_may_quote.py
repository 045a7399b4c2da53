"""Staff notes from before something was deleted: they may quote what is gone.

Comes in: a person, and when each note was written. Goes out: when something was deleted that staff
could read by then. No words: nobody can compare what is not there any more.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.tables import Aspiration, AspirationStatement, History, Sharing


def deleted_since(
    session: Session, person_id: str, written: Sequence[datetime]
) -> dict[datetime, datetime]:
    """For each moment after which it happened: when they last deleted what was shared by then."""
    if not written:
        return {}
    shared = _shared_from(session, person_id)
    deleted = [
        (shared[hope_id], at) for hope_id, at in _deleted(session, person_id) if hope_id in shared
    ]
    found = {}
    for note_at in written:
        after = [at for since, at in deleted if since <= note_at <= at]
        if after:
            found[note_at] = max(after)
    return found


def _shared_from(session: Session, person_id: str) -> dict[int, datetime]:
    """Since when facilitators could read each part of the plan that they ever could."""
    rows = session.execute(
        select(Sharing.aspiration_id, func.min(Sharing.since))
        .join(Aspiration, Aspiration.id == Sharing.aspiration_id)
        .where(Aspiration.person_id == person_id, Sharing.audience == "facilitator")
        .group_by(Sharing.aspiration_id)
    )
    return {hope_id: since for hope_id, since in rows}  # noqa: C416  (a row is no pair)


def _deleted(session: Session, person_id: str) -> list[tuple[int, datetime]]:
    """Each part of the plan of which something was deleted, and when."""
    at: dict[str, list[tuple[int, datetime]]] = defaultdict(list)
    for item, item_id, moment in session.execute(
        select(History.item, History.item_id, History.at).where(
            History.person_id == person_id,
            History.what == "deletes",
            History.item.in_((Aspiration.__tablename__, "statement")),
        )
    ):
        at[item].append((int(item_id), moment))
    said = dict(at["statement"])
    linked = session.execute(
        select(AspirationStatement.aspiration_id, AspirationStatement.statement_id).where(
            AspirationStatement.statement_id.in_(said)
        )
    )
    return [*at[Aspiration.__tablename__], *((hope, said[statement]) for hope, statement in linked)]
