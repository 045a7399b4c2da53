"""The updates that the bot has not confirmed yet, and the two ways in which it can take them.

In: updates from phones or tests. Out: getUpdates answers (an offset confirms and forgets), or
the next update for the webhook. Everything here happens under the one lock of the exchange.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .refusals import POLLED_ELSEWHERE, WEBHOOK_IS_SET, WEBHOOK_TOOK_OVER, conflict

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_UPDATE_ID = 500_000_001


@dataclass
class Webhook:
    """Where updates are posted to, and how the last posting went."""

    url: str = ""
    secret: str | None = None
    last_error_at: int = 0
    last_error: str = ""


@dataclass(eq=False)
class Poll:
    """One getUpdates request that is being answered; `gone` when its caller hung up."""

    gone: bool = False
    ended_by: str | None = None


@dataclass
class WaitingUpdates:
    """The queue. `changed` is the exchange's condition: hold it before calling anything here."""

    changed: threading.Condition
    is_closing: Callable[[], bool]
    queue: deque[dict[str, Any]] = field(default_factory=deque)
    raw_bodies: deque[bytes] = field(default_factory=deque)
    webhook: Webhook = field(default_factory=Webhook)
    allowed: list[str] = field(default_factory=list)
    next_id: int = FIRST_UPDATE_ID
    _current: Poll | None = None

    def add(self, update: dict[str, Any], *, as_given: bool = False) -> int | None:
        """Queue an update; without an update_id it gets the next one. None: not asked for."""
        kinds = set(update) - {"update_id"}
        if not as_given and not any(self._wanted(kind) for kind in kinds):
            return None
        if "update_id" not in update:
            update = {"update_id": self.next_id, **update}
        given = update["update_id"]
        if isinstance(given, int):
            self.next_id = max(self.next_id, given + 1)
        self.queue.append(update)
        self.changed.notify_all()
        return given if isinstance(given, int) else None

    def poll(self, params: dict[str, Any], poll: Poll) -> list[dict[str, Any]] | bytes:
        """Answer getUpdates: wait for updates as long as it asks for. Bytes are a raw body.

        :raises Refused: 409, a webhook is set or another poll took over.
        """
        if self.webhook.url:
            raise conflict(WEBHOOK_IS_SET)
        self.end_poll(POLLED_ELSEWHERE)
        self._current = poll
        if "allowed_updates" in params:
            self.allowed = list(params["allowed_updates"])
        self._confirm(params.get("offset", 0))
        self.changed.notify_all()
        self.changed.wait_for(
            lambda: bool(
                self.queue or self.raw_bodies or poll.gone or poll.ended_by or self.is_closing()
            ),
            timeout=max(0, params.get("timeout", 0)),
        )
        if poll.ended_by:
            raise conflict(poll.ended_by)
        self._current = None
        if poll.gone:
            return []
        if self.raw_bodies:
            return self.raw_bodies.popleft()
        limit = params.get("limit", 100)
        return list(self.queue)[: limit if 1 <= limit <= 100 else 100]

    def is_polled(self) -> bool:
        return self._current is not None

    def end_poll(self, why: str) -> None:
        """A waiting getUpdates gets a 409: someone else takes the updates now."""
        if self._current is not None:
            self._current.ended_by = why
            self._current = None
            self.changed.notify_all()

    def set_webhook(self, url: str, params: dict[str, Any]) -> None:
        self.end_poll(WEBHOOK_TOOK_OVER)
        if params.get("drop_pending_updates"):
            self.queue.clear()
        if "allowed_updates" in params:
            self.allowed = list(params["allowed_updates"])
        self.webhook = Webhook(url=url, secret=params.get("secret_token"))
        self.changed.notify_all()

    def webhook_took(self, update: dict[str, Any]) -> None:
        if update in self.queue:
            self.queue.remove(update)
        self.changed.notify_all()

    def webhook_failed(self, why: str) -> None:
        self.webhook.last_error_at = int(time.time())
        self.webhook.last_error = why
        self.changed.notify_all()

    def webhook_info(self) -> dict[str, Any]:
        hook = self.webhook
        info: dict[str, Any] = {
            "url": hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.queue),
        }
        if hook.url:
            info["max_connections"] = 40
            info["ip_address"] = "127.0.0.1"
        if hook.last_error:
            info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
        if self.allowed:
            info["allowed_updates"] = list(self.allowed)
        return info

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.queue) > -offset:
                self.queue.popleft()
            return
        kept = [u for u in self.queue if not _is_before(u, offset)]
        self.queue = deque(kept)


def _is_before(update: dict[str, Any], offset: int) -> bool:
    number = update.get("update_id")
    return isinstance(number, int) and number < offset
