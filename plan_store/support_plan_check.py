"""The seven questions of a support plan, by pure functions: red, amber or green, with the reason.

Comes in: counted facts. Goes out: a colour and a reason for each question; and warnings, where
others made a decision that the person can make. No store, no words of anybody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plan_store.reading_data import Shape, read_data

FILE = Path(__file__).parent.parent / "data" / "support_plan_check.yml"
RED, AMBER, GREEN = "red", "amber", "green"
COLOURS = (RED, AMBER, GREEN)
# Not before there are so many things said, a share of them says anything.
ENOUGH_SAID = 4
NO_ANSWER = "not_answered"


class QuestionRead(Shape):
    """One of the seven."""

    text: str
    known: bool = False


class CheckRead(Shape):
    """The whole file."""

    questions: dict[str, QuestionRead]
    reasons: dict[str, str]
    warnings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows of a plan, of what is shared alone: numbers, and whether.

    `liked` and the `counted_…` are of options; `helped` of all the things `said`.
    """

    matters: int = 0
    matters_agreed: int = 0
    hopes: int = 0
    outcomes: int = 0
    outcomes_agreed: int = 0
    support: int = 0
    liked: int = 0
    counted: int = 0
    budget: bool = False
    budget_agreed: bool = False
    fits: bool = True
    costs_nothing: bool = True
    steps: int = 0
    own_first_steps: int = 0
    meetings_to_come: int = 0
    said: int = 0
    helped: int = 0
    said_by_others: int = 0
    counted_not_seen: int = 0
    counted_not_liked: int = 0
    counted_with_help: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A question's colour (None: nobody has answered it) and the key of the reason."""

    colour: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning by its key: how many, and of how many."""

    key: str
    count: int
    of: int = 0


@cache
def read_check(file: Path = FILE) -> CheckRead:
    """The questions and their words. Raises `DataWrong`."""
    return read_data(file, CheckRead)


def judge_all(facts: Facts) -> Mapping[str, Judged]:
    """Every question that the store knows the answer to."""
    return {
        "matters": _three("matters", facts.matters_agreed > 0, facts.matters > 0),
        "change": _three("change", facts.outcomes_agreed > 0, facts.hopes > 0),
        "support": _three(
            "support",
            facts.support > 0 and facts.liked > 0,
            facts.support > 0 or facts.liked > 0,
        ),
        "money": _money(facts),
        "next": _three(
            "next", facts.steps > 0 or facts.meetings_to_come > 0, facts.own_first_steps > 0
        ),
    }


def warnings(facts: Facts) -> Iterator[Warned]:
    """Where others made a decision that the person can make."""
    if facts.said_by_others:
        yield Warned("said_by_others", facts.said_by_others)
    if facts.said >= ENOUGH_SAID and facts.helped * 2 > facts.said:
        yield Warned("mostly_helped", facts.helped, facts.said)
    if facts.outcomes > facts.outcomes_agreed:
        yield Warned("outcome_not_agreed", facts.outcomes - facts.outcomes_agreed)
    for name in ("counted_not_seen", "counted_not_liked", "counted_with_help"):
        if count := getattr(facts, name):
            yield Warned(name, count)


def with_control(answered: str | None, facts: Facts) -> Judged | None:
    """Staying in control cannot be green while there is a warning; None: as it was answered."""
    if answered == GREEN and any(warnings(facts)):
        return Judged(AMBER, "others_decided")
    return None


def _money(facts: Facts) -> Judged:
    if not facts.counted:
        return Judged(RED, "money_red")
    if not facts.budget:
        return (
            Judged(AMBER, "money_amber_free") if facts.costs_nothing else Judged(RED, "money_red")
        )
    if not facts.fits:
        return Judged(AMBER, "money_amber_over")
    if not facts.budget_agreed:
        return Judged(AMBER, "money_amber_not_agreed")
    return Judged(GREEN, "money_green")


def _three(question: str, all_of_it: bool, some_of_it: bool) -> Judged:
    colour = GREEN if all_of_it else AMBER if some_of_it else RED
    return Judged(colour, f"{question}_{colour}")
