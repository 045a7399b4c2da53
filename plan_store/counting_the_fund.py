"""The project's fund for coming to meetings: what there is, what was spent, what is planned.

Comes in: meetings with what they cost, and what somebody says there is. Goes out: pence.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.inserting_once import insert_once
from plan_store.tables import Fund, Meeting, now


@dataclass(frozen=True, slots=True)
class FundSeen:
    """The project's fund in pence: in all (None: nobody has said), spent, and planned to be."""

    total: int | None
    spent: int
    planned: int

    @property
    def left(self) -> int:
        """What is neither spent nor planned."""
        return (self.total or 0) - self.spent - self.planned


def read_fund(session: Session) -> FundSeen:
    """What there is, what was spent on meetings that were, and what is planned for others."""
    newest = session.scalars(select(Fund).order_by(Fund.id.desc()).limit(1)).first()
    cost = func.coalesce(func.sum(Meeting.transport + Meeting.food + Meeting.other), 0)
    planned = select(cost).where(Meeting.state == "planned")
    moment = now()
    return FundSeen(
        newest.total if newest else None,
        spent=int(session.scalar(planned.where(Meeting.begins_at <= moment)) or 0),
        planned=int(session.scalar(planned.where(Meeting.begins_at > moment)) or 0),
    )


def set_fund(session: Session, click: str, facilitator_id: int, total: int) -> None:
    """What the fund has in all, from now on. What it was before stays in the record."""
    insert_once(session, Fund, click=click, facilitator_id=facilitator_id, total=total)
