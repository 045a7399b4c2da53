"""The trouble that a test can make on the line to Telegram, for the next so many requests.

In: how often and for which methods (none named: everything that sends or edits a message). Out:
faults that wait in the exchange.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .faults import Fault, Kind

if TYPE_CHECKING:
    from collections.abc import Collection

    from .exchange import Exchange


class Trouble:
    """Mixed into the double."""

    exchange: Exchange

    def tells_to_wait(
        self, retry_after: int = 1, *, times: int = 1, methods: Collection[str] = ()
    ) -> None:
        """The next sends are answered 429. `methods`: other requests instead of sends."""
        self._switch(Fault(Kind.REFUSED, times, methods, 429, retry_after))

    def breaks(self, code: int = 502, *, times: int = 1, methods: Collection[str] = ()) -> None:
        """The next sends are answered 5xx and do nothing."""
        self._switch(Fault(Kind.REFUSED, times, methods, code))

    def drops_after_accepting(self, *, times: int = 1, methods: Collection[str] = ()) -> None:
        """The message reaches the person, but the bot never hears that it did."""
        self._switch(Fault(Kind.LINE_DROPPED_AFTER, times, methods))

    def drops_before_accepting(self, *, times: int = 1, methods: Collection[str] = ()) -> None:
        self._switch(Fault(Kind.LINE_DROPPED_BEFORE, times, methods))

    def answers_slowly(
        self, seconds: float, *, times: int = 1, methods: Collection[str] = ()
    ) -> None:
        """The message reaches the person at once, the bot's answer comes late."""
        self._switch(Fault(Kind.SLOW, times, methods, seconds=seconds))

    def revokes_token(self) -> None:
        """The bot's token is worth nothing any more: 401 to everything."""
        with self.exchange.changed:
            self.exchange.token = "revoked"

    def is_well_again(self) -> None:
        """No more faults."""
        with self.exchange.changed:
            self.exchange.faults.clear()

    def _switch(self, fault: Fault) -> None:
        with self.exchange.changed:
            self.exchange.faults.add(fault)
