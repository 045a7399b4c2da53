"""Bringing the plan store's tables to the newest shape, or back.

`python -m plan_store.migrating up|down REVISION|now`. Run once before anything else starts.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from plan_store.opening import Store, open_store
from plan_store.sealing.keyring import HOUSE
from plan_store.sealing.master_keys import NoMasterKey, make_first_master_key
from plan_store.sealing.sealing_what_is_kept import leave_nothing_behind, seal_what_is_clear
from plan_store.settings import StoreSettings

MIGRATIONS = Path(__file__).parent / "migrations"

# Any fixed number: two services that start together must not migrate at the same time.
POSTGRES_LOCK = 7_011_011
# The revision from which on words are sealed: a store that is older needs a master key made.
SEALED_SINCE = "0007"


def head() -> str:
    """The newest revision, as the head file names it."""
    return (MIGRATIONS / "HEAD").read_text().strip()


def now_at(store: Store) -> str | None:
    """The revision the database is at; None before the first one."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def up(store: Store, to: str = "") -> None:
    """Upgrade to `to`, or to the head file's revision; what stood in the clear is sealed."""
    before = now_at(store)
    if before is None or before < SEALED_SINCE:
        make_first_master_key(store.settings)
    with _changing_tables(store) as connection:
        _one_at_a_time(connection)
        command.upgrade(_config(connection, store), to or head())
    if (to or head()) == head():
        # A store whose master key is lost says so now, and not at somebody's first message.
        store.keys.newest(HOUSE)
        sealed = seal_what_is_clear(store)
        if sealed or (before is not None and before < SEALED_SINCE):
            leave_nothing_behind(store)


def down(store: Store, to: str = "base") -> None:
    """Downgrade to `to`; `base` leaves no table."""
    with _changing_tables(store) as connection:
        _one_at_a_time(connection)
        command.downgrade(_config(connection, store), to)


@contextmanager
def _changing_tables(store: Store) -> Iterator[Connection]:
    """One transaction. SQLite changes a table by copying it, and would take the old one's end for
    the end of all that its rows are pointed at from: it looks at that once, before the commit.
    """
    if store.engine.dialect.name != "sqlite":
        with store.engine.begin() as connection:
            yield connection
        return
    with store.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None:
            raise RuntimeError
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError("A migration left rows that point at nothing.")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _config(connection: Connection, store: Store) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["keys"] = store.keys
    config.attributes["files"] = store.files
    return config


def _one_at_a_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": POSTGRES_LOCK})


def main(arguments: list[str]) -> int:
    """Run one migration command; the exit code is for the shell."""
    verb = arguments[0] if arguments else "up"
    if verb not in {"up", "down", "now"}:
        print("Say one of: up, down, now.", file=sys.stderr)
        return 2
    store = open_store(StoreSettings())
    try:
        if verb == "up":
            up(store, *arguments[1:2])
        elif verb == "down":
            down(store, *arguments[1:2])
        print(f"The plan store is at {now_at(store) or 'nothing'}.")
    except NoMasterKey as problem:
        print(problem, file=sys.stderr)
        return 1
    except OperationalError as problem:
        address = store.engine.url.render_as_string(hide_password=True)
        print(
            f"The database at {address} cannot be reached: {type(problem.orig).__name__}."
            " Start it, or correct DATABASE_URL.",
            file=sys.stderr,
        )
        return 1
    finally:
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
