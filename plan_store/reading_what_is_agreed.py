"""What was agreed for somebody's hopes, for their own plan: outcomes in words they said yes to.

Comes in: a person's id. Goes out: plain data by hope, for two queries. What is only proposed stands
in no plan.
"""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.tables import Facilitator, Outcome, OutcomeWording, Step
from plan_store.whole_plan import Agreed, ToDo

NOT_IN_THE_PLAN = ("proposed", "rejected", "cancelled")


def agreed_of(session: Session, person_id: str) -> dict[int, tuple[Agreed, ...]]:
    """By hope, the oldest first."""
    steps: dict[int, list[ToDo]] = defaultdict(list)
    for step, name in session.execute(
        select(Step, Facilitator.name)
        .outerjoin(Facilitator, Facilitator.id == Step.facilitator_id)
        .where(Step.person_id == person_id, Step.status.not_in(("cancelled", "stopped")))
        .order_by(Step.by_day, Step.id)
    ):
        steps[step.outcome_id].append(
            ToDo(step.id, step.words, name or step.named, step.by_day, step.ticked_at)
        )
    wordings: dict[int, list[OutcomeWording]] = defaultdict(list)
    outcomes: dict[int, Outcome] = {}
    for outcome, wording in session.execute(
        select(Outcome, OutcomeWording)
        .join(OutcomeWording, OutcomeWording.outcome_id == Outcome.id)
        .where(
            Outcome.person_id == person_id,
            Outcome.status.not_in(NOT_IN_THE_PLAN),
            OutcomeWording.state.in_(("agreed", "before")),
        )
        .order_by(Outcome.id, OutcomeWording.number.desc())
    ):
        outcomes[outcome.id] = outcome
        wordings[outcome.id].append(wording)
    found: dict[int, list[Agreed]] = defaultdict(list)
    for outcome in outcomes.values():
        now, *before = sorted(wordings[outcome.id], key=lambda each: each.state != "agreed")
        found[outcome.aspiration_id].append(
            Agreed(
                id=outcome.id,
                words=now.words,
                status=outcome.status,
                achievement=outcome.achievement,
                agreed_at=now.answered_at or now.proposed_at,
                before=tuple(each.words for each in before),
                steps=tuple(steps[outcome.id]),
            )
        )
    return {hope: tuple(each) for hope, each in found.items()}
