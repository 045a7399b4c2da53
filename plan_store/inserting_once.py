"""An insert that a repeat leaves unchanged: the unique key decides, not a look beforehand."""

from typing import Any, TypeVar

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from plan_store.tables import Table

T = TypeVar("T", bound=Table)


def insert_once(session: Session, table: type[T], **values: Any) -> T | None:
    """Insert a row; None when a unique key says that it is already there.

    Two processes may do this at the same moment: exactly one gets the row.
    """
    dialect = session.get_bind().dialect.name
    kind = postgresql.insert if dialect == "postgresql" else sqlite.insert
    insert: Insert = kind(table).values(**values).on_conflict_do_nothing()
    return session.scalars(insert.returning(table)).one_or_none()
