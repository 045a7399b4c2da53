"""How sending one reply went, by name: each name has its own next step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """It is on the phone, under the provider's own id.

    `problem`: the words are; what was to go along with them is not, for good.
    """

    provider_id: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Throttled:
    """The provider wants us to wait this long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The provider cannot be reached, or is ill: try again, later each time."""

    problem: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person does not want messages of this bot now."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider will never take this reply."""

    problem: str


Delivered = Sent | Throttled | Unreachable | Blocked | Refused
