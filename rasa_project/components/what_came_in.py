"""Reads what the bot sent, and hears it: a tap by its payload, typed words by the model.

In: the body of a request. Out: a note of it, and Rasa's `parse_data` for it.
A tap and typed words are kept apart from the first byte: whatever is typed, even "/affirm", is
heard as words, so nobody can agree to something by typing a payload.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain

from components.hearing import EXPECTATIONS

# Telegram's own limit. Understanding needs no more; the store keeps the whole.
LONGEST_HEARD = 4096
PAYLOAD = re.compile(r"/(?P<intent>[a-z_]+)(?P<entities>\{.*\})?", re.DOTALL)
# A payload of a button we no longer know: no rule speaks of it, so the person is asked again.
AGREES, NOT_UNDERSTOOD = "affirm", "nlu_fallback"
TAP_NOT_KNOWN = "tap_not_known"


class NoteError(ValueError):
    """The request is not what the door takes: a fault of the bot, not of the person."""

    def __init__(self, kind: str) -> None:
        """`kind` goes into the answer."""
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Note:
    """One message as the bot hands it over: typed (`text`), tapped (`tap`) or `spoken`.

    `still`: the question it was spoken to is still open.
    """

    person: str
    inbox_id: int
    expecting: str
    text: str | None = None
    tap: str | None = None
    spoken: str | None = None
    still: bool = False


def read_note(body: bytes) -> Note:
    """The note in a request's body. Raises NoteError."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise NoteError("not_json") from None
    if not isinstance(sent, dict):
        raise NoteError("not_json")
    person, inbox_id = sent.get("person"), sent.get("inbox_id")
    expecting, still = sent.get("expecting", "nothing"), sent.get("still", False)
    text, tap, spoken = sent.get("text"), sent.get("tap"), sent.get("heard")
    if not isinstance(person, str) or not person.strip():
        raise NoteError("no_person")
    if not isinstance(inbox_id, int) or isinstance(inbox_id, bool):
        raise NoteError("no_inbox_id")
    if expecting not in EXPECTATIONS:
        raise NoteError("expecting_unknown")
    if [isinstance(came, str) for came in (text, tap, spoken)].count(True) != 1:
        raise NoteError("neither_typed_nor_tapped")
    return Note(person, inbox_id, expecting, text, tap, spoken, still is True)


async def hear_typed(text: str, processor: Any) -> dict[str, Any]:
    """What the model understands in typed words."""
    heard = text[:LONGEST_HEARD]
    # Rasa takes a leading "/" (after white space) for a payload. It is no word: it is left out.
    while heard != (bare := heard.strip().lstrip("/")):
        heard = bare
    # Half an emoji (a lone surrogate) cannot be written as UTF-8 further on.
    heard = heard.encode("utf-8", "replace").decode("utf-8")
    parsed: dict[str, Any] = await processor.parse_message(UserMessage(text=heard))
    if text.lstrip().startswith("/") and parsed["intent"]["name"] == AGREES:
        # Nobody agrees by typing what a button sends.
        parsed["intent"] = {"name": NOT_UNDERSTOOD, "confidence": 0.0}
    return parsed


def hear_tap(tap: str, domain: Domain) -> dict[str, Any]:
    """What a tapped payload says: `/skip`, `/choose{"choice": "me"}`."""
    intent, entities = TAP_NOT_KNOWN, []
    match = PAYLOAD.fullmatch(tap.strip())
    if match and match["intent"] in domain.intents:
        try:
            chosen = json.loads(match["entities"] or "{}")
        except (ValueError, RecursionError):
            chosen = None
        if isinstance(chosen, dict) and set(chosen) <= set(domain.entities):
            intent = match["intent"]
            entities = [{"entity": name, "value": value} for name, value in chosen.items()]
    return {
        "text": tap,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": entities,
        "intent_ranking": [],
    }
