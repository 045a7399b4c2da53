"""Visiting the record room from the door's event loop: a short transaction in a thread.

Nothing is held while anybody outside is called. A visit that nobody waits for any more still ends
as one whole transaction.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_fixed

from plan_store.opening import Store

T = TypeVar("T")

# SQLite takes one writer at a time: a second thread would only wait in the driver.
SQLITE_WRITERS = 1
AT_ONCE = 8
TRY_AGAIN_SECONDS = 0.5
# The store cannot be reached, or has no room now: later it may.
STORE_AWAY = (OperationalError, InterfaceError, PoolTimeout)


class InStore:
    """Runs work in the store, a few visits at a time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        sqlite = store.engine.dialect.name == "sqlite"
        self._writers = ThreadPoolExecutor(SQLITE_WRITERS if sqlite else AT_ONCE, "store-writes")
        self._readers = ThreadPoolExecutor(AT_ONCE, "store-reads")

    async def write(self, work: Callable[[Session], T]) -> T:
        """Run `work` in one transaction; what it returns was committed."""

        def visit() -> T:
            with self.store.writing() as session:
                return work(session)

        return await asyncio.get_running_loop().run_in_executor(self._writers, visit)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on one consistent look at the store."""

        def visit() -> T:
            with self.store.reading() as session:
                return work(session)

        return await asyncio.get_running_loop().run_in_executor(self._readers, visit)

    async def surely(self, work: Callable[[Session], T], within: float) -> T:
        """Write, and try again for so many seconds while the store is away for a moment.

        Raises one of `STORE_AWAY` when it stays away.
        """
        return await AsyncRetrying(
            retry=retry_if_exception_type(STORE_AWAY),
            stop=stop_after_delay(within),
            wait=wait_fixed(TRY_AGAIN_SECONDS),
            reraise=True,
        )(self.write, work)

    def close(self) -> None:
        """Wait for the visits under way; nothing new is taken."""
        self._writers.shutdown()
        self._readers.shutdown()
