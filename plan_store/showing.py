"""Everything the store holds of one person, as plain data.

`python -m plan_store.showing PERSON [--json]`: PERSON is an id, or DOOR:ADDRESS as in
terminal:sam. The store is the truth; nothing here asks the chat's memory.
"""

import json
import sys
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.inviting import find_contact
from plan_store.settings import StoreSettings
from plan_store.tables import (
    Access,
    Alert,
    Answer,
    Aspiration,
    AspirationStatement,
    Attachment,
    Call,
    ChapterPlace,
    Contact,
    History,
    Incoming,
    Outgoing,
    Person,
    Place,
    PlanLink,
    Sharing,
    ShortVersion,
    Statement,
    Table,
    Turn,
    WaitingQuestion,
    WishCheck,
)

# Found by the person's id; the other tables hang on one of these.
BY_PERSON = (
    Contact,
    Place,
    Incoming,
    Outgoing,
    Statement,
    Aspiration,
    Answer,
    Call,
    Alert,
    History,
    Access,
    ChapterPlace,
    WaitingQuestion,
    WishCheck,
    PlanLink,
)


def everything_about(session: Session, person_id: str) -> dict[str, Any] | None:
    """All rows about a person, by table; None when there is no such person."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    shown: dict[str, Any] = {"person": plain(person)}
    for table in BY_PERSON:
        rows = session.scalars(
            select(table).where(table.person_id == person_id).order_by(*_key(table))
        )
        shown[table.__tablename__] = [plain(row) for row in rows]
    mine = select(Aspiration.id).where(Aspiration.person_id == person_id)
    said = select(Statement.id).where(Statement.person_id == person_id)
    heard = select(Incoming.id).where(Incoming.person_id == person_id)
    for part, condition in (
        (AspirationStatement, AspirationStatement.aspiration_id.in_(mine)),
        (Sharing, Sharing.aspiration_id.in_(mine)),
        (ShortVersion, ShortVersion.statement_id.in_(said)),
        (Attachment, Attachment.incoming_id.in_(heard)),
        (Turn, Turn.incoming_id.in_(heard)),
    ):
        rows_of_part = session.scalars(select(part).where(condition).order_by(*_key(part)))
        shown[part.__tablename__] = [plain(row) for row in rows_of_part]
    return shown


def plain(row: Table) -> dict[str, Any]:
    """One row as JSON-ready data; times in ISO 8601, UTC."""
    values = {}
    for column in inspect(type(row)).column_attrs:
        value = getattr(row, column.key)
        values[column.key] = value.isoformat() if isinstance(value, datetime) else value
    return values


def find_person(session: Session, name: str) -> str | None:
    """The person's id from an id, from DOOR:ADDRESS, or from a terminal name."""
    if session.get(Person, name) is not None:
        return name
    door, colon, address = name.partition(":")
    contact = find_contact(session, *((door, address) if colon else ("terminal", name)))
    return contact.person_id if contact else None


def _key(table: type[Table]) -> tuple[Any, ...]:
    return tuple(inspect(table).primary_key)


def main(arguments: list[str]) -> int:
    """Print one person."""
    names = [argument for argument in arguments if not argument.startswith("--")]
    if len(names) != 1:
        print("Say whom to show: an id, DOOR:ADDRESS, or a terminal name.", file=sys.stderr)
        return 2
    with opened_for_a_command(StoreSettings()) as store, store.reading() as session:
        person_id = find_person(session, names[0])
        shown = everything_about(session, person_id) if person_id else None
    if shown is None:
        print("There is nobody with this id or name in the plan store.", file=sys.stderr)
        return 1
    if "--json" in arguments:
        print(json.dumps(shown, ensure_ascii=False))
        return 0
    for table, rows in shown.items():
        print(f"\n{table}")
        for row in rows if isinstance(rows, list) else [rows]:
            print("  " + json.dumps(row, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
