"""A small listener in place of Rasa: it answers the door's contract with the real hands.

It understands taps and takes typed words for what the chat is waiting for, which is all that a
test of the page needs. `problem` makes it fail as Rasa does; `hold` makes it slow.
"""

import asyncio
import json
from typing import Any

import httpx

from actions.serving import build_executor
from plan_store.opening import Store

DID = {
    "begin": "action_begin",
    "affirm": "action_get_ready",
    "help": "action_help",
    "again": "action_say_again",
    "simpler": "action_say_simpler",
    "skip": "action_leave_empty",
    "dont_know": "action_leave_empty",
    "who_sees": "action_who_sees",
    "ask_person": "action_ask_person",
    "tell": "action_keep_words",
    "choose": "action_choose_who_sees",
    "another_hope": "action_another_hope",
    "show_plan": "action_show_plan",
    "old_tap": "action_already_done",
    "sent_voice": "action_keep_recording",
    "sent_photo": "action_keep_recording",
    "sent_other": "action_name_what_came",
}


class SmallListener:
    """Stands at the listener's address."""

    def __init__(self, store: Store) -> None:
        self.executor = build_executor(store)
        self.problem: str | None = None
        self.gone = False
        self.hold: asyncio.Event | None = None
        self.heard: list[dict[str, Any]] = []

    @property
    def transport(self) -> httpx.MockTransport:
        """The way to it."""
        return httpx.MockTransport(self._listen)

    async def _listen(self, request: httpx.Request) -> httpx.Response:
        note = json.loads(request.content)
        self.heard.append(note)
        if self.hold is not None:
            await self.hold.wait()
        if self.gone:
            raise httpx.ConnectError("nobody listens")
        if self.problem is not None:
            return httpx.Response(503, json={"problem": self.problem})
        intent, choice = _understand(note)
        action = DID[intent]
        if intent == "affirm" and note["expecting"] == "read_back":
            action = "action_agree"
        if intent == "tell" and note["expecting"] == "name":
            action = "action_hear_name"
        result = await self.executor.run(
            {
                "next_action": action,
                "tracker": {
                    "sender_id": note["person"],
                    "slots": {},
                    "latest_message": {
                        "intent": {"name": intent},
                        "entities": [{"entity": "choice", "value": choice}] if choice else [],
                        "metadata": {"inbox_id": note["inbox_id"]},
                    },
                    "events": [],
                    "paused": False,
                    "latest_action_name": None,
                },
            }
        )
        assert result is not None
        return httpx.Response(
            200,
            json={
                "understood": {"intent": intent, "confidence": 1.0},
                "replies": [response["custom"] for response in result.responses],
            },
        )


def _understand(note: dict[str, Any]) -> tuple[str, str | None]:
    if "tap" not in note:
        return "tell", None
    intent, brace, rest = note["tap"].removeprefix("/").partition("{")
    return intent, json.loads(brace + rest)["choice"] if brace else None
