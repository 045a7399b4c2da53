"""Tidying up while the house runs: who asked is forgotten, what is over goes, files are swept, and
whoever became 16 is told.

Comes in: the store. Goes out: nothing that should not be there; and, where a meeting is over, the
question how it was. It works in a thread, in short transactions, and holds up no conversation.
"""

import asyncio
import logging
import time

from sqlalchemy.exc import SQLAlchemyError

from plan_store.becoming_sixteen import become_16
from plan_store.keeping_what_raised_an_alert import note_what_was_missed
from plan_store.meeting_up import ask_how_it_was
from plan_store.opening import Store
from plan_store.retaining import Retention, apply
from plan_store.sealing.renewing_keys import begun, go_on
from plan_store.sweeping import sweep

log = logging.getLogger(__name__)

SWEEP_EVERY_SECONDS = 30.0
RETAIN_EVERY_SECONDS = 3600.0


class TidyingUp:
    """Sweeps often, and applies the table of retention once an hour."""

    def __init__(self, store: Store, retention: Retention) -> None:
        self._store = store
        self._retention = retention
        self._retained_at = 0.0

    async def run(self) -> None:
        """Tidy up until cancelled."""
        while True:
            # Each by itself: what fails again and again holds up nothing else.
            for work in (self.tidy, self.become_16, self.ask_about_meetings):
                try:
                    await asyncio.to_thread(work)
                except (SQLAlchemyError, OSError) as problem:
                    log.warning("%s waits: %s", work.__name__, type(problem).__name__)
            await asyncio.sleep(SWEEP_EVERY_SECONDS)

    def become_16(self) -> None:
        """Whoever became 16 is told."""
        become_16(self._store)

    def ask_about_meetings(self) -> None:
        """Whoever met is asked how it was."""
        with self._store.writing() as session:
            ask_how_it_was(session)

    def tidy(self) -> None:
        """Forget, let go and sweep, once; the first time, note what is missing of older alerts."""
        if time.monotonic() - self._retained_at < RETAIN_EVERY_SECONDS and self._retained_at:
            sweep(self._store)
            return
        if not self._retained_at:
            # Before anything of theirs can go.
            note_what_was_missed(self._store)
        apply(self._store, self._retention)
        for owner in begun(self._store):
            go_on(self._store, owner)
        self._retained_at = time.monotonic()
