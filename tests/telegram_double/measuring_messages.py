"""What may stand in a message: the length of its words, and what its buttons may hold.

In: a text, a caption or a keyboard as the bot sent it. Out: the same as Telegram would keep it,
or Telegram's refusal. Lengths are counted in UTF-16 units, the stricter reading of the limit.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .formatted_text import read_marks, utf16_length
from .refusals import Refused, bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64
MAX_START = 64
MAX_BUTTONS = 100
MAX_TOAST = 200
START_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_START}}}")
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}


def measured_text(params: dict[str, Any]) -> dict[str, Any]:
    """The `text` and `entities` of a Message.

    :raises Refused: empty, too long, or marks that cannot be read.
    """
    text, entities = _words(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def measured_caption(params: dict[str, Any]) -> dict[str, Any]:
    """The `caption` and `caption_entities` of a Message; a caption may be left out."""
    text, entities = _words(params, "caption", "caption_entities")
    if not text:
        return {}
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def measured_buttons(params: dict[str, Any]) -> dict[str, Any]:
    """The `reply_markup` of a Message: inline buttons only, as Telegram gives it back."""
    markup = params.get("reply_markup") or {}
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    if not rows:
        return {}
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check_button(button)
    return {"reply_markup": {"inline_keyboard": rows}}


def check_start_payload(payload: str) -> str:
    """:raises ValueError: no such deep link can be opened on a phone."""
    if not START_PAYLOAD.fullmatch(payload):
        raise ValueError(f"?start= takes 1 to {MAX_START} of A-Z a-z 0-9 _ -, not {payload!r}")
    return payload


def _words(params: dict[str, Any], name: str, entities: str) -> tuple[str, list[dict[str, Any]]]:
    marked: str = params.get(name, "")
    if params.get("parse_mode"):
        text, read = read_marks(marked, params["parse_mode"])
    else:
        text, read = marked, params.get(entities, [])
    if not text.strip():
        return "", []
    blank_before = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    moved = [_moved(entity, blank_before, utf16_length(text)) for entity in read]
    return text, [entity for entity in moved if entity["length"] > 0]


def _moved(entity: dict[str, Any], blank_before: int, end: int) -> dict[str, Any]:
    """Telegram strips the blanks around a text, and its marks move along."""
    first = max(0, entity["offset"] - blank_before)
    last = min(end, entity["offset"] + entity["length"] - blank_before)
    return {**entity, "offset": first, "length": last - first}


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise _wrong_button("Text buttons must have a text")
    actions = ACTIONS & set(button)
    if not actions:
        raise _wrong_button("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _wrong_button(f"one action a button, not {', '.join(sorted(actions))}")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_link(button["url"])


def _check_link(url: str) -> None:
    parts = urlsplit(url)
    is_web = parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
    if not is_web and parts.scheme not in {"tg", "tonsite"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if parts.hostname in {"t.me", "telegram.me"} or parts.scheme == "tg":
        for payload in parse_qs(parts.query, keep_blank_values=True).get("start", []):
            if not START_PAYLOAD.fullmatch(payload):
                raise bad_request(
                    f"the start parameter of '{url}' is not 1 to {MAX_START} of A-Z a-z 0-9 _ - "
                    "(Telegram would send it and the link would do nothing)"
                )


def _wrong_button(why: str) -> Refused:
    return bad_request(f"can't parse inline keyboard button: {why}")
