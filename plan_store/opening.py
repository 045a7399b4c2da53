"""Opening the store: one engine, and two ways to use it, `writing()` and `reading()`.

A room opens a transaction on purpose, commits it once at its edge, and never holds one while it
calls anybody outside.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from plan_store.sealing.keyring import Keyring
from plan_store.sealing.master_keys import read_master_keys
from plan_store.sealing.sealed_columns import unlock
from plan_store.sealing.sealed_files import SealedFiles
from plan_store.sealing.sealing_rows import seal_rows_of
from plan_store.settings import StoreSettings

# A writer of another process holds SQLite for milliseconds; ten seconds means something is wrong.
SQLITE_WAIT_SECONDS = 10


class Store:
    """The plan store. Sessions are short; objects stay readable after the commit.

    `keys` open what is sealed in it, and `files` are the photos and voices beside it.
    """

    def __init__(
        self, engine: Engine, keys: Keyring, files: SealedFiles, settings: StoreSettings
    ) -> None:
        self.engine = engine
        self.keys = keys
        self.files = files
        self.settings = settings
        self._for_writing = engine.execution_options(myway_writes=True)

        class _Session(Session):
            """Sessions of this store, which know its keys."""

        # Whoever is forgotten, or deletes something, leaves files too.
        self._info = {"files": files}
        seal_rows_of(_Session, keys)
        unlock(engine, keys)
        self._session = _Session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back when it does not."""
        made = self._session(self._for_writing, expire_on_commit=False, info=self._info)
        with made as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look. Nothing is written: what was added by mistake is rolled back."""
        with self._session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Let go of every connection and key."""
        self.engine.dispose()
        self.keys.close()


def open_store(settings: StoreSettings) -> Store:
    """Open the store the settings name. Nothing is created and nobody is asked yet."""
    url = make_url(settings.store_url)
    if url.get_backend_name() == "sqlite":
        if url.database and url.database != ":memory:":
            settings.var_folder.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            url, hide_parameters=True, connect_args={"timeout": SQLITE_WAIT_SECONDS}
        )
        _teach_sqlite(engine)
        # Keys are looked up by a connection of their own, in the middle of whatever goes on.
        for_keys = create_engine(
            url, hide_parameters=True, pool_size=1, connect_args={"timeout": SQLITE_WAIT_SECONDS}
        )
    else:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            # An error of the database must not carry anybody's words into a log.
            hide_parameters=True,
            pool_size=10,
            connect_args={"connect_timeout": 5, "application_name": "myway"},
        )
        for_keys = create_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            pool_size=1,
            connect_args={"connect_timeout": 5, "application_name": "myway keys"},
        )
    keys = Keyring(for_keys, lambda: read_master_keys(settings))
    return Store(engine, keys, SealedFiles(settings.files_folder, keys), settings)


def _teach_sqlite(engine: Engine) -> None:
    """Durable commits, readers that never wait, and writers that queue from the first statement."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is late and deferred, which lets two writers deadlock.
        connection.isolation_level = None
        # What is deleted is overwritten, and does not lie in the file for whoever opens it later.
        for pragma in (
            *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"),
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("myway_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
