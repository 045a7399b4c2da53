"""POST /control: what a test in another process may ask of a double that runs on its own.

In: {"do": "types", "user_id": 1, "with": ["hello"]}. Out: {"gave": …, "screen": […]}, where the
screen is that person's chat as Bot API messages, and "complaints".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .double import TelegramDouble
    from .http_door import Control

PHONE_VERBS = {"starts", "types", "taps", "blocks", "unblocks", "sends_sticker", "sends_voice"}
DOUBLE_VERBS = {"gives", "tells_to_wait", "breaks", "drops_after_accepting", "answers_slowly"}


def build_control(double: TelegramDouble) -> Control:
    """The answer to POST /control of this double."""

    def control(asked: dict[str, Any]) -> dict[str, Any]:
        verb = asked.get("do", "looks")
        phone = double.phone(asked.get("user_id", 4201), asked.get("name", "Ash"))
        gave = None
        try:
            if verb in PHONE_VERBS:
                gave = getattr(phone, verb)(*asked.get("with", []))
            elif verb in DOUBLE_VERBS:
                gave = getattr(double, verb)(*asked.get("with", []))
            elif verb != "looks":
                return {"problem": f"unknown verb {verb}"}
        except (AssertionError, ValueError) as problem:
            return {"problem": str(problem)}
        return {
            "gave": gave,
            "screen": [message.raw for message in phone.screen],
            "waiting": len(double.waiting),
            "complaints": double.complaints,
        }

    return control
