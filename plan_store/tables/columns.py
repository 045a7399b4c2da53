"""The columns every table is built from: ids, aware times, and the base class."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar
from uuid import uuid4

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from plan_store.sealing.sealed_columns import Sealed


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC. A naive one is refused, since it would mean nothing later."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To the database, in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone cannot be kept.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database; SQLite forgets the zone, which is always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite numbers rows by itself only in a column that it calls INTEGER.
BIG = BigInteger().with_variant(Integer(), "sqlite")


class Table(DeclarativeBase):
    """Base of all tables. Constraints get fixed names, so that migrations can name them.

    `sealed_by`: the column that names whose sealed words a row holds, or =NAME for one owner of
    all rows. `has_own_key`: each row is such an owner, and gets a key when it is made.
    """

    sealed_by: ClassVar[str] = "person_id"
    has_own_key: ClassVar[bool] = False

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy reads it from the class)
        datetime: UtcTime,
        int: BIG,
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
        str: String(64),
    }


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """An opaque id of 32 characters; says nothing about the person it stands for."""
    return uuid4().hex


RowId = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]
# What somebody said, wrote, is called, or can be reached by: sealed under the owner's key.
Words = Annotated[str, mapped_column(Sealed)]
