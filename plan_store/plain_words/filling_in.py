"""The words as they are really sent: every {place} filled with the longest real value.

Comes in: `data/easy_read/longest.yml`, the helplines and the chapters. Goes out: a filled text, and
what in it are own words or names.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from plan_store.reading_data import Shape, read_data, read_yaml

Source = Literal["helplines", "chapter_titles", "button_labels", "card_labels", "explanations"]


class Longest(Shape):
    """How long one place can be."""

    name: str | None = None
    own: str | None = None
    value: str | None = None
    data: Source | None = Field(default=None, alias="from")


class _Longest(Shape):
    longest: dict[str, Longest]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its places filled; `unknown`: places nobody has said the length of."""

    text: str
    own_words: tuple[str, ...]
    names: tuple[str, ...]
    unknown: tuple[str, ...]


class Filling:
    """What fills each place."""

    def __init__(self, places: Mapping[str, Longest], of_data: Mapping[str, Mapping[str, str]]):
        self._places = places
        self._of_data = of_data
        helplines = of_data["helplines"].values()
        self._helplines = tuple(
            "".join(letter for letter in line if not letter.isdigit()).strip() for line in helplines
        )

    @property
    def known(self) -> set[str]:
        """The places somebody has said the length of."""
        return set(self._places)

    def fill(self, text: str) -> Filled:
        """The text as it is sent at its longest."""
        values, own, names, unknown = {}, [], [], []
        for name in places_in(text):
            place = self._places.get(name)
            if place is None:
                values[name] = name
                unknown.append(name)
                continue
            values[name] = self._value(name, place)
            own += [place.own] if place.own else []
            names += [place.name] if place.name else []
        filled = text.format_map(values) if values else text
        return Filled(filled, tuple(own), (*names, *self._helplines), tuple(unknown))

    def _value(self, name: str, place: Longest) -> str:
        if place.data is not None:
            known = self._of_data[place.data]
            return known.get(name) or max(known.values(), key=len, default=name)
        return next(
            (value for value in (place.value, place.own, place.name) if value is not None), name
        )


def places_in(text: str) -> list[str]:
    """The names in braces, in order."""
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def read_filling(data: Path) -> Filling:
    """What fills each place, from the data as it stands."""
    chapters = [read_yaml(file)[0] for file in sorted((data / "chapters").glob("*.yml"))]
    words = [read_yaml(file)[0] or {} for file in sorted((data / "words").glob("*.yml"))]
    # Two chapters may have a picture with the same key, and another label for it.
    cards = {
        f"{chapter['chapter']}.{card['card']}": card["label"]
        for chapter in chapters
        for card in (chapter.get("sorting") or {}).get("cards", [])
    }
    glossary = read_yaml(data / "easy_read" / "glossary.yml")[0]["glossary"]
    buttons = {key: button for file in words for key, button in (file.get("buttons") or {}).items()}
    return Filling(
        read_data(data / "easy_read" / "longest.yml", _Longest).longest,
        {
            "helplines": _helplines(data / "helplines.yml"),
            "chapter_titles": {c["chapter"]: c["title"] for c in chapters if "title" in c},
            "button_labels": {key: _bare(button["label"]) for key, button in buttons.items()},
            "card_labels": cards,
            "explanations": {word: entry["text"] for word, entry in glossary.items()},
        },
    )


def _helplines(file: Path) -> dict[str, str]:
    lines = read_yaml(file)[0]["helplines"]
    return {
        key: str(line["call"])
        if key == "emergency"
        else f"{line['name']} {line.get('call') or line.get('text')}"
        for key, line in lines.items()
    }


def _bare(label: str) -> str:
    return label.split(" ", 1)[-1]
