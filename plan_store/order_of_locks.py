"""In which order rows are locked, in the whole house: then nobody waits for who waits for them.

Comes in: the tables whose rows one transaction holds, and the next; or rows to lock. Goes out:
nothing, or `OutOfOrder`. Every test listens to its statements and asks; docs/locks.md says why.
"""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from plan_store.tables import Table

# A transaction that locks, changes or deletes rows of several of these takes them in this order;
# those on one line in any. The person's place in the chat comes first: who holds it hears them, and
# what else is only written there needs no lock. A hope comes before all that was made of it: who
# holds the hope holds that too.
LINES = (
    ("place",),
    ("person", "meeting"),
    ("aspiration",),
    (
        *("sharing", "brokering", "outcome", "outcome_wording", "step", "hope_option"),
        *("promise", "desk_question", "wish_check"),
    ),
    ("alert",),
    ("alert_telling", "attachment", "outgoing"),
    ("device",),
    ("device_person",),
    ("facilitator", "local_option", "sealing_key"),
)
LINE_OF = {table: line for line, tables in enumerate(LINES) for table in tables}


class OutOfOrder(Exception):
    """These rows were locked after others that come behind them."""


def check_order(held: Collection[str], table: str) -> None:
    """Raises `OutOfOrder` where a row of this table is locked only now."""
    if table not in LINE_OF or table in held:
        return
    ahead = {other for other in held if LINE_OF.get(other, 0) > LINE_OF[table]}
    if ahead:
        raise OutOfOrder(f"{table} is locked after {', '.join(sorted(ahead))}")


def lock_hopes(session: Session, hope_ids: Iterable[int | None]) -> None:
    """Lock these hopes, before anything that was made of them; None is no hope."""
    wanted = {hope_id for hope_id in hope_ids if hope_id is not None}
    if wanted:
        lock_in_order(session, {"aspiration": Table.metadata.tables["aspiration"].c.id.in_(wanted)})


def lock_in_order(session: Session, rows: Mapping[str, ColumnElement[bool]]) -> None:
    """Lock these rows, by table and condition, before many of them are changed or deleted."""
    for name in LINE_OF:
        if name in rows:
            table = Table.metadata.tables[name]
            (key, *_) = table.primary_key.columns
            # Others may still write rows that name these; else their keys would be one more order.
            locked = select(key).where(rows[name]).order_by(key).with_for_update(key_share=True)
            session.connection().execute(locked).all()
