"""A walk over hopes, outcomes and steps in the store, in any order, forbidden moves too."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from plan_store.answering_a_proposal import answer_proposal, judge
from plan_store.deciding import NotAllowed, can_move
from plan_store.opening import Store
from plan_store.proposing_outcomes import propose, rest_or_go_on, say_it_is_done, take_back
from plan_store.tables import History, Outcome, OutcomeWording, Step
from plan_store.taking_steps import Owner, deal_with_step, say_of_step, write_step
from tests.plan_store.deciding_people import Deciding, in_days, somebody_who_hopes

# What a walk tries, and the move of the outcome or step that it is.
DESK = {
    "propose": ("outcome", "proposes"),
    "reword": ("outcome", "proposes_again"),
    "take_back": ("outcome", "takes_back"),
    "rest": ("outcome", "pauses"),
    "go_on": ("outcome", "goes_on"),
    "say_done": ("outcome", "says_done"),
    "write_step": ("outcome", "begins_work"),
    "drop": ("step", "drops"),
}
ANSWERS = ("agrees", "says_otherwise", "refuses", "puts_off")
JUDGEMENTS = ("happened", "happened_partly", "did_not_happen")
STEPS = ("takes_it_on", "not_yet", "needs_help", "ticks", "unticks", "says_words", "refuses")
TRIES = (*DESK, *ANSWERS, *JUDGEMENTS, *STEPS)


@pytest.fixture
def first(store: Store) -> Deciding:
    return somebody_who_hopes(store)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tries=st.lists(st.sampled_from(TRIES), max_size=12))
def test_whatever_is_tried_the_table_holds(first: Deciding, tries: list[str]) -> None:
    sam = first.another()
    for what in ("propose", "agrees", "write_step", *tries):
        _try(sam, what)
        _holds(sam)


def _try(sam: Deciding, what: str) -> None:
    outcome, wording, step = _now(sam)
    if outcome is None and what != "propose":
        return
    # "I don't want it" is of the outcome where there are words of one, else of the step.
    of_outcome = what not in STEPS or (what in ANSWERS and wording is not None)
    thing, move = DESK.get(what, ("outcome" if of_outcome else "step", what))
    row = step if thing == "step" else outcome
    if row is None and what != "propose":
        return
    status = "" if what == "propose" or row is None else row.status
    by = "facilitator" if what in DESK else "person"
    may = can_move(thing, move, by, status)
    try:
        _do(sam, what, outcome, wording, step)
        done = True
    except NotAllowed:
        done = False
    # Words that are not proposed any more are answered by nobody.
    if what in ANSWERS and (wording is None or wording.state != "proposed"):
        return
    assert done == may, (what, status)


def _do(  # noqa: C901  (one for each try)
    sam: Deciding,
    what: str,
    outcome: Outcome | None,
    wording: OutcomeWording | None,
    step: Step | None,
) -> None:
    version, hope = sam.version, sam.hope_id
    outcome_id = outcome.id if outcome else 0
    cause = sam.by_ann() if what in DESK else sam.by_sam()
    with sam.store.writing() as session:
        if what in {"propose", "reword"}:
            propose(
                session, cause, hope, version, f"I do {what}.",
                outcome_id if what == "reword" else None,
            )  # fmt: skip
        elif what == "take_back":
            take_back(session, cause, hope, version, outcome_id)
        elif what in {"rest", "go_on"}:
            if outcome and (outcome.status == "on-hold") != (what == "go_on"):
                raise NotAllowed(what)
            rest_or_go_on(session, cause, hope, version, outcome_id)
        elif what == "say_done":
            say_it_is_done(session, cause, hope, version, outcome_id)
        elif what == "write_step":
            write_step(
                session, cause, hope, version, outcome_id, "Ring.", Owner("person"), in_days(2)
            )
        elif what == "drop" and step:
            deal_with_step(session, cause, hope, version, step.id, "drops")
        elif what in ANSWERS and wording:
            answer_proposal(session, cause, wording.id, what)
        elif what in JUDGEMENTS and wording:
            judge(session, cause, wording.id, what)
        elif step:
            say_of_step(session, cause, step.id, what)


def _now(sam: Deciding) -> tuple[Outcome | None, OutcomeWording | None, Step | None]:
    """The newest of each."""
    with sam.store.reading() as session:
        outcome = session.scalars(
            select(Outcome).where(Outcome.person_id == sam.person_id).order_by(Outcome.id.desc())
        ).first()
        if outcome is None:
            return None, None, None
        wording = session.scalars(
            select(OutcomeWording)
            .where(OutcomeWording.outcome_id == outcome.id)
            .order_by(OutcomeWording.number.desc())
        ).first()
        step = session.scalars(
            select(Step).where(Step.outcome_id == outcome.id).order_by(Step.id.desc())
        ).first()
        return outcome, wording, step


def _holds(sam: Deciding) -> None:
    with sam.store.reading() as session:
        outcomes = session.scalars(select(Outcome).where(Outcome.person_id == sam.person_id)).all()
        for outcome in outcomes:
            states = list(
                session.scalars(
                    select(OutcomeWording.state).where(OutcomeWording.outcome_id == outcome.id)
                )
            )
            assert states.count("agreed") <= 1
            assert states.count("proposed") <= 1
            # Nothing holds that the person did not agree to.
            assert ("agreed" in states) == (
                outcome.status not in {"proposed", "rejected", "cancelled"}
            )
            assert (outcome.status == "completed") == (outcome.achievement == "achieved")
        # Every change is one version and one line of history.
        lines = session.scalar(
            select(func.count(History.id)).where(
                History.item == "aspiration",
                History.item_id == str(sam.hope_id),
                History.what != "begins",
            )
        )
        assert sam.version == 1 + (lines or 0)
