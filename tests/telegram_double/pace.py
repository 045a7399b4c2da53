"""How fast a bot may send: about one message a second a chat, about thirty a second in all.

In: the chat that a message is for. Out: nothing, or Telegram's 429 with the seconds to wait.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .refusals import too_many_requests

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Pace:
    """Rates are messages a second; a burst is how many may come at once after a quiet time."""

    a_chat: float = 1.0
    a_chat_burst: int = 5
    a_bot: float = 30.0
    a_bot_burst: int = 30


UNHURRIED = Pace(a_chat=1e6, a_chat_burst=10**6, a_bot=1e6, a_bot_burst=10**6)
"""For tests that are not about pace."""


@dataclass
class Bucket:
    """Fills at a rate up to its size; every message takes one out."""

    rate: float
    size: int
    now: Callable[[], float]
    level: float = field(init=False)
    filled_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = float(self.size)
        self.filled_at = self.now()

    def missing_seconds(self) -> float:
        """How long until one can be taken; 0 when it can be taken now."""
        at = self.now()
        self.level = min(float(self.size), self.level + (at - self.filled_at) * self.rate)
        self.filled_at = at
        return max(0.0, (1.0 - self.level) / self.rate)


class PaceKeeper:
    """Counts the messages of one bot."""

    def __init__(self, pace: Pace, now: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._now = now
        self._bot = Bucket(pace.a_bot, pace.a_bot_burst, now)
        self._chats: dict[int, Bucket] = {}

    def count(self, chat_id: int) -> None:
        """:raises Refused: 429, and nothing is counted."""
        pace = self._pace
        chat = self._chats.setdefault(chat_id, Bucket(pace.a_chat, pace.a_chat_burst, self._now))
        missing = max(chat.missing_seconds(), self._bot.missing_seconds())
        if missing > 0:
            raise too_many_requests(max(1, math.ceil(missing)))
        chat.level -= 1
        self._bot.level -= 1
