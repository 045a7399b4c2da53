"""The seven questions for one person: what the store knows is counted, the rest was answered.

Comes in: a person's id, or a facilitator's answer with its reason. Goes out: each question with its
colour and reason, and the warnings. Only what is shared is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.budgeting import budgets_of
from plan_store.catalogue_rules import CatalogueRules
from plan_store.causes import Cause, note
from plan_store.inserting_once import insert_once
from plan_store.looking_at_options import DISLIKE, LIKE
from plan_store.meeting_up import next_meeting
from plan_store.reading_the_brokerage import NO_MONEY, fit_of_counted, standing_of
from plan_store.reading_the_hopes import read_hopes
from plan_store.sharing import shared_with
from plan_store.support_plan_check import (
    COLOURS,
    NO_ANSWER,
    Facts,
    Judged,
    Warned,
    judge_all,
    read_check,
    warnings,
    with_control,
)
from plan_store.tables import (
    Aspiration,
    Facilitator,
    HopeOption,
    OptionAnswer,
    Outcome,
    OutcomeWording,
    PlanCheck,
    Step,
)
from plan_store.taking_a_click import NothingToSay, clicked
from plan_store.what_a_facilitator_sees import Hope, Said

OVER = ("cancelled", "rejected")
TO_DO = ("not-started", "in-progress")
# Of hopes that stand and that facilitators may see now, and of no others.
SHARED = (Aspiration.status != "cancelled", shared_with("facilitator"))


@dataclass(frozen=True, slots=True)
class Answered:
    """What a facilitator answered: the colour, why, who and when."""

    colour: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven. `judged`: its colour and the key of a reason; `answered`: by a person."""

    key: str
    known: bool
    judged: Judged
    answered: Answered | None
    before: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """All seven, and the warnings."""

    questions: tuple[Question, ...]
    warnings: tuple[Warned, ...]


def check_plan(session: Session, person_id: str, rules: CatalogueRules) -> Checked:
    """All seven questions now."""
    facts = _facts(session, person_id, rules)
    known = judge_all(facts)
    answers = _answers(session, person_id)
    questions = []
    for key, question in read_check().questions.items():
        given = answers.get(key, [])
        newest = given[0] if given and not question.known else None
        judged = known.get(key) or (
            Judged(newest.colour, "") if newest else Judged(None, NO_ANSWER)
        )
        if key == "control":
            judged = with_control(judged.colour, facts) or judged
        questions.append(Question(key, question.known, judged, newest, tuple(given[1:])))
    return Checked(tuple(questions), tuple(warnings(facts)))


def answer_check(
    session: Session, cause: Cause, question: str, colour: str, reason: str
) -> PlanCheck | None:
    """A facilitator's answer, with the reason; None where this click gave it before.

    Raises `NothingToSay` without a reason, ValueError for a question that the store knows.
    """
    click, facilitator_id = clicked(cause)
    asked = read_check().questions.get(question)
    if asked is None or asked.known or colour not in COLOURS:
        raise ValueError(question)
    if not reason.strip():
        raise NothingToSay
    answer = insert_once(
        session,
        PlanCheck,
        click=click,
        person_id=cause.person_id,
        facilitator_id=facilitator_id,
        question=question,
        colour=colour,
        reason=reason.strip(),
    )
    if answer is not None:
        note(session, cause, f"checks_{colour}", "plan_check", answer.id)
    return answer


def _answers(session: Session, person_id: str) -> dict[str, list[Answered]]:
    found: dict[str, list[Answered]] = {}
    for row, by in session.execute(
        select(PlanCheck, Facilitator.name)
        .join(Facilitator, Facilitator.id == PlanCheck.facilitator_id)
        .where(PlanCheck.person_id == person_id)
        .order_by(PlanCheck.id.desc())
    ):
        found.setdefault(row.question, []).append(Answered(row.colour, row.reason, by, row.at))
    return found


def _facts(session: Session, person_id: str, rules: CatalogueRules) -> Facts:
    shared = [hope for hope in read_hopes(session, person_id) if hope.shared]
    said = [each for hope in shared for each in _said(hope)]
    matters = [hope for hope in shared if hope.life_area == "important_to_me"]
    hopes = [hope for hope in shared if hope.kind == "hope"]
    outcomes = session.scalars(
        select(Outcome.id)
        .join(Aspiration, Aspiration.id == Outcome.aspiration_id)
        .where(Outcome.person_id == person_id, Outcome.status.not_in(OVER), *SHARED)
    ).all()
    agreed = set(
        session.scalars(
            select(OutcomeWording.outcome_id).where(
                OutcomeWording.person_id == person_id, OutcomeWording.state == "agreed"
            )
        )
    )
    budgets = budgets_of(session, person_id)
    fitted = fit_of_counted(session, person_id, rules, budgets[0].money if budgets else NO_MONEY)
    steps = session.scalars(
        select(Step.id)
        .join(Outcome, Outcome.id == Step.outcome_id)
        .join(Aspiration, Aspiration.id == Outcome.aspiration_id)
        .where(Step.person_id == person_id, Step.status.in_(TO_DO), *SHARED)
    ).all()
    options = _options(session, person_id)
    counted = [(option, thought) for option, thought in options if option.counted]
    liked = [thought for _, thought in options if thought and thought.choice == LIKE]
    return Facts(
        matters=len(matters),
        matters_agreed=sum(hope.agreed_at is not None for hope in matters),
        hopes=len(hopes),
        outcomes=len(outcomes),
        outcomes_agreed=sum(outcome_id in agreed for outcome_id in outcomes),
        support=sum(hope.life_area == "support" for hope in shared),
        liked=len(liked),
        counted=len(counted),
        budget=bool(budgets),
        budget_agreed=bool(budgets) and budgets[0].agreed_at is not None,
        fits=fitted.fits,
        costs_nothing=fitted.cost.is_free,
        steps=len(steps),
        own_first_steps=sum("first_step" in dict(hope.parts) for hope in hopes),
        meetings_to_come=int(next_meeting(session, person_id) is not None),
        said=len(said),
        helped=sum(each.helped for each in said),
        said_by_others=sum(each.said_by != "person" for each in said),
        counted_not_seen=sum(option.state != "sent" for option, _ in counted),
        counted_not_liked=sum(
            thought is not None and thought.choice == DISLIKE for _, thought in counted
        ),
        counted_with_help=sum(
            thought is not None and thought.choice == LIKE and thought.helped
            for _, thought in counted
        ),
    )


def _said(hope: Hope) -> Iterator[Said]:
    """What stands for each part now."""
    for _, said in hope.parts:
        if said[0].kind == "said":
            yield said[0]


def _options(session: Session, person_id: str) -> list[tuple[HopeOption, OptionAnswer | None]]:
    """What stands, each with the newest thing the person said of it."""
    thoughts = {
        answer.hope_option_id: answer
        for answer in session.scalars(
            select(OptionAnswer)
            .where(OptionAnswer.person_id == person_id)
            .order_by(OptionAnswer.id)
        )
    }
    standing = session.scalars(standing_of(person_id))
    return [(option, thoughts.get(option.id)) for option in standing]
