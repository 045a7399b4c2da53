"""Listening to every statement of every test: rows are locked in one order, on both databases.

SQLite has no FOR UPDATE, so what is asked for is read from the statement and not from its text. A
test in which somebody locks out of order fails, whatever else it is about.
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import Connection, Delete, Select, Update, event
from sqlalchemy.engine import Engine

from plan_store.order_of_locks import OutOfOrder, check_order

HOME = Path(__file__).parents[1]
# It fills a store of its own before anybody else can come in.
ALONE = "demonstrating"
_found: list[str] = []


def locked_by(statement: Any) -> list[str]:
    """The tables whose rows this statement locks until its transaction ends."""
    if isinstance(statement, (Update, Delete)):
        return [_table_of(statement.table)]
    if not isinstance(statement, Select) or statement._for_update_arg is None:
        return []
    asked = statement._for_update_arg.of
    if asked is None:
        return [table.name for table in statement.get_final_froms() if hasattr(table, "name")]
    return list(dict.fromkeys(_table_of(each) for each in asked))


def _table_of(named: Any) -> str:
    table = getattr(named, "table", named)
    return str(table.name)


@event.listens_for(Engine, "begin")
def _begins(connection: Connection) -> None:
    connection.info["held"] = []


@event.listens_for(Engine, "before_execute")
def _executes(connection: Connection, statement: Any, *_more: Any) -> None:
    if not connection.get_execution_options().get("myway_writes"):
        # A look, a key, or a migration, which runs alone.
        return
    tables = locked_by(statement)
    where = _in_the_house() if tables else None
    if where is None:
        return
    held = connection.info.setdefault("held", [])
    for table in tables:
        try:
            check_order(held, table)
        except OutOfOrder as problem:
            _found.append(f"{problem} at {where}")
        held.append(table)


def _in_the_house() -> str | None:
    """Where in the house it happens; None for what a test puts into the store by itself, and for
    what nobody can be in the way of."""
    ours: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        where = _where(frame.f_code.co_filename)
        if where is not None:
            if f"/{ALONE}/" in f"/{where}" or (not ours and where.startswith("tests/")):
                return None
            ours.append(f"{where}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(ours[:4]) or None


@cache
def _where(file: str) -> str | None:
    """Where a file of ours stands in the house; opening a transaction is nobody's work."""
    inside = Path(file)
    if not inside.is_relative_to(HOME) or ".venv" in inside.parts or inside.name == "opening.py":
        return None
    return inside.relative_to(HOME).as_posix() if inside != Path(__file__) else None


@pytest.fixture(autouse=True)
def _in_order() -> Iterator[None]:
    _found.clear()
    yield
    assert _found == [], "rows are locked out of the one order of plan_store/order_of_locks.py"
