"""A small listener in place of Rasa: it answers the door's contract with the real hands.

It understands taps, takes typed words for what the chat is waiting for, and names the action that
the project's own rules name, which is all that a test of the page needs. `problem` makes it fail
as Rasa does; `hold` makes it slow.
"""

import asyncio
import json
from functools import cache
from typing import Any

import httpx
import yaml

from actions.serving import build_executor
from bot.opening_the_door import DATA
from plan_store.opening import Store

RULES = DATA / "rules"


@cache
def rules() -> dict[tuple[str | None, str], str]:
    """Which action hears what: by what is expected and the intent; None: at any time."""
    table: dict[tuple[str | None, str], str] = {}
    for file in sorted(RULES.glob("*.yml")):
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]:
            expected: list[str | None] = [
                slot["expecting"]
                for condition in rule.get("condition", ())
                for slot in condition["slot_was_set"]
            ]
            first, last = rule["steps"][0], rule["steps"][-1]
            # One rule is of what comes after an action: no intent begins it.
            for heard in first.get("or", [first] if "intent" in first else []):
                for expecting in expected or [None]:
                    table[expecting, heard["intent"]] = last["action"]
    return table


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
        intent, entities = _understand(note)
        table = rules()
        by_place = table.get((note["expecting"], intent))
        action = by_place or table.get((None, intent), "action_did_not_catch")
        result = await self.executor.run(
            {
                "next_action": action,
                "tracker": {
                    "sender_id": note["person"],
                    "slots": {},
                    "latest_message": {
                        "intent": {"name": intent},
                        "entities": entities,
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


def _understand(note: dict[str, Any]) -> tuple[str, list[dict[str, str]]]:
    if "tap" not in note:
        return "tell", []
    intent, brace, rest = note["tap"].removeprefix("/").partition("{")
    said = json.loads(brace + rest) if brace else {}
    return intent, [{"entity": name, "value": value} for name, value in said.items()]
