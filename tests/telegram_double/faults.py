"""What can go wrong on the line to Telegram, switched on by a test for the next N requests.

In: the name of the method that is being called. Out: the fault it is to meet, if any.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from .refusals import Refused, too_many_requests

if TYPE_CHECKING:
    from collections.abc import Collection


class Kind(Enum):
    """BEFORE faults leave nothing behind; AFTER faults come when the message is accepted."""

    REFUSED = "answers with an error and does nothing"
    LINE_DROPPED_BEFORE = "drops the connection and does nothing"
    LINE_DROPPED_AFTER = "does it, and drops the connection instead of answering"
    SLOW = "does it, and answers late"


@dataclass
class Fault:
    """One switched fault. `methods` empty means every method that sends or edits a message."""

    kind: Kind
    times: int
    methods: Collection[str] = ()
    code: int = 0
    retry_after: int | None = None
    seconds: float = 0.0

    def is_for(self, method: str) -> bool:
        if self.methods:
            return method in self.methods
        return method.startswith(("send", "edit")) and method != "sendChatAction"


class Faults:
    """The faults that wait, oldest first; each request meets at most one."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def next_for(self, method: str) -> Fault | None:
        for fault in self._waiting:
            if fault.is_for(method):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()


SAID_WITH = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def as_refusal(fault: Fault) -> Refused:
    """The error answer of a fault that refuses."""
    if fault.code == 429:
        return too_many_requests(fault.retry_after or 1)
    return Refused(fault.code, SAID_WITH.get(fault.code, f"Error {fault.code}"))
