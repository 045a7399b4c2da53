"""What became of hopes, counted: by area, and month by month, of the people somebody may see.

Comes in: who looks. Goes out: numbers only; hopes that are not shared are not counted. Whether
something happened is what the young person said.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.reaching_people import seen_by
from plan_store.roles import Viewer, check_can
from plan_store.sharing import shared_with
from plan_store.tables import Aspiration, Outcome, OutcomeWording, Person, now
from plan_store.the_time_here import day_of
from plan_store.whole_plan import TAKEN_BACK

AREAS = ("work_learning", "home", "friends_community", "health", "dream")
MONTHS = 12
HAPPENED = "achieved"
# Agreed to now, or until newer words were.
ONCE_AGREED = ("agreed", "before")


@dataclass(frozen=True, slots=True)
class OfArea:
    """One area: hopes that are shared, outcomes that were agreed to, and that happened."""

    area: str
    hopes: int
    agreed: int
    happened: int


@dataclass(frozen=True, slots=True)
class OfMonth:
    """One month, by its first day: outcomes agreed to in it, and that happened in it."""

    month: date
    agreed: int
    happened: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All of it; months oldest first, with those in which nothing was."""

    areas: tuple[OfArea, ...]
    months: tuple[OfMonth, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shared yet."""
        return not any(area.hopes for area in self.areas)


def count_outcomes(session: Session, viewer: Viewer, at: datetime | None = None) -> Outcomes:
    """Counted now, by two queries. Raises `MayNot`."""
    check_can(viewer, "work_with_people")
    theirs = (
        Aspiration.status.not_in(TAKEN_BACK),
        Aspiration.kind == "hope",
        shared_with("facilitator"),
        seen_by(viewer),
    )
    hopes: Counter[str] = Counter()
    for area, count in session.execute(
        select(Aspiration.life_area, func.count())
        .join(Person, Person.id == Aspiration.person_id)
        .where(*theirs)
        .group_by(Aspiration.life_area)
    ):
        hopes[area] = count
    agreed: Counter[str] = Counter()
    happened: Counter[str] = Counter()
    agreed_in: Counter[date] = Counter()
    happened_in: Counter[date] = Counter()
    for area, achievement, changed_at, first_yes in session.execute(
        select(
            Aspiration.life_area,
            Outcome.achievement,
            Outcome.changed_at,
            func.min(OutcomeWording.answered_at),
        )
        .join(Outcome, Outcome.aspiration_id == Aspiration.id)
        .join(Person, Person.id == Aspiration.person_id)
        .join(OutcomeWording, OutcomeWording.outcome_id == Outcome.id)
        .where(*theirs, Outcome.status != "cancelled", OutcomeWording.state.in_(ONCE_AGREED))
        .group_by(Outcome.id, Aspiration.life_area, Outcome.achievement, Outcome.changed_at)
    ):
        agreed[area] += 1
        if first_yes is not None:
            agreed_in[month_of(first_yes)] += 1
        if achievement == HAPPENED:
            happened[area] += 1
            happened_in[month_of(changed_at)] += 1
    return Outcomes(
        tuple(OfArea(area, hopes[area], agreed[area], happened[area]) for area in AREAS),
        tuple(
            OfMonth(month, agreed_in[month], happened_in[month])
            for month in last_months(at or now())
        ),
    )


def month_of(moment: datetime) -> date:
    """The first day of its month, where people are."""
    return day_of(moment).replace(day=1)


def last_months(at: datetime) -> list[date]:
    """The last twelve months by their first days, this one last."""
    this = month_of(at)
    counted = this.year * 12 + this.month - 1
    return [
        date(number // 12, number % 12 + 1, 1)
        for number in range(counted - MONTHS + 1, counted + 1)
    ]
