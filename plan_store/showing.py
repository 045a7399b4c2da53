"""Everything the store holds of one person, as plain data.

`python -m plan_store.showing PERSON [--json]`: PERSON is an id, or DOOR:ADDRESS as in
terminal:sam. The store is the truth; nothing here asks the chat's memory.
"""

import json
import sys
from datetime import date
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.forgetting import rows_of_a_person
from plan_store.inviting import find_contact
from plan_store.settings import StoreSettings
from plan_store.tables import Alert, AlertRecording, Person, Table

# Nothing of these says anything about a person: they are the store's own work.
NOT_ABOUT_THEM = {"leased_by", "leased_until", "sealed_by_key"}


def everything_about(session: Session, person_id: str) -> dict[str, Any] | None:
    """All rows about a person, by table; None when there is no such person.

    A new table is found by its foreign keys, as it is when a person is forgotten.
    """
    person = session.get(Person, person_id)
    if person is None:
        return None
    shown: dict[str, Any] = {"person": plain(person)}
    classes = {mapper.local_table: mapper.class_ for mapper in Table.registry.mappers}
    for table, theirs in reversed(rows_of_a_person(person_id)):
        if table.name != "person":
            rows = session.scalars(
                select(classes[table]).where(theirs).order_by(*table.primary_key)
            )
            shown[table.name] = [plain(row) for row in rows]
    alerts = session.scalars(select(Alert).where(Alert.person_id == person_id).order_by(Alert.id))
    shown["alert"] = [plain(row) for row in alerts]
    copies = select(AlertRecording).join(Alert, Alert.id == AlertRecording.alert_id)
    theirs_copied = copies.where(Alert.person_id == person_id).order_by(AlertRecording.id)
    shown["alert_recording"] = [plain(row) for row in session.scalars(theirs_copied)]
    return shown


def plain(row: Table) -> dict[str, Any]:
    """One row as JSON-ready data; times in ISO 8601, UTC. Hashes of secrets are not shown."""
    values = {}
    for column in inspect(type(row)).column_attrs:
        if column.key.endswith("_hash") or column.key in NOT_ABOUT_THEM:
            continue
        value = getattr(row, column.key)
        values[column.key] = value.isoformat() if isinstance(value, date) else value
    return values


def find_person(session: Session, name: str) -> str | None:
    """The person's id from an id, from DOOR:ADDRESS, or from a terminal name."""
    if session.get(Person, name) is not None:
        return name
    door, colon, address = name.partition(":")
    contact = find_contact(session, *((door, address) if colon else ("terminal", name)))
    return contact.person_id if contact else None


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
