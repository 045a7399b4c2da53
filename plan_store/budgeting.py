"""An indicative personal budget: what it is, what it was, and whether a manager agreed to it.

Comes in: a click, with amounts in pence. Goes out: one more row; none is ever changed. What is new
is not yet agreed.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.counting_money import Money, money_of
from plan_store.tables import Budget, Facilitator, Person, now
from plan_store.taking_a_click import Changed, clicked


class DirectTooMuch(Exception):
    """More than the weekly amount cannot come as a direct payment."""


@dataclass(frozen=True, slots=True)
class BudgetSeen:
    """A budget as it stood from `at` on, and who said so. Pence."""

    id: int
    weekly: int
    yearly: int
    once: int
    direct_payment: int
    agreed_at: datetime | None
    at: datetime
    by: str

    @property
    def money(self) -> Money:
        """Counted over a year."""
        return money_of(self.weekly, self.yearly, self.once)


def set_budget(
    session: Session,
    cause: Cause,
    seen: int,
    *,
    weekly: int,
    yearly: int,
    once: int,
    direct_payment: int,
) -> Budget | None:
    """What it is from now on, not yet agreed. `seen`: the id of the one before, 0 for none.

    None where this very click was done before. Raises `DirectTooMuch`, `Changed`.
    """
    if direct_payment > weekly:
        raise DirectTooMuch
    return _add(
        session,
        cause,
        seen,
        "sets",
        Budget(weekly=weekly, yearly=yearly, once=once, direct_payment=direct_payment),
    )


def agree_budget(session: Session, cause: Cause, seen: int) -> Budget | None:
    """The budget that was seen is agreed. Raises `Changed` where it is not the newest one."""
    before = session.get(Budget, seen)
    if before is None:
        raise Changed
    return _add(
        session,
        cause,
        seen,
        "agrees",
        Budget(
            weekly=before.weekly,
            yearly=before.yearly,
            once=before.once,
            direct_payment=before.direct_payment,
            agreed_at=now(),
        ),
    )


def budgets_of(session: Session, person_id: str) -> list[BudgetSeen]:
    """All there ever were, the newest first: that one counts."""
    asked = (
        select(Budget, Facilitator.name)
        .join(Facilitator, Facilitator.id == Budget.facilitator_id)
        .where(Budget.person_id == person_id)
        .order_by(Budget.id.desc())
    )
    return [
        BudgetSeen(
            id=row.id,
            weekly=row.weekly,
            yearly=row.yearly,
            once=row.once,
            direct_payment=row.direct_payment,
            agreed_at=row.agreed_at,
            at=row.at,
            by=by,
        )
        for row, by in session.execute(asked)
    ]


def _add(session: Session, cause: Cause, seen: int, what: str, budget: Budget) -> Budget | None:
    click, facilitator_id = clicked(cause)
    # The person's row is held: the second click of a double one waits here for the first.
    session.get_one(Person, cause.person_id, with_for_update=True)
    newest = session.scalars(
        select(Budget)
        .where(Budget.person_id == cause.person_id)
        .order_by(Budget.id.desc())
        .limit(1)
    ).first()
    if newest is not None and newest.click == click:
        return None
    if (newest.id if newest else 0) != seen:
        raise Changed
    budget.click, budget.person_id = click, cause.person_id
    budget.facilitator_id = facilitator_id
    session.add(budget)
    session.flush()
    note(session, cause, what, "budget", budget.id)
    return budget
