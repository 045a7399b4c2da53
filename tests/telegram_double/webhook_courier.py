"""Carries updates to the bot's webhook: one at a time, in order, again until it says 2xx.

In: the waiting updates while a webhook is set. Out: POSTs with Telegram's secret header. It is a
thread of its own and ends when the exchange closes.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from .keeping_the_line import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from .waiting_updates import WaitingUpdates, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_WITHIN = 10.0


class WebhookCourier:
    """Posts while a webhook is set. `routes` are the public addresses that lead to loopback."""

    def __init__(
        self,
        updates: WaitingUpdates,
        complain: Callable[[str], None],
        routes: dict[str, str],
        again_after: float,
    ) -> None:
        self._updates = updates
        self._changed = updates.changed
        self._complain = complain
        self._routes = routes
        self._again_after = again_after
        self.answers: list[int] = []
        self._thread = threading.Thread(target=self._run, name="telegram-double-webhook")

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        with httpx.Client(timeout=ANSWER_WITHIN, trust_env=False) as client:
            while (errand := self._next_errand()) is not None:
                hook, update, raw = errand
                body = raw if raw is not None else json.dumps(update).encode()
                failure = self._post(client, hook, body)
                self._settle(hook, update, raw, failure)

    def _next_errand(self) -> tuple[Webhook, dict[str, Any], bytes | None] | None:
        updates = self._updates
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    updates.is_closing()
                    or bool(updates.webhook.url and (updates.queue or updates.raw_bodies))
                )
            )
            if updates.is_closing():
                return None
            if updates.raw_bodies:
                return updates.webhook, {}, updates.raw_bodies.popleft()
            return updates.webhook, updates.queue[0], None

    def _post(self, client: httpx.Client, hook: Webhook, body: bytes) -> str | None:
        if (address := self._leads_to(hook.url)) is None:
            return "No route to the webhook: the double does not leave loopback"
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers[SECRET_HEADER] = hook.secret
        try:
            answer = client.post(address, content=body, headers=headers)
        except httpx.TransportError as problem:
            self.answers.append(0)
            return f"Connection failed: {type(problem).__name__}"
        self.answers.append(answer.status_code)
        if not answer.is_success:
            return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        if b'"method"' in answer.content:
            self._complain("the webhook answered with a method; the double does not carry it out")
        return None

    def _settle(
        self, hook: Webhook, update: dict[str, Any], raw: bytes | None, failure: str | None
    ) -> None:
        """Taken, or to be tried again after a while. A raw body is posted once only."""
        updates = self._updates
        with self._changed:
            if raw is not None:
                self._changed.notify_all()
            elif failure is None:
                updates.webhook_took(update)
            else:
                updates.webhook_failed(failure)
                self._changed.wait_for(
                    lambda: updates.is_closing() or updates.webhook is not hook,
                    timeout=self._again_after,
                )

    def _leads_to(self, url: str) -> str | None:
        for public, loopback in self._routes.items():
            if url.startswith(public):
                return loopback + url.removeprefix(public)
        return url if urlsplit(url).hostname in LOOPBACK else None
