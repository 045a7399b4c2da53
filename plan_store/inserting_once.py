"""An insert that a repeat leaves unchanged: the unique key decides, not a look beforehand."""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from plan_store.sealing.sealing_rows import owned
from plan_store.tables import Table

T = TypeVar("T", bound=Table)


def insert_once(session: Session, table: type[T], **values: Any) -> T | None:
    """Insert a row; None when a unique key says that it is already there.

    Two processes may do this at the same moment: exactly one gets the row.
    """
    insert = _insert(session.get_bind().dialect.name, table).values(**owned(table, values))
    return session.scalars(insert.returning(table)).one_or_none()


def insert_all_once(session: Session, table: type[Table], rows: list[dict[str, Any]]) -> None:
    """Insert these rows in one go; those already there stay as they are. All name the same columns.

    The rows do not become objects of the session, which is most of what an insert costs.
    """
    if rows:
        session.flush()
        insert = _insert(session.get_bind().dialect.name, table)
        session.connection().execute(insert, [owned(table, row) for row in rows])


@cache
def _insert(dialect: str, table: type[Table]) -> Insert:
    kind = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return kind(table).on_conflict_do_nothing()
