"""One piece of what can be said, with where it stands and how it is to be checked.

Comes in: a text of the data. Goes out: pieces, filled as they are really sent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plan_store.plain_words.checking import (
    check_choices,
    check_label,
    check_message,
    check_turn,
)
from plan_store.plain_words.filling_in import Filling
from plan_store.plain_words.finding import Finding
from plan_store.plain_words.reading_the_lists import Lists
from plan_store.reading_data import Lines

# What only the whole of a message can break; its parts are checked where they stand.
OF_THE_WHOLE = {"message_words", "message_sentences", "one_question", "reading_age"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to check. `text`: as it is sent, for whoever wants to see it."""

    file: Path
    line: int
    key: str
    text: str
    check: Callable[[Lists], list[Finding]]


@dataclass(slots=True)
class Shelf:
    """The words and buttons read so far, and how pieces are made of them."""

    filling: Filling
    lists: Lists
    files: dict[Path, tuple[dict[str, Any], Lines]] = field(default_factory=dict)
    words: dict[str, dict[str, Any]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    # Keys of pictures; None while there is no set of them.
    symbols: frozenset[str] | None = None

    def add(self, file: Path, content: dict[str, Any], lines: Lines) -> None:
        """Put a file of words on the shelf."""
        self.files[file] = (content, lines)
        self.words |= content.get("words") or {}
        self.labels |= {
            key: button["label"] for key, button in (content.get("buttons") or {}).items()
        }

    def message(self, file: Path, line: int, key: str, text: str, of_whole: bool = False) -> Piece:
        """A message, or a part of one. `of_whole`: only what the whole of it can break."""
        filled = self.filling.fill(text)

        def check(lists: Lists) -> list[Finding]:
            found = check_message(
                filled.text, lists, own_words=filled.own_words, names=filled.names, ours=True
            )
            if of_whole:
                return [finding for finding in found if finding.rule in OF_THE_WHOLE]
            return [*(lists.found("no_longest", f"{{{name}}}") for name in filled.unknown), *found]

        return Piece(file, line, key, filled.text, check)

    def label(self, file: Path, line: int, key: str, label: str, pictured: bool = False) -> Piece:
        """A button's label. `pictured`: a picture stands above it."""

        def check(lists: Lists) -> list[Finding]:
            found = check_label(label, lists)
            return [each for each in found if not (pictured and each.rule == "label_picture")]

        return Piece(file, line, key, label, check)

    def choices(
        self, file: Path, line: int, key: str, answers: Sequence[str], controls: Sequence[str],
        scale: bool = False,
    ) -> Piece:  # fmt: skip
        """The buttons under one message."""
        return Piece(
            file,
            line,
            key,
            " · ".join((*answers, *controls)),
            lambda lists: check_choices(answers, controls, lists, scale=scale),
        )

    def turn(self, file: Path, line: int, texts: Sequence[str]) -> Piece:
        """Messages that come together."""
        filled = [self.filling.fill(text) for text in texts]
        said = [each.text for each in filled]
        own = [words for each in filled for words in each.own_words]
        return Piece(
            file, line, "turn", " / ".join(said), lambda lists: check_turn(said, lists, own)
        )

    def picture(self, file: Path, line: int, key: str, picture: object) -> list[Piece]:
        """A picture by its symbol's key, or with its own description; a piece where it is amiss."""
        if isinstance(picture, dict):
            if picture.get("description"):
                return [self.message(file, line, key, picture["description"])]
            return [self.amiss(file, line, key, "no_description", key)]
        if self.symbols is not None and picture not in self.symbols:
            return [self.amiss(file, line, key, "no_such_symbol", str(picture))]
        return []

    def amiss(self, file: Path, line: int, key: str, rule: str, piece: str) -> Piece:
        """Something that is wrong before any word is looked at."""
        return Piece(file, line, key, piece, lambda lists: [lists.found(rule, piece)])
