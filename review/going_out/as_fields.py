"""A plan as plain fields: for JSON, the API, and the rows of a table. The names are a promise."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from plan_store.life_areas import NOT_READ_BACK
from plan_store.what_a_facilitator_sees import OutcomeSeen
from plan_store.whole_plan import Item, Said
from review.going_out.what_goes_out import GoingOut

Format = Literal["my-way/plan/1"]


@dataclass(frozen=True, slots=True)
class PersonFields:
    """Who it is about. `called`: the name they chose, if they chose one."""

    id: str
    called: str | None


@dataclass(frozen=True, slots=True)
class PartFields:
    """One thing said, word for word. `recording`: voice or photo, where one came with it."""

    part: str
    question: str
    words: str
    said_by: str
    how: str
    helped: bool
    recording: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class StepFields:
    """A step. `by`: who does it; null for the person."""

    id: int
    words: str
    by: str | None
    by_day: date
    status: str


@dataclass(frozen=True, slots=True)
class OutcomeFields:
    """What was agreed: the words, by whom they were written, and when the person agreed."""

    id: int
    status: str
    achievement: str | None
    words: str
    by: str
    agreed_at: datetime
    steps: list[StepFields]


@dataclass(frozen=True, slots=True)
class ItemFields:
    """A hope, an entry of the profile, or sorted pictures; `status` as in FHIR's Goal."""

    id: int
    kind: str
    life_area: str
    status: str
    agreed_at: datetime | None
    seen_by: list[str]
    parts: list[PartFields]
    outcomes: list[OutcomeFields]


@dataclass(frozen=True, slots=True)
class BudgetFields:
    """Indicative until `agreed_at`; whole pence."""

    weekly: int
    yearly: int
    once: int
    direct_payment: int
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanFields:
    """A whole plan, of what is shared and agreed. Times have their zone."""

    format: Format
    made_at: datetime
    person: PersonFields
    facilitators: list[str]
    items: list[ItemFields]
    wordings_not_agreed: int
    budget: BudgetFields | None


def as_fields(going: GoingOut) -> PlanFields:
    """The plan."""
    budget = going.budget
    return PlanFields(
        format="my-way/plan/1",
        made_at=going.at,
        person=PersonFields(going.plan.person_id, going.plan.called),
        facilitators=[name for _, name in going.facilitators],
        items=[
            ItemFields(
                id=item.id,
                kind=item.kind,
                life_area=item.life_area,
                status=item.status,
                agreed_at=item.agreed_at,
                seen_by=list(item.seen_by),
                parts=_parts(item),
                outcomes=[_outcome(each) for each in going.outcomes.get(item.id, ())],
            )
            for item in going.plan.items
            if item.said or item.cards
        ],
        wordings_not_agreed=going.not_agreed,
        budget=BudgetFields(
            budget.weekly, budget.yearly, budget.once, budget.direct_payment, budget.agreed_at
        )
        if budget
        else None,
    )


def _parts(item: Item) -> list[PartFields]:
    # What only the listener read into the words was never read back to them.
    said = [(part.name, part.said) for part in item.said if part.name not in NOT_READ_BACK]
    said += [(f"picture {card.key}: {card.way}", card.said) for card in item.cards]
    return [_said(name, each) for name, each in said]


def _said(name: str, said: Said) -> PartFields:
    recording = said.recording.kind if said.recording else None
    return PartFields(
        name, said.question, said.words, said.said_by, said.how, said.helped, recording, said.at
    )


def _outcome(outcome: OutcomeSeen) -> OutcomeFields:
    wording = outcome.agreed
    assert wording is not None, "only agreed ones go out"  # noqa: S101
    return OutcomeFields(
        id=outcome.id,
        status=outcome.status,
        achievement=outcome.achievement,
        words=wording.words,
        by=wording.by,
        agreed_at=wording.answered_at or wording.proposed_at,
        steps=[
            StepFields(step.id, step.words, step.by, step.by_day, step.status)
            for step in outcome.steps
        ],
    )
