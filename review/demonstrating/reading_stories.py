"""The invented people of data/demo.yml, read and checked."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from plan_store.life_areas import HopeArea, ProfileHeading
from plan_store.reading_data import Shape, read_data

FILE = Path(__file__).resolve().parents[2] / "data" / "demo.yml"
# What one line of a story may tell.
TELLS = (
    *("entry", "hope", "outcome", "step", "promise", "note", "call", "alert", "budget", "days"),
    *("option", "meeting"),
)


class Event(Shape):
    """One thing that happens; exactly one of `TELLS` says which, the others say more about it."""

    entry: str | None = None
    hope: HopeArea | Literal["dream"] | None = None
    outcome: str | None = None
    step: str | None = None
    promise: str | None = None
    note: str | None = None
    call: str | None = None
    alert: str | None = None
    budget: int | None = None
    days: int | None = Field(default=None, ge=1)
    # Of the invented catalogue, by its code without "example-".
    option: str | None = None
    meeting: str | None = None
    area: ProfileHeading | None = None
    words: str = ""
    help: str | None = None
    when: str | None = None
    how: str = "typed"
    share: str = "facilitator"
    agreed: bool = True
    happened: bool = False
    who: str = "person"
    in_days: int = 7
    ticked: bool = False
    kind: str = ""
    # Of an option, in pence and how often; and what they think of it.
    cost: int = 0
    times: int = 1
    thinks: str | None = None
    # What they said to what helps at a meeting, by its question.
    helps: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _holds(self) -> "Event":
        told = [name for name in TELLS if getattr(self, name) is not None]
        if len(told) != 1:
            raise ValueError(f"one line tells one of {', '.join(TELLS)}, not {len(told)}.")
        return self


class InventedPerson(Shape):
    """Somebody who does not live, and their story."""

    called: str = Field(pattern=r"\(invented\)$")
    mine: bool
    likes: tuple[str, ...] = ()
    story: tuple[Event, ...]


class InventedFacilitator(Shape):
    """Somebody who does not work anywhere."""

    name: str
    email: str = Field(pattern=r"\.invalid$")
    roles: tuple[str, ...]


class Stories(Shape):
    """The whole file."""

    facilitators: dict[str, InventedFacilitator]
    people: tuple[InventedPerson, ...]


def read_stories() -> Stories:
    """All of it. Raises `DataWrong`."""
    return read_data(FILE, Stories)
