"""The pieces of a file of `data/words`: wordings, examples, buttons, choices; and turns.

Comes in: the shelf and a file on it. Goes out: pieces with their lines.
"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plan_store.plain_words.pieces import Piece, Shelf
from plan_store.reading_data import Lines, read_yaml

WORDINGS = ("text", "simpler", "other", "example", "spoken")
# An example is said after these.
WITH_EXAMPLE = ("simpler", "other")


def pieces_of_words(shelf: Shelf, file: Path) -> Iterator[Piece]:
    """Every entry of a file of words, and every button."""
    content, lines = shelf.files[file]
    for key, button in (content.get("buttons") or {}).items():
        yield shelf.label(file, lines.number("buttons", key, "label"), key, button["label"])
    for key, entry in (content.get("words") or {}).items():
        yield from _wordings(shelf, file, lines, key, entry)
        if "picture" in entry:
            line = lines.number("words", key, "picture")
            yield from shelf.picture(file, line, key, entry["picture"])
        named = {
            kind: [shelf.labels.get(button, button) for button in entry.get(kind) or ()]
            for kind in ("buttons", "controls")
        }
        if any(named.values()) or entry.get("scale"):
            line = lines.number("words", key, "buttons" if named["buttons"] else "controls")
            yield shelf.choices(
                file, line, key, named["buttons"], named["controls"], bool(entry.get("scale"))
            )


def pieces_of_turns(shelf: Shelf, file: Path) -> Iterator[Piece]:
    """What is said together: lists of keys of words."""
    content, lines = read_yaml(file)
    for number, keys in enumerate(content["said_together"]):
        line = lines.number("said_together", number)
        missing = [key for key in keys if key not in shelf.words]
        if missing:
            yield shelf.amiss(file, line, "turn", "no_such_words", ", ".join(missing))
            continue
        yield shelf.turn(file, line, [shelf.words[key]["text"] for key in keys])


def _wordings(
    shelf: Shelf, file: Path, lines: Lines, key: str, entry: dict[str, Any]
) -> Iterator[Piece]:
    for wording in WORDINGS:
        text = entry.get(wording)
        if not text or shelf.filling.is_composed(text):
            continue
        line = lines.number("words", key, wording)
        if is_label(text):
            yield shelf.label(file, line, key, text)
        else:
            yield shelf.message(file, line, key, text)
    for wording in WITH_EXAMPLE:
        if entry.get(wording) and entry.get("example"):
            whole = f"{entry[wording]} {entry['example']}"
            line = lines.number("words", key, wording)
            yield shelf.message(file, line, key, whole, of_whole=True)


def is_label(text: str) -> bool:
    """Whether a page's words are a button's: they begin with a picture and are no sentence."""
    return unicodedata.category(text[0]) == "So" and not text.rstrip().endswith((".", "?"))
