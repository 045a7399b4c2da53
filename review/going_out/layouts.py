"""The words of the files that go out, and what stands under which heading: data/exports.yml."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from plan_store.life_areas import LIFE_AREAS, LifeArea
from plan_store.reading_data import Shape, read_data

FILE = Path(__file__).resolve().parents[2] / "data" / "exports.yml"


class Takes(Shape):
    """Parts of a plan: answers by their question, whole life areas, or one of the kinds."""

    questions: tuple[str, ...] = ()
    areas: tuple[LifeArea, ...] = ()
    hopes: bool = False
    outcomes: bool = False
    budget: bool = False
    rest: bool = False


class SectionLayout(Shape):
    """One heading, and what goes under it."""

    heading: str
    takes: tuple[Takes, ...]


class Layout(Shape):
    """One document."""

    title: str
    sections: tuple[SectionLayout, ...] = Field(min_length=1)


class Exports(Shape):
    """The whole file."""

    areas: dict[str, str]
    parts: dict[str, str]
    ways: dict[str, str]
    whose: dict[str, str]
    statuses: dict[str, str]
    money: dict[str, str]
    words: dict[str, str]
    charts: dict[str, str]
    pack: dict[str, str]
    layouts: dict[str, Layout]

    def say(self, shelf: str, key: str, **filling: Any) -> str:
        """The words under this key, filled."""
        shelves: dict[str, dict[str, str]] = {
            "whose": self.whose,
            "money": self.money,
            "words": self.words,
            "pack": self.pack,
        }
        return shelves[shelf][key].format(**filling)


@cache
def exports() -> Exports:
    """The file, read once. Raises `DataWrong`."""
    read = read_data(FILE, Exports)
    missing = set(LIFE_AREAS) - set(read.areas)
    if missing:
        raise ValueError(f"{FILE}: areas lacks {', '.join(sorted(missing))}.")
    return read
