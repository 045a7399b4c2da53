"""Opening the store for a command at a terminal: a store that is not ready is one sentence.

Comes in: the settings. Goes out: the store, closed after the block; or one sentence and code 1.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError

from plan_store.migrating import head, now_at
from plan_store.opening import Store, open_store
from plan_store.settings import StoreSettings


@contextmanager
def opened_for_a_command(settings: StoreSettings) -> Iterator[Store]:
    """The store, with its newest tables. Raises SystemExit where it is away or older."""
    store = open_store(settings)
    try:
        _check_ready(store)
        yield store
    finally:
        store.close()


def _check_ready(store: Store) -> None:
    try:
        found = now_at(store)
    except (OperationalError, InterfaceError):
        address = store.engine.url.render_as_string(hide_password=True)
        sys.exit(f"The database at {address} cannot be reached: start it, or mend DATABASE_URL.")
    if found != head():
        sys.exit(
            f"The plan store is at {found or 'nothing'} and should be at {head()}: "
            "run ./myway migrate up, or ./myway up, which does it too."
        )
