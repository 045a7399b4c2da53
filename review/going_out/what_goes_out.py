"""What of a plan may leave the house: what the person shares with their facilitator, and no more.

Comes in: a person's id, and who asks. Goes out: plain data for every format. Wordings that the
person has not agreed to are counted, and left out.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from plan_store.budgeting import BudgetSeen, budgets_of
from plan_store.reaching_people import access_person_by_viewer, facilitators_of
from plan_store.reading_a_plan import read_plan
from plan_store.reading_what_was_made import outcomes_of
from plan_store.roles import Viewer
from plan_store.tables import now
from plan_store.what_a_facilitator_sees import OutcomeSeen
from plan_store.whole_plan import Item, Plan


@dataclass(frozen=True, slots=True)
class GoingOut:
    """A plan on its way out. `outcomes`: by hope, only those with agreed words."""

    plan: Plan
    outcomes: dict[int, tuple[OutcomeSeen, ...]]
    not_agreed: int
    budget: BudgetSeen | None
    facilitators: tuple[tuple[int, str], ...]
    at: datetime

    @property
    def name(self) -> str:
        """What they are called; without a name, as the desk calls them."""
        return self.plan.called or "this person"

    @property
    def hopes(self) -> tuple[Item, ...]:
        """The hopes, in the order they were begun."""
        return tuple(item for item in self.plan.items if item.kind == "hope" and item.said)


def read_going_out(session: Session, viewer: Viewer, person_id: str) -> GoingOut:
    """Everything that may go. Raises `MayNot`, and NoResultFound for nobody."""
    access_person_by_viewer(session, viewer, person_id)
    plan = read_plan(session, person_id, "facilitator")
    assert plan is not None, "somebody who was reached has a plan"  # noqa: S101
    made = outcomes_of(session, person_id)
    agreed = {
        item_id: tuple(outcome for outcome in outcomes if outcome.agreed)
        for item_id, outcomes in made.items()
    }
    budgets = budgets_of(session, person_id)
    return GoingOut(
        plan=plan,
        outcomes=agreed,
        not_agreed=sum(1 for each in made.values() for outcome in each if outcome.proposed),
        budget=budgets[0] if budgets else None,
        facilitators=tuple(facilitators_of(session, person_id)),
        at=now(),
    )
