"""Saying whose the words of a row are, before it is written: the one place for all tables.

Comes in: rows as they are about to be written. Goes out: the same rows, their words owned, a key
for each new owner, and the fingerprints of what is looked up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from plan_store.sealing.keyring import Keyring
from plan_store.sealing.sealed_columns import (
    SEALED,
    Fingerprint,
    Owned,
    OwnedDict,
)
from plan_store.tables.columns import Table
from plan_store.tables.keys import SealingKey


@dataclass(frozen=True, slots=True)
class Sealing:
    """How a table's rows are sealed. `owner`: the column that names the owner, or =NAME.

    `new_key`: each new row is an owner of its own. `fingerprints`: column and what it is of.
    """

    owner: str
    columns: tuple[str, ...]
    fingerprints: tuple[tuple[str, str], ...]
    new_key: bool

    def owner_of(self, values: Any, mapper: Any = None) -> str:
        """Whose this row is; one that has no name yet gets it now."""
        if self.owner.startswith("="):
            return self.owner[1:]
        owner = values.get(self.owner)
        if owner is None and self.new_key and mapper is not None:
            owner = mapper.columns[self.owner].default.arg(None)
        if not isinstance(owner, str):
            raise LookupError(self.owner)  # noqa: TRY004  (nobody is named)
        return owner


@cache
def sealing_of(table: type[Any]) -> Sealing | None:
    """How this table is sealed; None where nothing in it is."""
    mapper: Any = inspect(table)
    columns = mapper.columns
    sealed = tuple(each.key for each in columns if isinstance(each.type, SEALED))
    fingerprints = tuple(
        (each.key, each.type.of) for each in columns if isinstance(each.type, Fingerprint)
    )
    if not sealed and not fingerprints:
        return None
    return Sealing(mapper.class_.sealed_by, sealed, fingerprints, mapper.class_.has_own_key)


def owned(table: type[Table], values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row that is written without an object; it names its owner."""
    sealing = sealing_of(table)
    if sealing is None:
        return values
    if sealing.new_key:
        raise LookupError(table.__tablename__)
    made = dict(values)
    for column in sealing.columns:
        if made.get(column):
            made[column] = of(sealing.owner_of(values), made[column])
    for column, source in sealing.fingerprints:
        if source in made:
            made[column] = str(values[source])
    return made


def of(owner: str, value: Any) -> Any:
    """Words, or a dictionary, of this owner."""
    return OwnedDict(value, owner) if isinstance(value, dict) else Owned(value, owner)


def seal_rows_of(session_class: type[Session], keys: Keyring) -> None:
    """Let every flush of these sessions say whose the words are."""

    @event.listens_for(session_class, "before_flush")
    def _own(session: Session, _context: Any, _instances: Any) -> None:
        for row in list(session.new):
            _own_row(session, keys, row, is_new=True)
        for row in session.dirty:
            _own_row(session, keys, row, is_new=False)


def _own_row(session: Session, keys: Keyring, row: Any, *, is_new: bool) -> None:
    sealing = sealing_of(row.__class__)
    if sealing is None:
        return
    state = inspect(row)
    if is_new and sealing.new_key:
        owner = sealing.owner_of(state.dict, state.mapper)
        setattr(row, sealing.owner, owner)
        session.add(SealingKey(**keys.make(owner)))
    for column, value in _written(state, sealing.columns, is_new=is_new):
        if value and not isinstance(value, (Owned, OwnedDict)):
            setattr(row, column, of(sealing.owner_of(state.dict), value))
    for column, source in sealing.fingerprints:
        for _name, value in _written(state, (source,), is_new=is_new):
            setattr(row, column, None if value is None else str(value))


def _written(state: Any, columns: Iterable[str], *, is_new: bool) -> Iterable[tuple[str, Any]]:
    """The columns that are about to be written, with their values."""
    return [
        (column, state.dict[column])
        for column in columns
        if column in state.dict and (is_new or state.attrs[column].history.has_changes())
    ]
