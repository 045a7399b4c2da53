"""A plan as HL7 FHIR (R4): a Bundle with Patient, CareTeam, Goal, CarePlan and Consent.

A hope and an outcome are Goals: the hope as it was said, the outcome with its agreed words and what
it addresses. The CarePlan holds the goals and the steps. The Consent says what is shared, since
when. Ids are made from the plan's own, so that the same plan goes out with the same ids.
Each resource is checked by `fhir.resources` while it is made.
"""

import importlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from plan_store.life_areas import NOT_READ_BACK
from plan_store.the_time_here import day_of, here
from plan_store.what_a_facilitator_sees import OutcomeSeen, StepOfPlan
from plan_store.whole_plan import Item
from review.going_out.layouts import Exports
from review.going_out.what_goes_out import GoingOut

SPACE = uuid5(NAMESPACE_URL, "https://my-way.invalid/fhir")
PERSON_SYSTEM = "https://my-way.invalid/fhir/person"
AREA_SYSTEM = "https://my-way.invalid/fhir/life-area"
ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
# "Information recipient".
ROLE = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
LOINC = "http://loinc.org"
PRIVACY_CONSENT = "59284-0"
# What our own words for a step are called in a plan of care, where they differ.
LIFECYCLE = frozenset(
    {"proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled", "rejected"}
)


def as_fhir(going: GoingOut, words: Exports) -> str:
    """The Bundle as JSON. Raises pydantic's ValidationError where a resource is not FHIR."""
    # Opened late: its classes take a second, and most who start the desk never ask for them.
    bundle_class = importlib.import_module("fhir.resources.R4B.bundle").Bundle
    resources = list(_Resources(going, words).all())
    bundle = bundle_class.model_validate(
        {
            "resourceType": "Bundle",
            "type": "collection",
            "timestamp": _instant(going.at),
            "entry": [
                {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
                for resource in resources
            ],
        }
    )
    json: str = bundle.model_dump_json(indent=2)
    return json


class _Resources:
    def __init__(self, going: GoingOut, words: Exports) -> None:
        self._going = going
        self._words = words
        self._person = going.plan.person_id

    def all(self) -> Iterator[dict[str, Any]]:
        """Every resource; what others point to comes first."""
        yield {
            "resourceType": "Patient",
            "id": self._id("patient"),
            "identifier": [{"system": PERSON_SYSTEM, "value": self._person}],
            **(
                {"name": [{"use": "usual", "text": self._going.plan.called}]}
                if self._going.plan.called
                else {}
            ),
        }
        yield {
            "resourceType": "CareTeam",
            "id": self._id("team"),
            "status": "active",
            "subject": self._me,
            "participant": [
                {"member": self._me},
                *({"member": {"display": name}} for _, name in self._going.facilitators),
            ],
        }
        for hope in self._going.hopes:
            yield self._hope(hope)
            for outcome in self._going.outcomes.get(hope.id, ()):
                yield self._outcome(hope, outcome)
        yield self._plan()
        if self._going.hopes:
            yield self._consent()

    def _hope(self, hope: Item) -> dict[str, Any]:
        said = next((p.said for p in hope.said if p.name == "hope"), hope.said[0].said)
        notes = [
            f"{self._words.parts.get(part.name, part.name)}: {part.said.words}"
            for part in hope.said
            if part.name != "hope" and part.name not in NOT_READ_BACK and part.said.words
        ]
        return {
            "resourceType": "Goal",
            "id": self._id("hope", hope.id),
            "lifecycleStatus": hope.status if hope.status in LIFECYCLE else "proposed",
            "category": [self._area(hope)],
            "description": {
                "text": said.words or self._words.say("whose", "recording", name=self._going.name)
            },
            "subject": self._me,
            "startDate": _day(said.at),
            "expressedBy": self._me,
            **({"note": [{"text": note} for note in notes]} if notes else {}),
        }

    def _outcome(self, hope: Item, outcome: OutcomeSeen) -> dict[str, Any]:
        wording = outcome.agreed
        assert wording is not None, "only agreed ones go out"  # noqa: S101
        achieved = {
            "achievementStatus": {"coding": [{"system": ACHIEVEMENT, "code": outcome.achievement}]}
        }
        return {
            "resourceType": "Goal",
            "id": self._id("outcome", outcome.id),
            "lifecycleStatus": outcome.status if outcome.status in LIFECYCLE else "active",
            **(achieved if outcome.achievement else {}),
            "category": [self._area(hope)],
            "description": {"text": wording.words},
            "subject": self._me,
            "startDate": _day(wording.answered_at or wording.proposed_at),
            "addresses": [self._to("hope", hope.id)],
            "note": [
                {
                    "authorString": wording.by,
                    "text": self._words.say(
                        "whose",
                        "agreed",
                        name=self._going.name,
                        by=wording.by,
                        date=_day(wording.answered_at or wording.proposed_at),
                    ),
                }
            ],
        }

    def _plan(self) -> dict[str, Any]:
        outcomes = [each for made in self._going.outcomes.values() for each in made]
        goals = [self._to("hope", hope.id) for hope in self._going.hopes]
        goals += [self._to("outcome", outcome.id) for outcome in outcomes]
        steps = [self._step(outcome, step) for outcome in outcomes for step in outcome.steps]
        return {
            "resourceType": "CarePlan",
            "id": self._id("plan"),
            "status": "active",
            "intent": "plan",
            "title": self._words.layouts["profile"].title.format(name=self._going.name),
            "subject": self._me,
            "created": _instant(self._going.at),
            "careTeam": [self._to("team")],
            **({"goal": goals} if goals else {}),
            **({"activity": steps} if steps else {}),
        }

    def _step(self, outcome: OutcomeSeen, step: StepOfPlan) -> dict[str, Any]:
        by = {"display": step.by} if step.by else self._me
        return {
            "detail": {
                "status": step.status,
                "description": step.words,
                "goal": [self._to("outcome", outcome.id)],
                "scheduledPeriod": {"end": step.by_day.isoformat()},
                "performer": [by],
            }
        }

    def _consent(self) -> dict[str, Any]:
        return {
            "resourceType": "Consent",
            "id": self._id("consent"),
            "status": "active",
            "scope": {"coding": [{"system": SCOPE, "code": "patient-privacy"}]},
            "category": [{"coding": [{"system": LOINC, "code": PRIVACY_CONSENT}]}],
            "patient": self._me,
            "dateTime": _instant(self._going.shared_since or self._going.at),
            # A policy is asked for where no rule is named: their own choice, item by item.
            "policyRule": {
                "text": self._words.say(
                    "words", "made", name=self._going.name, date=_day(self._going.at)
                )
            },
            "provision": {
                "type": "permit",
                "period": {"start": _instant(self._going.shared_since or self._going.at)},
                # With whoever works with them, and with nobody else.
                "actor": [
                    {
                        "role": {"coding": [{"system": ROLE, "code": "IRCP"}]},
                        "reference": self._to("team"),
                    }
                ],
                "data": [
                    {"meaning": "instance", "reference": self._to("hope", hope.id)}
                    for hope in self._going.hopes
                ],
            },
        }

    def _area(self, hope: Item) -> dict[str, Any]:
        text = self._words.areas[hope.life_area]
        return {"coding": [{"system": AREA_SYSTEM, "code": hope.life_area, "display": text}]}

    def _id(self, kind: str, number: int = 0) -> str:
        return str(uuid5(SPACE, f"{self._person}/{kind}/{number}"))

    def _to(self, kind: str, number: int = 0) -> dict[str, str]:
        return {"reference": f"urn:uuid:{self._id(kind, number)}"}

    @property
    def _me(self) -> dict[str, str]:
        return self._to("patient")


def _day(moment: date | datetime) -> str:
    there = day_of(moment) if isinstance(moment, datetime) else moment
    return there.isoformat()


def _instant(moment: datetime) -> str:
    return here(moment).isoformat(timespec="seconds")
