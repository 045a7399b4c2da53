"""The hands, called as Rasa calls them: tracker JSON in, keys and rows out, never a sentence."""

import asyncio
import logging
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from actions.all_hands import HANDS
from actions.chapters import ChapterWrong, read_chapters
from actions.serving import DATA, Executor
from plan_store.moving_on import EXPECTING
from plan_store.opening import Store
from plan_store.tables import (
    Contact,
    History,
    Place,
    Statement,
    Turn,
)
from tests.actions.calling_the_hands import (
    at_the_first_question,
    call,
    kept,
    keys,
    replies,
)

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
        assert [line.item for line in history] == ["statement"]


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
    assert serial == 4


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
    for words in ("dogs", "my sister"):
        answer = await replies(hands, call("action_keep_words", kept(store, ash, words)))
    assert answer[-1]["key"] == "read_back"
    assert "dogs" not in str(answer)
    assert set(answer[-1]["filling"]) == {"hope", "help"}


async def test_every_hand_answers_at_every_question(
    hands: Executor, store: Store, ash: Contact
) -> None:
    """Whatever the listener decides, wherever the person is: there is an answer."""
    await at_the_first_question(hands, store, ash)
    number = 0
    for question, expecting in (
        (None, "nothing"),
        ("ask_name", "name"),
        ("ask_ready", "ready"),
        ("ask_work_hope", "words"),
        ("ask_hope_again", "words"),
        ("read_back_hope", "read_back"),
        ("ask_which_part", "read_back"),
        ("ask_sharing", "sharing"),
    ):
        for hand in HANDS:
            for choice in ("me", "hope", "nonsense"):
                with store.writing() as session:
                    place = session.scalars(select(Place)).one()
                    place.question, place.expecting = question, expecting
                number += 1
                message = kept(store, ash, f"words {number}")
                heard = await keys(hands, call(hand.called, message, "tell", choice=choice))
                assert heard, (hand.called, question)
                assert "action_failed" not in heard, (hand.called, question, choice)
                assert len(heard) <= 2, (hand.called, question, heard)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("chapter: x\nlife_area: home\nopens_with: y\n", "questions"),
        ("chapter: x\nlife_area: nowhere\nopens_with: y\nquestions: []\n", "life_area"),
        (
            "chapter: x\nlife_area: home\nopens_with: y\nquestions: [{asks: a, part: b}]\n",
            "part must be",
        ),
    ],
)
def test_a_wrong_chapter_is_named_with_what_is_wrong(
    tmp_path: Any, content: str, named: str
) -> None:
    (tmp_path / "mine.yml").write_text(content)
    with pytest.raises(ChapterWrong, match=named):
        read_chapters(tmp_path)
