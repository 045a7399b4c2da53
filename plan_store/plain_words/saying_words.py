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
# Words of a page, whose forms and links stand in its template.
OF_PAGES = ("page_", "plan_")
# Answers that may stand among the controls, so that they are not shuffled.
ANSWERS = {"dont_know"}
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
        yield from _choices(shelf, file, lines, key, entry)


def _choices(
    shelf: Shelf, file: Path, lines: Lines, key: str, entry: dict[str, Any]
) -> Iterator[Piece]:
    buttons, controls = list(entry.get("buttons") or ()), list(entry.get("controls") or ())
    asks = "?" in str(entry.get("text")) and not key.startswith(OF_PAGES)
    if asks and not buttons and not controls:
        yield shelf.amiss(
            file, lines.number("words", key, "text"), key, "asks_alone", entry["text"]
        )
    # "I don't know" is an answer, wherever it stands.
    answers = [*buttons, *(control for control in controls if control in ANSWERS)]
    controls = [control for control in controls if control not in ANSWERS]
    if answers or controls or entry.get("scale"):
        line = lines.number("words", key, "buttons" if buttons else "controls")
        yield shelf.choices(
            file,
            line,
            key,
            [shelf.labels.get(button, button) for button in answers],
            [shelf.labels.get(button, button) for button in controls],
            bool(entry.get("scale")),
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
        if not text:
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
