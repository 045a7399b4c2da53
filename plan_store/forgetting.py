"""Forgetting somebody: their key is destroyed, and with it every row and file that was theirs.

Comes in: a person who asked for it, or a facilitator's click. Goes out: nothing of them; but for
alerts, which the law wants kept, and which stand under keys of their own.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.orm import Session

from plan_store.alerting import step
from plan_store.causes import Cause, note
from plan_store.keeping_what_raised_an_alert import keep_before_they_go
from plan_store.order_of_locks import lock_in_order
from plan_store.sealing.sealed_columns import keys_of
from plan_store.tables import (
    Alert,
    Attachment,
    Device,
    DevicePerson,
    Forgetting,
    Outgoing,
    Person,
    Place,
    SealingKey,
    Table,
    now,
)

log = logging.getLogger(__name__)

# Time to read the goodbye; on a page it is gone when the person is.
GOODBYE = timedelta(minutes=5)
# A goodbye that cannot be delivered is not waited for.
LONGEST_GOODBYE = timedelta(hours=1)
# Tables that stay when their person goes.
KEPT_BY_LAW = ("alert", "alert_step", "alert_telling", "alert_recording")
# Why, as it stands in the record that says of nobody in particular that they were forgotten.
WHY = ("asked", "parent_asked", "mistake", "over")
WHY_BY_WHOM = {"person": "asked", "computer": "over"}


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What came of it: the files to remove now, and how many alerts were kept."""

    files: tuple[str, ...]
    alerts_kept: int


def asks_to_be_forgotten(session: Session, cause: Cause, person: Person) -> None:
    """From now on nothing is done with what they said; a few minutes later it is gone."""
    person.leaves_at = now() + GOODBYE
    note(session, cause, "asks_to_be_forgotten", "person", person.id)


def what_must_stay(session: Session, person_id: str) -> int:
    """How many alerts the law wants kept when this person is forgotten."""
    mine = select(func.count(Alert.id)).where(Alert.person_id == person_id, Alert.drill.is_(False))
    return session.scalar(mine) or 0


def who_leaves(session: Session, at: datetime) -> list[str]:
    """The people to forget now: they asked, their goodbye left, and nobody is hearing them."""
    goodbye = select(Outgoing.id).where(
        Outgoing.person_id == Person.id, Outgoing.state.in_(("due", "sending"))
    )
    return list(
        session.scalars(
            select(Person.id)
            .outerjoin(Place, Place.person_id == Person.id)
            .where(
                Person.leaves_at <= at,
                or_(~goodbye.exists(), Person.leaves_at <= at - LONGEST_GOODBYE),
                or_(Place.leased_until.is_(None), Place.leased_until < at),
            )
        )
    )


def forget(session: Session, person_id: str, cause: Cause, why: str | None = None) -> Forgotten:
    """Forget this person, all of them, in this transaction; a second time changes nothing.

    `why`: one of `WHY`; a person asked, and the computer does it when their time is over.
    """
    because = why or WHY_BY_WHOM[cause.who]
    if because not in WHY:
        raise ValueError(because)
    # Whoever is writing for them now finishes first, at their place or behind one of their rows.
    rows = {table.name: theirs for table, theirs in rows_of_a_person(person_id)}
    rows["alert"] = Alert.person_id == person_id
    rows["device"] = Device.id.in_(
        select(DevicePerson.device_id).where(DevicePerson.person_id == person_id)
    )
    lock_in_order(session, rows)
    # Then nobody writes anything more that names them.
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        return Forgotten((), 0)
    alerts = _keep_alerts(session, person, cause)
    files = tuple(
        name
        for name in session.scalars(
            select(Attachment.file).where(Attachment.person_id == person_id)
        )
        if name
    )
    session.flush()
    session.expunge_all()
    owners = _owners_of_keys(session, person_id)
    for table, theirs in rows_of_a_person(person_id):
        session.connection().execute(delete(table).where(theirs))
    on_a_device = select(DevicePerson.device_id)
    session.execute(delete(Device).where(Device.id.not_in(on_a_device)))
    session.execute(delete(SealingKey).where(SealingKey.owner.in_(owners)))
    for owner in owners:
        keys_of(session.get_bind().dialect).forget(owner)
    session.add(
        Forgetting(
            who=cause.who,
            facilitator_id=cause.facilitator_id,
            click=cause.click,
            why=because,
            alerts_kept=alerts,
        )
    )
    session.flush()
    log.info("Somebody was forgotten, by %s; %s alerts are kept.", cause.who, alerts)
    return Forgotten(files, alerts)


def rows_of_a_person(person_id: str) -> list[tuple[SqlTable, ColumnElement[bool]]]:
    """For every table, which rows are this person's; what points at others comes first."""
    return [(table, _theirs(table, person_id)) for table in _tables_of_people()]


def _owners_of_keys(session: Session, person_id: str) -> list[str]:
    """The person, and each row of theirs that stands under a key of its own."""
    own = {
        mapper.local_table: mapper.class_.sealed_by
        for mapper in Table.registry.mappers
        if mapper.class_.has_own_key
    }
    return [
        owner
        for table, theirs in rows_of_a_person(person_id)
        if table in own
        for owner in session.connection().scalars(select(table.c[own[table]]).where(theirs))
    ]


@cache
def _tables_of_people() -> tuple[SqlTable, ...]:
    """Every table that hangs on a person, however far; a new one is found by its foreign keys."""
    found = [
        table
        for table in reversed(Table.metadata.sorted_tables)
        if table.name not in KEPT_BY_LAW and (table.name == "person" or _path(table) is not None)
    ]
    return tuple(found)


@cache
def _path(table: SqlTable) -> tuple[str, SqlTable] | None:
    """The column by which a row hangs on a person, and on which table it points."""
    if "person_id" in table.columns:
        return "person_id", Table.metadata.tables["person"]
    for column in table.columns:
        for key in column.foreign_keys:
            there = key.column.table
            if there is not table and there.name not in KEPT_BY_LAW and _path(there) is not None:
                return column.name, there
    return None


def _theirs(table: SqlTable, person_id: str) -> ColumnElement[bool]:
    if table.name == "person":
        return table.c.id == person_id
    path = _path(table)
    if path is None:
        raise LookupError(table.name)
    column, there = path
    if column == "person_id":
        return table.c[column] == person_id
    (key,) = there.primary_key.columns
    return table.c[column].in_(select(key).where(_theirs(there, person_id)))


def _keep_alerts(session: Session, person: Person, cause: Cause) -> int:
    """An alert stays, under its own key, with what came with it and what the person was called."""
    keep_before_they_go(session, session.info["files"], person.id)
    alerts = session.scalars(select(Alert).where(Alert.person_id == person.id)).all()
    for alert in alerts:
        alert.about = person.called
        alert.person_id = alert.incoming_id = None
        alert.forgotten_at = now()
        step(session, alert.id, "person_forgotten", cause.who, cause.facilitator_id)
    return len(alerts)
