"""The hands, called as Rasa calls them: tracker JSON in, keys and rows out, never a sentence."""

import asyncio
import logging
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from actions.all_hands import HANDS
from actions.serving import DATA, Executor
from plan_store.moving_on import EXPECTING, move
from plan_store.opening import Store
from plan_store.tables import (
    Aspiration,
    Contact,
    History,
    Person,
    Place,
    Statement,
    Turn,
)
from tests.actions.calling_the_hands import (
    at_the_first_question,
    at_the_read_back,
    call,
    kept,
    keys,
    replies,
)
from tests.actions.every_question import every_question, stand_at

DOMAIN = yaml.safe_load((DATA.parent / "rasa_project" / "domain.yml").read_text("utf-8"))


def test_every_action_of_the_listener_has_a_hand_and_every_hand_is_asked_for() -> None:
    assert sorted(hand.called for hand in HANDS) == sorted(DOMAIN["actions"])


def test_the_store_and_the_listener_expect_the_same() -> None:
    assert sorted(EXPECTING) == sorted(DOMAIN["slots"]["expecting"]["values"])


async def test_a_hope_is_kept_word_for_word_with_its_cause(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    message = kept(store, ash, "I want to work with dogs")
    assert await keys(hands, call("action_keep_words", message)) == ["kept_words", "ask_work_help"]
    with store.reading() as session:
        said = session.scalars(select(Statement).where(Statement.target == "ask_work_hope")).one()
        assert (said.words, said.incoming_id, said.how) == (
            "I want to work with dogs",
            message,
            "typed",
        )
        history = session.scalars(select(History).where(History.incoming_id == message)).all()
        assert sorted(line.item for line in history) == ["aspiration", "statement"]


async def test_the_same_message_heard_twice_changes_nothing(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    message = kept(store, ash, "dogs")
    first = await replies(hands, call("action_keep_words", message))
    # By now the chat waits for something else, so Rasa may well ask another hand.
    second = await replies(hands, call("action_agree", message, "affirm"))
    assert second == first
    with store.reading() as session:
        assert session.scalar(select(func.count(Statement.id))) == 2
        assert session.get_one(Turn, message).action == "action_keep_words"


async def test_the_same_message_heard_twice_at_once_is_written_once(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    message = kept(store, ash, "dogs")
    answers = await asyncio.gather(
        *(replies(hands, call("action_keep_words", message)) for _ in range(6))
    )
    assert all(answer == answers[0] for answer in answers)
    with store.reading() as session:
        assert session.scalar(select(func.count(Statement.id))) == 2
        serial = session.scalar(select(Place.serial))
    assert serial == 8


async def test_no_exception_leaves_and_no_word_is_logged(
    hands: Executor, store: Store, ash: Contact, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await at_the_first_question(hands, store, ash)
    message = kept(store, ash, "axolotls")
    assert await keys(hands, call("action_keep_words", 987_654)) == ["action_failed"]
    assert await keys(hands, call("action_keep_words", "nonsense")) == ["no_inbox_id"]
    assert await keys(hands, call("action_keep_words", None)) == ["no_inbox_id"]
    assert await keys(hands, call("action_keep_words", message)) == ["kept_words", "ask_work_help"]
    assert "axolotls" not in caplog.text


async def test_a_store_that_is_away_is_named_and_nothing_is_half_written(
    hands: Executor, store: Store, ash: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_the_first_question(hands, store, ash)
    message = kept(store, ash, "dogs")

    def away(*_: Any) -> None:
        raise OperationalError("away", None, Exception("gone"))

    with monkeypatch.context() as patched:
        patched.setattr("actions.hearing.keep_turn", away)
        assert await keys(hands, call("action_keep_words", message)) == ["store_down"]
    with store.reading() as session:
        assert session.scalar(select(func.count(Statement.id))) == 1
        assert session.scalar(select(Place.question)) == "ask_work_hope"
    assert await keys(hands, call("action_keep_words", message)) == ["kept_words", "ask_work_help"]


async def test_no_words_and_no_name_travel_in_a_reply(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    for words in ("dogs", "my sister", "cousin", "spring", "very"):
        answer = await replies(hands, call("action_keep_words", kept(store, ash, words)))
    assert answer[-1]["key"] == "read_back"
    assert not any(words in str(answer) for words in ("dogs", "sister", "cousin", "spring"))
    lines = answer[-1]["filling"]["said"]["lines"]
    assert [key for key, _ in lines] == [
        f"said_{part}" for part in ("hope", "help", "with_whom", "when", "important")
    ]


async def test_every_hand_answers_at_every_question(
    hands: Executor, store: Store, ash: Contact
) -> None:
    """Whatever the listener decides, wherever the person is: there is an answer."""
    await at_the_read_back(hands, store, ash)
    with store.writing() as session:
        hope = session.scalars(select(Aspiration)).one().id
        # One of each kind; "nothing" is where nothing is asked.
        asked = {each.kind: each for each in every_question(session, hope)}
    number = 0
    for question in (None, *asked.values()):
        for hand in HANDS:
            number += 1
            choice = ("me", "hope", "nonsense")[number % 3]
            with store.writing() as session:
                if question is not None:
                    stand_at(session, hope, question)
                else:
                    move(session.scalars(select(Place)).one(), "nothing", None)
            message = kept(store, ash, f"words {number}")
            heard = await keys(hands, call(hand.called, message, "tell", choice=choice))
            assert heard, (hand.called, question)
            assert "action_failed" not in heard, (hand.called, question, choice)
            assert len(heard) <= 3, (hand.called, question, heard)


async def test_a_name_in_a_sentence_is_found_and_the_sentence_is_kept(
    hands: Executor, store: Store, ash: Contact
) -> None:
    """Also where the listener took it for a greeting: there is a name in it."""
    sentence = "Hello My name is Benedicta but everyone calls me Bee."
    await replies(hands, call("action_begin", kept(store, ash, "hi"), "greet"))
    heard = await keys(hands, call("action_hear_name", kept(store, ash, sentence), "greet"))
    assert heard == ["hello_name", "ask_ready"]
    with store.reading() as session:
        assert session.get_one(Person, ash.person_id).called == "Bee"
        assert session.scalars(select(Statement.words)).all() == [sentence]
