"""Asking the listener: one message to Rasa, one list of replies back, or a named problem.

The door's note says what the chat is waiting for; Rasa remembers nothing itself.
"""

import json
from dataclasses import dataclass
from typing import Any

import httpx

from plan_store.taking_in import Leased

# The listener answers in milliseconds; past this it is in trouble, and the message waits.
LISTEN_SECONDS = 20.0
# These are about one message; everything else means that something is down.
ABOUT_THE_MESSAGE = (
    "action_failed",
    "action_crashed",
    "action_answer_odd",
    "no_reply",
    "rasa_failed",
    "reply_without_key",
    "unforeseen",
)
# What a message without words means to the listener.
TAP_FOR_KIND = {
    "voice": "/sent_voice",
    "photo": "/sent_photo",
    "edit": "/edited",
}


class NotHeard(Exception):
    """The listener gave no answer. `problem` names why, `message_at_fault` whether to give up."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.message_at_fault = problem in ABOUT_THE_MESSAGE


@dataclass(frozen=True, slots=True)
class Heard:
    """What the listener understood and what the hands answered."""

    intent: str | None
    confidence: float
    replies: list[dict[str, Any]]


class Listener:
    """Rasa, over its `door` channel."""

    def __init__(self, client: httpx.AsyncClient, rasa_url: str) -> None:
        self._client = client
        self._url = f"{rasa_url.rstrip('/')}/webhooks/door/listen"

    async def hear(self, message: Leased) -> Heard:
        """Have one message heard; raises `NotHeard`."""
        note = {
            "person": message.person_id,
            "inbox_id": message.id,
            "expecting": message.expecting,
            **as_heard(message),
        }
        try:
            answer = await self._client.post(self._url, json=note, timeout=LISTEN_SECONDS)
        except httpx.HTTPError as problem:
            raise NotHeard("unreachable") from problem
        try:
            content = answer.json()
        except json.JSONDecodeError as problem:
            raise NotHeard("unreadable") from problem
        if not isinstance(content, dict):
            raise NotHeard("no_reply")
        if not answer.is_success:
            raise NotHeard(str(content.get("problem", answer.status_code)))
        replies = content.get("replies") or []
        problems = [reply["problem"] for reply in replies if "problem" in reply]
        if problems or not replies:
            raise NotHeard(problems[0] if problems else "no_reply")
        understood = content.get("understood") or {}
        return Heard(understood.get("intent"), understood.get("confidence") or 0.0, replies)


def as_heard(message: Leased) -> dict[str, Any]:
    """The message as the listener gets it: typed text, or a tap in its own language.

    The label of a button shown now, typed, is that button.
    """
    if message.kind == "tap":
        value = str(message.details.get("value", ""))
        stale = message.details.get("serial") not in {None, message.serial}
        return {"tap": "/old_tap" if stale else value}
    if message.kind == "text":
        meant = message.details.get("means") or {}
        if meant.get("serial") == message.serial:
            return {"tap": str(meant["value"])}
        # The question the label belonged to is over: it is heard as words.
        return {"text": message.words}
    if message.kind == "heard":
        return _as_spoken(message)
    return {"tap": TAP_FOR_KIND.get(message.kind, "/sent_other")}


def _as_spoken(message: Leased) -> dict[str, Any]:
    """The words of a voice: `still`, whether the question it was spoken to is still open.

    The label of a button, spoken, is that button. What the recogniser is not sure of only asks
    whether it is right: the hands read the words out of the store.
    """
    if message.details.get("unsure") or not message.words.strip():
        return {"tap": "/heard"}
    still = message.details.get("serial") == message.serial
    meant = message.details.get("means") or {}
    if still and meant.get("serial") == message.serial:
        return {"tap": str(meant["value"])}
    return {"heard": message.words, "still": still}
