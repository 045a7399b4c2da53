"""Answers to what the desk asks: what each is taken for, and that none is taken for another."""

import pytest
from sqlalchemy import select

from actions.serving import Executor
from plan_store.moving_on import move, park
from plan_store.opening import Store
from plan_store.putting_to_the_person import DECIDING, DESK, OWN_WORDS, TICK
from plan_store.reading_what_was_made import outcomes_of
from plan_store.tables import (
    Contact,
    DeskQuestion,
    Outcome,
    OutcomeWording,
    Place,
    Statement,
    Step,
    now,
)
from plan_store.taking_steps import open_steps
from plan_store.what_waits import pressing
from tests.actions.calling_the_hands import at_the_read_back, said, the_hope
from tests.actions.what_the_desk_asks import asks_everything, opens_them_again

DECIDE = "action_decide"


async def at(hands: Executor, store: Store, ash: Contact, what: str) -> None:
    """Ash is asked this by the desk, and everything else is asked too."""
    await at_the_read_back(hands, store, ash)
    hope = the_hope(store).id
    with store.writing() as session:
        asks_everything(session, hope)
        opens_them_again(session, hope)
        if what == TICK:
            number = session.scalars(select(Step.id)).one()
        else:
            kind = "outcome" if what == OWN_WORDS else what
            found = select(DeskQuestion.id).where(DeskQuestion.kind == kind)
            number = session.scalars(found).one()
        if what not in {"outcome", OWN_WORDS}:
            session.scalars(select(Outcome)).one().status = "accepted"
        place = session.scalars(select(Place)).one()
        move(place, "words", "ask_work_help")
        park(place)
        move(place, DECIDING, f"{what if what in {OWN_WORDS, TICK} else DESK}{number}")


def outcome(store: Store) -> tuple[str, str]:
    with store.reading() as session:
        row = session.scalars(select(Outcome)).one()
        return row.status, row.whose_turn


def step(store: Store) -> tuple[str, str]:
    with store.reading() as session:
        row = session.scalars(select(Step)).one()
        return row.status, row.whose_turn


def question(store: Store, kind: str) -> tuple[str, str | None]:
    with store.reading() as session:
        row = session.scalars(select(DeskQuestion).where(DeskQuestion.kind == kind)).one()
        return row.state, row.answer


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("maybe with big dogs", "maybe"),
        ("change it to Fridays", "change"),
        ("no I want big dogs", "deny"),
        ("great dogs", "praise"),
        ("is it warm there", "out_of_scope"),
        ("big dogs", "tell"),
    ],
)
async def test_where_words_are_asked_for_all_that_is_typed_is_words(
    hands: Executor, store: Store, ash: Contact, words: str, intent: str
) -> None:
    await at(hands, store, ash, OWN_WORDS)
    heard = await said(hands, store, ash, DECIDE, words, intent=intent)
    assert heard == ["outcome_words_kept", "ask_work_help"]
    with store.reading() as session:
        wording = session.scalars(select(OutcomeWording)).one()
        kept = session.get_one(Statement, wording.statement_id)
    assert (kept.words, question(store, "outcome")) == (words, ("answered", "words"))


async def test_where_words_are_asked_for_a_bare_no_refuses(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at(hands, store, ash, OWN_WORDS)
    heard = await said(hands, store, ash, DECIDE, "no", intent="deny")
    assert heard == ["outcome_refused", "ask_work_help"]
    assert outcome(store) == ("rejected", "facilitator")


@pytest.mark.parametrize(("words", "intent"), [("no", "deny"), ("I don't want this", "choose")])
async def test_no_to_a_step_is_no_cry_for_help(
    hands: Executor, store: Store, ash: Contact, words: str, intent: str
) -> None:
    await at(hands, store, ash, "step")
    more = {"choice": "refuse"} if intent == "choose" else {}
    heard = await said(hands, store, ash, DECIDE, words, intent=intent, **more)
    assert heard == ["step_not_wanted", "ask_work_help"]
    assert step(store) == ("stopped", "facilitator")
    with store.reading() as session:
        assert open_steps(session, ash.person_id) == []
        assert "step" in {why.kind for _, why in pressing(session, now())}


@pytest.mark.parametrize("what", ["step", TICK, "happened"])
async def test_own_words_said_of_it_reach_the_desk(
    hands: Executor, store: Store, ash: Contact, what: str
) -> None:
    await at(hands, store, ash, what)
    heard = await said(hands, store, ash, DECIDE, "it rained all week")
    assert heard[0] == "step_words_kept"
    with store.reading() as session:
        ((seen,),) = outcomes_of(session, ash.person_id).values()
    there = seen.said if what == "happened" else seen.steps[0].said
    assert [each.words for each in there] == ["it rained all week"]
    if what != "happened":
        assert step(store) == ("not-started", "facilitator")


@pytest.mark.parametrize("what", ["outcome", OWN_WORDS, "happened", "step"])
@pytest.mark.parametrize("intent", ["skip", "dont_know", "private"])
async def test_what_is_left_open_is_kept_as_that_and_not_asked_again(
    hands: Executor, store: Store, ash: Contact, what: str, intent: str
) -> None:
    await at(hands, store, ash, what)
    heard = await said(hands, store, ash, DECIDE, "I leave it", intent=intent)
    assert heard == ["asked_back_empty", "ask_work_help"]
    kind = "outcome" if what == OWN_WORDS else what
    assert question(store, kind) == ("answered", intent)
    with store.reading() as session:
        ((seen,),) = outcomes_of(session, ash.person_id).values()
    left = seen.steps[0].left if what == "step" else seen.wordings[0].left
    assert left == intent
    assert what == "step" or outcome(store)[1] == "facilitator"


@pytest.mark.parametrize("what", ["outcome", "happened", "step", "ask"])
async def test_not_now_is_asked_another_day(
    hands: Executor, store: Store, ash: Contact, what: str
) -> None:
    await at(hands, store, ash, what)
    heard = await said(hands, store, ash, DECIDE, "later", intent="not_now")
    assert heard == ["outcome_put_off", "ask_work_help"]
    assert question(store, what) == ("waiting", "not_now")
