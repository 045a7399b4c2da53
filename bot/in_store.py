"""Visiting the record room from the door's event loop: a short transaction in a thread.

Nothing is held while anybody outside is called.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy.orm import Session

from plan_store.opening import Store

T = TypeVar("T")

# SQLite takes one writer at a time: a second thread would only wait in the driver.
SQLITE_THREADS = 1
POSTGRES_THREADS = 8


class InStore:
    """Runs work in the store, a few visits at a time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        sqlite = store.engine.dialect.name == "sqlite"
        self._writers = CapacityLimiter(SQLITE_THREADS if sqlite else POSTGRES_THREADS)
        self._readers = CapacityLimiter(POSTGRES_THREADS)

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction; what it returns was committed."""

        def visit() -> T:
            with self.store.writing() as session:
                return work(session)

        return await to_thread.run_sync(visit, limiter=self._writers)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on one consistent look at the store."""

        def visit() -> T:
            with self.store.reading() as session:
                return work(session)

        return await to_thread.run_sync(visit, limiter=self._readers)
