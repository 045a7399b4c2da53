"""A plan as plain fields: for JSON, the API, and the rows of a table. The names are a promise."""

from typing import Any

from plan_store.what_a_facilitator_sees import OutcomeSeen
from plan_store.whole_plan import Item, Said
from review.going_out.what_goes_out import GoingOut

FORMAT = "my-way/plan/1"


def as_fields(going: GoingOut) -> dict[str, Any]:
    """JSON-ready; times in ISO 8601 with their zone, money in pence."""
    budget = going.budget
    return {
        "format": FORMAT,
        "made_at": going.at.isoformat(),
        "person": {"id": going.plan.person_id, "called": going.plan.called},
        "facilitators": [name for _, name in going.facilitators],
        "items": [
            {
                "id": item.id,
                "kind": item.kind,
                "life_area": item.life_area,
                "status": item.status,
                "agreed_at": item.agreed_at.isoformat() if item.agreed_at else None,
                "seen_by": list(item.seen_by),
                "parts": _parts(item),
                "outcomes": [_outcome(each) for each in going.outcomes.get(item.id, ())],
            }
            for item in going.plan.items
            if item.said or item.cards
        ],
        "wordings_not_agreed": going.not_agreed,
        "budget": {
            "weekly": budget.weekly,
            "yearly": budget.yearly,
            "once": budget.once,
            "direct_payment": budget.direct_payment,
            "agreed_at": budget.agreed_at.isoformat() if budget.agreed_at else None,
        }
        if budget
        else None,
    }


def _parts(item: Item) -> list[dict[str, Any]]:
    said = [(part.name, part.said) for part in item.said]
    said += [(f"picture {card.key}: {card.way}", card.said) for card in item.cards]
    return [_said(name, each) for name, each in said]


def _said(name: str, said: Said) -> dict[str, Any]:
    return {
        "part": name,
        "question": said.question,
        "words": said.words,
        "said_by": said.said_by,
        "how": said.how,
        "helped": said.helped,
        "recording": said.recording.kind if said.recording else None,
        "at": said.at.isoformat(),
    }


def _outcome(outcome: OutcomeSeen) -> dict[str, Any]:
    wording = outcome.agreed
    assert wording is not None, "only agreed ones go out"  # noqa: S101
    return {
        "id": outcome.id,
        "status": outcome.status,
        "achievement": outcome.achievement,
        "words": wording.words,
        "by": wording.by,
        "agreed_at": (wording.answered_at or wording.proposed_at).isoformat(),
        "steps": [
            {
                "id": step.id,
                "words": step.words,
                "by": step.by,
                "by_day": step.by_day.isoformat(),
                "status": step.status,
            }
            for step in outcome.steps
        ],
    }
