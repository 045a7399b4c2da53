"""From a hope to an outcome, steps and a promise: who decides what, and that nothing is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from plan_store.answering_a_proposal import answer_proposal
from plan_store.answering_the_desk import put_off
from plan_store.deleting import delete_item
from plan_store.keeping_words import keep_statement
from plan_store.moving_on import move, park, unpark
from plan_store.promising import promise
from plan_store.proposing_outcomes import propose, rest_or_go_on, take_back
from plan_store.putting_to_the_person import DESK, QUIET, ask_where_it_fits, asks_now, put
from plan_store.reading_what_is_agreed import agreed_of
from plan_store.reading_what_was_made import outcomes_of
from plan_store.sharing import NotShared, share
from plan_store.tables import (
    Aspiration,
    DeskQuestion,
    Incoming,
    Outcome,
    OutcomeWording,
    Outgoing,
    Place,
    Promise,
    Step,
    now,
)
from plan_store.taking_a_click import Changed
from tests.plan_store.deciding_people import (
    NEWER,
    WORDS,
    Deciding,
    agreed,
    answers,
    click,
    in_days,
    promises,
    settled,
    writes_step,
)


def test_a_proposal_waits_for_the_young_person(sam: Deciding) -> None:
    sam.proposes(WORDS)
    assert (sam.outcome().status, sam.outcome().whose_turn) == ("proposed", "person")
    assert sam.hope().whose_turn == "person"
    assert sam.wordings() == [(WORDS, "proposed")]
    assert sam.questions() == [("outcome", "waiting")]
    with sam.store.reading() as session:
        # It stands in nobody's plan yet.
        assert agreed_of(session, sam.person_id) == {}


def test_agreed_to_it_stands_in_the_plan(sam: Deciding) -> None:
    wording = sam.proposes(WORDS)
    assert answers(sam, wording, "agrees")
    outcome = sam.outcome()
    assert (outcome.status, outcome.achievement) == ("accepted", "in-progress")
    assert (sam.hope().status, sam.hope().whose_turn) == ("active", "facilitator")
    with sam.store.reading() as session:
        ((made,),) = agreed_of(session, sam.person_id).values()
    assert (made.words, made.before, made.steps) == (WORDS, (), ())


def test_the_old_words_hold_until_the_new_ones_are_agreed_to(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    newer = sam.proposes(NEWER, outcome_id)
    assert sam.wordings() == [(WORDS, "agreed"), (NEWER, "proposed")]
    assert sam.questions()[-1] == ("reworded", "waiting")
    assert sam.outcome().status == "accepted"
    answers(sam, newer, "refuses")
    assert sam.wordings() == [(WORDS, "agreed"), (NEWER, "refused")]
    assert (sam.outcome().status, sam.outcome().whose_turn) == ("accepted", "facilitator")

    answers(sam, sam.proposes("I walk the dogs.", outcome_id), "agrees")
    assert sam.wordings()[0] == (WORDS, "before")
    with sam.store.reading() as session:
        ((made,),) = agreed_of(session, sam.person_id).values()
        (seen,) = outcomes_of(session, sam.person_id)[sam.hope_id]
    assert (made.words, made.before) == ("I walk the dogs.", (WORDS,))
    assert [each.state for each in seen.older] == ["refused", "before"]


def test_what_takes_the_place_of_a_proposal_is_asked_instead_of_it(sam: Deciding) -> None:
    first = sam.proposes(WORDS)
    sam.proposes(NEWER, sam.outcome().id)
    assert sam.wordings() == [(WORDS, "withdrawn"), (NEWER, "proposed")]
    assert sam.questions() == [("outcome", "withdrawn"), ("outcome", "waiting")]
    # The first was on the screen already: a yes to it is no yes to anything.
    assert not answers(sam, first, "agrees")
    assert sam.outcome().status == "proposed"


def test_other_words_go_to_the_desk_as_they_were_said(sam: Deciding) -> None:
    wording = sam.proposes(WORDS)
    cause = sam.by_sam("no I want big dogs")
    with sam.store.writing() as session:
        message = session.get_one(Incoming, cause.incoming_id)
        said = keep_statement(session, cause, message, "a", "desk:1", message.words)
        assert answer_proposal(session, cause, wording, "says_otherwise", said)
    assert sam.hope().whose_turn == "facilitator"
    with sam.store.reading() as session:
        ((outcome,),) = outcomes_of(session, sam.person_id).values()
    assert outcome.older[0].instead is not None
    assert outcome.older[0].instead.words == "no I want big dogs"


def test_a_double_click_proposes_once(sam: Deciding) -> None:
    key, version = click(), sam.version
    for _ in range(3):
        with sam.store.writing() as session:
            propose(session, sam.by_ann(key), sam.hope_id, version, WORDS)
    assert sam.wordings() == [(WORDS, "proposed")]
    assert len(sam.questions()) == 1


def test_the_second_of_two_facilitators_decides_on_nothing_old(sam: Deciding) -> None:
    version = sam.version
    sam.proposes(WORDS)
    for work in (
        lambda session: propose(session, sam.by_bob(), sam.hope_id, version, NEWER),
        lambda session: promise(session, sam.by_bob(), "x", in_days(1), sam.hope_id, version),
        lambda session: take_back(session, sam.by_bob(), sam.hope_id, version, sam.outcome().id),
    ):
        with pytest.raises(Changed), sam.store.writing() as session:
            work(session)
    assert sam.wordings() == [(WORDS, "proposed")]


def test_a_private_hope_is_proposed_nothing_and_asked_nothing(sam: Deciding) -> None:
    sam.proposes(WORDS)
    cause = sam.by_sam("stop sharing")
    with sam.store.writing() as session:
        share(session, cause, session.get_one(Aspiration, sam.hope_id), "me")
    settled(sam)
    with pytest.raises(NotShared), sam.store.writing() as session:
        propose(session, sam.by_ann(), sam.hope_id, sam.version, NEWER)
    with sam.store.writing() as session:
        assert ask_where_it_fits(session, now() + QUIET * 2) == 0
        assert outcomes_of(session, sam.person_id) == {}
    assert sam.questions() == [("outcome", "withdrawn")]


def at_a_question(sam: Deciding, question: str = "ask_home_hope") -> None:
    with sam.store.writing() as session:
        place = session.get_one(Place, sam.person_id)
        move(place, "words", question)


def test_it_is_asked_when_they_are_not_in_the_middle_of_something(sam: Deciding) -> None:
    at_a_question(sam)
    sam.proposes(WORDS)
    with sam.store.writing() as session:
        assert ask_where_it_fits(session) == 0  # a message waits
    settled(sam)
    with sam.store.writing() as session:
        assert ask_where_it_fits(session) == 0  # they wrote a moment ago
    with sam.store.writing() as session:
        assert ask_where_it_fits(session, now() + QUIET * 2) == 1
        assert ask_where_it_fits(session, now() + QUIET * 2) == 0  # once
    with sam.store.reading() as session:
        place = session.get_one(Place, sam.person_id)
        question = session.scalars(select(DeskQuestion)).one()
        keys = session.scalars(select(Outgoing.key).order_by(Outgoing.id)).all()
        serials = set(session.scalars(select(Outgoing.serial)))
    assert (place.expecting, place.question) == ("deciding", f"{DESK}{question.id}")
    # What was open comes back after it.
    assert (place.comes_back_to or {})["question"] == "ask_home_hope"
    assert keys == ["desk_comes_in", "ask_outcome"]
    assert serials == {place.serial}


def test_an_open_detour_is_not_swallowed_by_what_the_desk_asks(sam: Deciding) -> None:
    at_a_question(sam)
    sam.proposes(WORDS)
    settled(sam)
    with sam.store.writing() as session:
        place = session.get_one(Place, sam.person_id)
        park(place)
        move(place, "confirm", "ask_forget")
    with sam.store.writing() as session:
        assert ask_where_it_fits(session, now() + QUIET * 2) == 0
        place = session.get_one(Place, sam.person_id)
        assert place.question == "ask_forget"
        assert unpark(place) is not None
    with sam.store.writing() as session:
        assert ask_where_it_fits(session, now() + QUIET * 2) == 1


@pytest.mark.parametrize("parked", [True, False], ids=["in a detour", "just writing"])
def test_who_is_in_the_middle_of_something_is_in_nobodys_way(sam: Deciding, parked: bool) -> None:
    at_a_question(sam)
    sam.proposes(WORDS)
    settled(sam)
    with sam.store.writing() as session:
        place = session.get_one(Place, sam.person_id)
        if parked:
            park(place)
        move(place, "confirm", "ask_forget")
    jo = sam.another()
    jo.proposes(WORDS)
    settled(jo)
    with sam.store.writing() as session:
        # There is room for one of them at a time, and Sam's waits the longest.
        at = now() + QUIET * 2 if parked else now()
        assert ask_where_it_fits(session, at, most=1) == 1
    assert sam.questions() == [("outcome", "waiting"), ("outcome", "asked")]


def test_several_are_asked_at_once_in_the_one_order_of_locks(sam: Deciding) -> None:
    """The first question is of no hope; every test listens to the order."""
    with sam.store.writing() as session:
        put(session, sam.by_ann(), "ask", words="How are you?")
    jo = sam.another()
    jo.proposes(WORDS)
    settled(sam)
    settled(jo)
    with sam.store.writing() as session:
        assert ask_where_it_fits(session) == 2
    assert sam.questions() == [("ask", "asked"), ("outcome", "asked")]


def test_what_was_put_off_is_asked_only_when_they_come_in(sam: Deciding) -> None:
    sam.proposes(WORDS)
    not_now = sam.by_sam("not now")
    settled(sam)
    with sam.store.writing() as session:
        question = asks_now(session, sam.person_id)
        assert question is not None
        put_off(session, not_now, question)
    with sam.store.writing() as session:
        assert asks_now(session, sam.person_id) is None
        assert ask_where_it_fits(session, now() + timedelta(days=3)) == 0
        session.execute(update(DeskQuestion).values(not_before=now() - timedelta(hours=1)))
        assert ask_where_it_fits(session, now() + timedelta(days=3)) == 0
        assert asks_now(session, sam.person_id) is not None


def test_resting_takes_what_is_asked_out_of_the_chat(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    sam.proposes(NEWER, outcome_id)
    with sam.store.writing() as session:
        rest_or_go_on(session, sam.by_ann(), sam.hope_id, sam.version, outcome_id)
    assert sam.outcome().status == "on-hold"
    assert sam.wordings()[-1] == (NEWER, "withdrawn")
    with sam.store.writing() as session:
        rest_or_go_on(session, sam.by_ann(), sam.hope_id, sam.version, outcome_id)
    assert sam.outcome().status == "active"


def test_with_a_hope_all_that_was_made_of_it_goes(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    step_id = writes_step(sam, outcome_id)
    made = promises(sam)
    cause = sam.by_sam("delete this")
    with sam.store.writing() as session:
        session.add(
            Outgoing(
                person_id=sam.person_id,
                contact_id=session.scalars(select(Outgoing.contact_id).limit(1)).one(),
                key="ask_step",
                filling={"words": {"step": step_id}},
                text="Ring the dogs' home",
                buttons=[],
                state="sent",
            )
        )
        session.flush()
        delete_item(session, cause, session.get_one(Aspiration, sam.hope_id))
    with sam.store.reading() as session:
        assert session.get_one(Outcome, outcome_id).status == "cancelled"
        assert session.get_one(Step, step_id).status == "cancelled"
        assert session.get_one(Promise, made).status == "cancelled"
        assert set(session.scalars(select(OutcomeWording.words))) == {""}
        assert session.get_one(Step, step_id).words == ""
        assert {state for _, state in sam.questions()} <= {"withdrawn", "answered"}
        told = session.scalars(select(Outgoing.text).where(Outgoing.key == "ask_step")).one()
    assert told == "…"
