"""Everything a young person or a supporter can be told, piece by piece, and each piece checked.

Comes in: the folder of data. Goes out: findings with their file and line. Nothing of it needs
Python to be changed: a new file of words or a new chapter is looked at by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plan_store.plain_words.filling_in import Filling, read_filling
from plan_store.plain_words.finding import Finding
from plan_store.plain_words.pieces import Piece, Shelf
from plan_store.plain_words.reading_the_lists import Lists, read_lists
from plan_store.plain_words.saying_chapters import pieces_of_chapter
from plan_store.plain_words.saying_words import pieces_of_turns, pieces_of_words
from plan_store.reading_data import read_yaml


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and where it stands."""

    file: str
    line: int
    key: str
    finding: Finding


def check_library(data: Path) -> tuple[int, list[Found]]:
    """How many pieces there are, and what is not easy to read in them, in the order of the files.

    Raises `DataWrong` where a file cannot be read.
    """
    lists = read_lists(data)
    count, found = 0, []
    for piece in pieces(data, lists, read_filling(data)):
        count += 1
        at = piece.file.relative_to(data.parent).as_posix()
        found += [Found(at, piece.line, piece.key, finding) for finding in piece.check(lists)]
    return count, found


def pieces(data: Path, lists: Lists, filling: Filling) -> Iterator[Piece]:
    """Every piece: words, buttons, chapters, pictures, explanations, turns."""
    shelf = Shelf(filling, lists)
    for file in sorted((data / "words").glob("*.yml")):
        content, lines = read_yaml(file)
        shelf.add(file, content or {}, lines)
    shelf.symbols = _symbols(data / "symbols.yml")
    for file in shelf.files:
        yield from pieces_of_words(shelf, file)
    for file in sorted((data / "chapters").glob("*.yml")):
        yield from pieces_of_chapter(shelf, file)
    yield from _pieces_of_symbols(shelf, data / "symbols.yml")
    yield from _pieces_of_glossary(shelf, data / "easy_read" / "glossary.yml")
    yield from pieces_of_turns(shelf, data / "easy_read" / "said_together.yml")


def _symbols(file: Path) -> frozenset[str] | None:
    return frozenset(read_yaml(file)[0]["symbols"]) if file.exists() else None


def _pieces_of_symbols(shelf: Shelf, file: Path) -> Iterator[Piece]:
    if not file.exists():
        return
    content, lines = read_yaml(file)
    for key, symbol in content["symbols"].items():
        line = lines.number("symbols", key, "description")
        description = (symbol or {}).get("description")
        if not description:
            yield shelf.amiss(file, line, key, "no_description", key)
            continue
        yield shelf.message(file, line, key, description)


def _pieces_of_glossary(shelf: Shelf, file: Path) -> Iterator[Piece]:
    content, lines = read_yaml(file)
    for word, entry in content["glossary"].items():
        yield shelf.message(file, lines.number("glossary", word, "text"), word, entry["text"])
