"""What of a plan may leave the house: what the person shares with their facilitator, and no more.

Comes in: a person's id, and who asks. Goes out: plain data for every format. Wordings that the
person has not agreed to are counted, and left out.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from plan_store.budgeting import BudgetSeen, budgets_of
from plan_store.reaching_people import access_person_by_viewer, facilitators_of
from plan_store.reading_a_plan import read_plan
from plan_store.reading_what_was_made import outcomes_of
from plan_store.roles import Viewer
from plan_store.tables import Aspiration, Person, Sharing, now
from plan_store.what_a_facilitator_sees import OutcomeSeen
from plan_store.whole_plan import Item, Plan


@dataclass(frozen=True, slots=True)
class GoingOut:
    """A plan on its way out: parts that were read back and agreed to, outcomes with agreed words by
    hope, the newest budget that was agreed. `not_agreed`: how much is left out until they agree.
    """

    plan: Plan
    outcomes: dict[int, tuple[OutcomeSeen, ...]]
    not_agreed: int
    budget: BudgetSeen | None
    facilitators: tuple[tuple[int, str], ...]
    shared_since: datetime | None
    at: datetime

    @property
    def name(self) -> str:
        """What they are called; without a name, as the desk calls them."""
        return self.plan.called or "this person"

    @property
    def parts(self) -> int:
        """How many parts of the plan have words or pictures."""
        return sum(1 for item in self.plan.items if item.said or item.cards)

    @property
    def hopes(self) -> tuple[Item, ...]:
        """The hopes, in the order they were begun."""
        return tuple(item for item in self.plan.items if item.kind == "hope" and item.said)


def read_going_out(session: Session, viewer: Viewer, person_id: str) -> GoingOut:
    """Everything that may go. Raises `MayNot`, and NoResultFound for nobody."""
    access_person_by_viewer(session, viewer, person_id)
    plan = read_plan(session, person_id, "facilitator")
    if plan is None or session.get_one(Person, person_id).leaves_at is not None:
        # Who asked to be forgotten is not there any more for anybody.
        raise NoResultFound
    agreed_items = tuple(item for item in plan.items if item.agreed_at is not None)
    made = outcomes_of(session, person_id)
    agreed = {
        item_id: tuple(outcome for outcome in outcomes if outcome.agreed)
        for item_id, outcomes in made.items()
    }
    agreed_budgets = [budget for budget in budgets_of(session, person_id) if budget.agreed_at]
    since = session.scalar(
        select(func.min(Sharing.since))
        .join(Aspiration, Aspiration.id == Sharing.aspiration_id)
        .where(
            Aspiration.person_id == person_id,
            Sharing.audience == "facilitator",
            Sharing.until.is_(None),
        )
    )
    return GoingOut(
        plan=replace(plan, items=agreed_items),
        outcomes=agreed,
        not_agreed=sum(1 for each in made.values() for outcome in each if outcome.proposed)
        + len(plan.items)
        - len(agreed_items),
        budget=agreed_budgets[0] if agreed_budgets else None,
        facilitators=tuple(facilitators_of(session, person_id)),
        shared_since=since,
        at=now(),
    )
