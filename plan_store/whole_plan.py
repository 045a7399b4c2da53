"""A person's whole plan as plain data, without any store behind it: for the page, paper, and desk.

Comes in: rows, by `plan_store.reading_a_plan`. Goes out: frozen values. Words are verbatim.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

# Taken back by the person, or never meant: it stays in the record and stands in no plan.
TAKEN_BACK = ("cancelled", "entered-in-error")


@dataclass(frozen=True, slots=True)
class Recording:
    """A photo or voice that came with the words; `state`: due, kept, failed."""

    id: int
    kind: str
    media_type: str
    state: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, and how. `question`: the key it answers. `chosen`: the answer's key, tapped.

    `kind`: said; the way a picture was sorted; or left empty on purpose, then without words: skip,
    dont_know, not_now, private.
    `short` stands beside the words, and first where the person picked it: `short_first`.
    """

    id: int
    question: str
    kind: str
    words: str
    how: str
    said_by: str
    helped: bool
    at: datetime
    chosen: str | None = None
    short: str | None = None
    short_first: bool = False
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What stands for one part now, and what stood there `before`, newest first."""

    name: str
    said: Said
    before: tuple[Said, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The keys it was asked by, newest first: the first may only have asked for a change."""
        return tuple(dict.fromkeys(said.question for said in (self.said, *self.before)))


@dataclass(frozen=True, slots=True)
class Card:
    """A sorted picture, and the `way` it went: like, not_sure, dislike."""

    key: str
    way: str
    said: Said


@dataclass(frozen=True, slots=True)
class Given:
    """What a facilitator wrote back."""

    id: int
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToDo:
    """A step. `by`: who does it, by name; None where it is the person. `done_at`: it was ticked."""

    id: int
    words: str
    by: str | None
    by_day: date
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """An outcome whose words the person agreed to. `before`: the words they agreed to once.

    `achievement`: whether it happened, as they said: achieved, improving, not-achieved; or
    in-progress.
    """

    id: int
    words: str
    status: str
    achievement: str | None
    agreed_at: datetime
    before: tuple[str, ...]
    steps: tuple[ToDo, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a plan. `kind`: hope, entry (of the profile), or sorted (pictures of a topic).

    `seen_by`: who else may see it now.
    """

    id: int
    kind: str
    life_area: str
    status: str
    version: int
    begun_at: datetime
    agreed_at: datetime | None
    seen_by: tuple[str, ...]
    parts: tuple[Part, ...]
    cards: tuple[Card, ...]
    answers: tuple[Given, ...]
    outcomes: tuple[Agreed, ...] = ()

    def part(self, name: str) -> Said | None:
        """What stands for this part now."""
        return next((part.said for part in self.parts if part.name == name), None)

    @property
    def said(self) -> tuple[Part, ...]:
        """The parts that were answered."""
        return tuple(part for part in self.parts if part.said.kind == "said")

    @property
    def left_empty(self) -> tuple[Part, ...]:
        """The parts that were left empty on purpose."""
        return tuple(part for part in self.parts if part.said.kind != "said")

    @property
    def is_agreed(self) -> bool:
        """Whether they said that it is right, and said nothing new about it since."""
        return self.agreed_at is not None and all(
            part.said.at <= self.agreed_at for part in self.said
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything in somebody's plan, items in the order they were begun.

    `left`: chapters left empty on purpose. `waiting`: questions that wait for a time alone.
    `told`: what was said outside any question. `answers`: what was written about no item.
    `pictures`: whether they like pictures; None where they were not asked.
    """

    person_id: str
    called: str | None
    pictures: bool | None
    items: tuple[Item, ...]
    told: tuple[Said, ...]
    left: tuple[str, ...]
    waiting: tuple[str, ...]
    answers: tuple[Given, ...]

    def of(self, *life_areas: str) -> Iterator[Item]:
        """The items of these life areas or headings, in the order they were begun."""
        return (item for item in self.items if item.life_area in life_areas)

    @property
    def changed_at(self) -> datetime | None:
        """When something was last said in it."""
        moments = [part.said.at for item in self.items for part in item.parts]
        moments += [said.at for said in self.told]
        return max(moments, default=None)
