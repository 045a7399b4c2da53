"""Text with HTML marks, read as Telegram reads it.

In: the text and its parse_mode. Out: the plain text and its entities (offsets in UTF-16 units,
as Telegram counts), or Telegram's "can't parse entities" with the byte where it stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .refusals import Refused, bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PIECE = re.compile(
    r"<(?P<end>/)?(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)?(?P<rest>[^<>]*)(?P<close>>)?"
    r"|&(?:#(?P<decimal>\d+)|#x(?P<hexadecimal>[0-9a-fA-F]+)|(?P<named>lt|gt|amp|quot));"
    r"|[^<&]+|&"
)
HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


@dataclass
class OpenTag:
    """A start tag that waits for its end."""

    name: str
    rest: str
    at_unit: int


def utf16_length(text: str) -> int:
    """Telegram counts text in UTF-16 units: most emoji are two."""
    return len(text.encode("utf-16-le")) // 2


def read_marks(text: str, parse_mode: str | None) -> tuple[str, list[dict[str, Any]]]:
    """The text without its marks, and what the marks said.

    :raises Refused: the marks are wrong, or the parse mode is one that the double cannot read.
    """
    if not parse_mode:
        return text, []
    if parse_mode.lower() != "html":
        raise bad_request(f"unsupported parse_mode (the double reads HTML only): {parse_mode}")
    return _read_html(text)


def _read_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    plain: list[str] = []
    entities: list[dict[str, Any]] = []
    waiting: list[OpenTag] = []
    for piece in PIECE.finditer(text):
        at_byte = len(text[: piece.start()].encode())
        if not piece.group().startswith("<"):
            plain.append(_character(piece))
            continue
        name = (piece["tag"] or "").lower()
        so_far = utf16_length("".join(plain))
        if piece["close"] is None and not piece["rest"][:1].isspace():
            which = "end" if piece["end"] else "start"
            raise _wrong(f"Unclosed {which} tag at byte offset {at_byte}")
        if not piece["end"]:
            _check_start(name, piece["rest"], at_byte)
            if piece["close"] is None:
                raise _wrong(f"Unclosed start tag at byte offset {at_byte}")
            waiting.append(OpenTag(name, piece["rest"], so_far))
        elif not waiting:
            raise _wrong(f"Unexpected end tag at byte offset {at_byte}")
        elif waiting[-1].name != name:
            raise _wrong(
                f"Unmatched end tag at byte offset {at_byte}, "
                f'expected "</{waiting[-1].name}>", found "</{name}>"'
            )
        else:
            entities.extend(_entity(waiting.pop(), so_far))
    if waiting:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{waiting[-1].name}"')
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(plain), entities


def _character(piece: re.Match[str]) -> str:
    if piece["decimal"]:
        return chr(int(piece["decimal"]))
    if piece["hexadecimal"]:
        return chr(int(piece["hexadecimal"], 16))
    return NAMED[piece["named"]] if piece["named"] else piece.group()


def _check_start(name: str, rest: str, at_byte: int) -> None:
    is_spoiler = name != "span" or 'class="tg-spoiler"' in rest
    if name not in KINDS or not is_spoiler:
        raise _wrong(f'Unsupported start tag "{name}" at byte offset {at_byte}')


def _entity(tag: OpenTag, end: int) -> list[dict[str, Any]]:
    if end == tag.at_unit:
        return []
    entity = {"type": KINDS[tag.name], "offset": tag.at_unit, "length": end - tag.at_unit}
    if tag.name == "a":
        href = HREF.search(tag.rest)
        if href is None:
            return []
        entity["url"] = next(group for group in href.groups() if group is not None)
    return [entity]


def _wrong(why: str) -> Refused:
    return bad_request(f"can't parse entities: {why}")
