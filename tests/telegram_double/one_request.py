"""One request of the bot and what comes of it: the answer, the note of it, and an open tap.

In and out of the exchange; nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What goes back over HTTP. `dropped`: the connection breaks instead."""

    status: int
    body: bytes
    dropped: bool = False
    content_type: str = "application/json"


@dataclass(frozen=True)
class Call:
    """One request of the bot, for tests to look at afterwards."""

    method: str
    params: dict[str, Any]
    status: int


@dataclass
class Query:
    """A tap on a button that the bot is to answer, or a spinner stays."""

    chat_id: int
    born: float
    answered: dict[str, Any] | None = None
