"""Whether it happened, and whose turn it is then: what is over, and what still waits."""

import pytest
from sqlalchemy import select

from plan_store.answering_a_proposal import answer_proposal, judge
from plan_store.deciding import NotAllowed
from plan_store.proposing_outcomes import rest_or_go_on, say_it_is_done
from plan_store.tables import (
    History,
    Outcome,
    OutcomeWording,
    now,
)
from plan_store.taking_steps import deal_with_step
from plan_store.what_waits import pressing
from tests.plan_store.deciding_people import (
    NEWER,
    WORDS,
    Deciding,
    agreed,
    answers,
    writes_step,
)


def test_they_judge_whether_it_happened(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    with sam.store.writing() as session:
        say_it_is_done(session, sam.by_ann(), sam.hope_id, sam.version, outcome_id)
    assert (sam.outcome().status, sam.outcome().whose_turn) == ("accepted", "person")
    assert sam.questions()[-1] == ("happened", "waiting")
    with sam.store.reading() as session:
        wording = session.scalars(select(OutcomeWording.id)).one()
    for answer, achievement, status in (
        ("did_not_happen", "not-achieved", "active"),
        ("happened_partly", "improving", "active"),
        ("happened", "achieved", "completed"),
    ):
        cause = sam.by_sam()
        with sam.store.writing() as session:
            judge(session, cause, wording, answer)
        assert (sam.outcome().achievement, sam.outcome().status) == (achievement, status)
    assert (sam.hope().status, sam.hope().whose_turn) == ("completed", "nobody")


def test_once_it_happened_no_other_words_for_it_are_asked(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    newer = sam.proposes(NEWER, outcome_id)
    with sam.store.reading() as session:
        first = session.scalars(select(OutcomeWording.id).order_by(OutcomeWording.id)).first()
    cause = sam.by_sam()
    with sam.store.writing() as session:
        judge(session, cause, first or 0, "happened")
    assert sam.wordings() == [(WORDS, "agreed"), (NEWER, "withdrawn")]
    assert sam.questions()[-1] == ("reworded", "withdrawn")
    assert not answers(sam, newer, "agrees")


def test_an_answer_that_may_not_be_any_more_writes_nothing(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    newer = sam.proposes(NEWER, outcome_id)
    with sam.store.writing() as session:
        session.get_one(Outcome, outcome_id).status = "on-hold"
    cause = sam.by_sam()
    # As in the chat: what is refused is caught, and the rest is kept.
    with sam.store.writing() as session, pytest.raises(NotAllowed):
        answer_proposal(session, cause, newer, "agrees")
    assert sam.wordings() == [(WORDS, "agreed"), (NEWER, "proposed")]
    with sam.store.reading() as session:
        lines = session.scalars(select(History).where(History.incoming_id == cause.incoming_id))
        assert [line.item for line in lines] == []


@pytest.mark.parametrize("what", ["rests", "step", "step_dealt_with", "happened"])
def test_who_waits_keeps_a_hope_while_another_outcome_of_it_waits(sam: Deciding, what: str) -> None:
    first = agreed(sam)
    with sam.store.reading() as session:
        wording = session.scalars(select(OutcomeWording.id)).one()
    answers(sam, sam.proposes("I walk big dogs."), "says_otherwise")
    cause = sam.by_sam()
    step_id = writes_step(sam, first) if what.startswith("step") else 0
    with sam.store.writing() as session:
        if what == "rests":
            rest_or_go_on(session, sam.by_ann(), sam.hope_id, sam.version, first)
        elif what == "step_dealt_with":
            deal_with_step(session, sam.by_ann(), sam.hope_id, sam.version, step_id, "drops")
        elif what == "happened":
            judge(session, cause, wording, "happened")
    assert sam.hope().whose_turn == "nobody"
    with sam.store.reading() as session:
        assert "hope" in {why.kind for _, why in pressing(session, now())}


def test_a_hope_with_another_outcome_open_is_not_over(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    with sam.store.reading() as session:
        first = session.scalars(select(OutcomeWording.id)).one()
    second = sam.proposes(NEWER)
    cause = sam.by_sam()
    with sam.store.writing() as session:
        judge(session, cause, first, "happened")
        assert session.get_one(Outcome, outcome_id).status == "completed"
    assert sam.hope().status == "active"
    assert answers(sam, second, "agrees")
