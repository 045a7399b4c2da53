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
from actions.serving import DATA, Executor, build_executor
from plan_store.inviting import welcome
from plan_store.moving_on import EXPECTING
from plan_store.opening import Store
from plan_store.tables import (
    Aspiration,
    Call,
    Contact,
    History,
    Place,
    Sharing,
    Statement,
    Turn,
)
from plan_store.taking_in import keep

DOMAIN = yaml.safe_load((DATA.parent / "rasa_project" / "domain.yml").read_text("utf-8"))


@pytest.fixture
def hands(store: Store) -> Executor:
    return build_executor(store)


@pytest.fixture
def ash(store: Store) -> Contact:
    with store.writing() as session:
        return welcome(session, "terminal", "ash")


def kept(store: Store, ash: Contact, words: str) -> int:
    with store.writing() as session:
        message = keep(session, ash, f"k:{words}", "text", words)
        assert message is not None
        return message.id


def call(action: str, inbox_id: Any, intent: str = "tell", **entities: str) -> dict[str, Any]:
    """An action call as Rasa sends it; the words are not in it."""
    return {
        "next_action": action,
        "sender_id": "somebody",
        "version": "3.6.21",
        "tracker": {
            "sender_id": "somebody",
            "slots": {"expecting": "words"},
            "latest_message": {
                "intent": {"name": intent, "confidence": 0.9},
                "entities": [{"entity": name, "value": value} for name, value in entities.items()],
                "metadata": {"inbox_id": inbox_id},
            },
            "events": [],
        },
    }


async def replies(hands: Executor, asked: dict[str, Any]) -> list[dict[str, Any]]:
    result = await hands.run(asked)
    assert result is not None
    assert result.events == []
    return [response["custom"] for response in result.responses]


async def keys(hands: Executor, asked: dict[str, Any]) -> list[str]:
    return [str(reply.get("key", reply.get("problem"))) for reply in await replies(hands, asked)]


async def at_the_first_question(hands: Executor, store: Store, ash: Contact) -> None:
    await replies(hands, call("action_begin", kept(store, ash, "hi"), "greet"))
    await replies(hands, call("action_hear_name", kept(store, ash, "Ash")))
    await replies(hands, call("action_get_ready", kept(store, ash, "ok"), "affirm"))


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


async def said(
    hands: Executor, store: Store, ash: Contact, action: str, words: str, **more: str
) -> list[str]:
    """One message, heard by this hand, and what it is answered."""
    intent = more.pop("intent", "tell")
    return await keys(hands, call(action, kept(store, ash, words), intent, **more))


async def at_the_sharing(hands: Executor, store: Store, ash: Contact) -> None:
    await at_the_first_question(hands, store, ash)
    await said(hands, store, ash, "action_keep_words", "dogs")
    await said(hands, store, ash, "action_keep_words", "my sister")
    await said(hands, store, ash, "action_agree", "yes", intent="affirm")


def the_hope(store: Store) -> Aspiration:
    with store.reading() as session:
        return session.scalars(select(Aspiration)).one()


async def test_after_stop_at_the_name_hello_goes_on_and_is_no_name(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await said(hands, store, ash, "action_begin", "start", intent="begin")
    assert await said(hands, store, ash, "action_stop", "stop", intent="stop") == ["stopped"]
    heard = await said(hands, store, ash, "action_hear_name", "hello", intent="greet")
    assert heard == ["hello", "ask_name"]
    heard = await said(hands, store, ash, "action_hear_name", "Hello!", intent="greet")
    assert heard == ["hello_name", "ask_ready"]


@pytest.mark.parametrize("intent", ["skip", "dont_know", "not_now"])
async def test_skip_where_nothing_can_be_left_out_does_not_say_that_it_was(
    hands: Executor, store: Store, ash: Contact, intent: str
) -> None:
    await said(hands, store, ash, "action_begin", "start", intent="begin")
    heard = await said(hands, store, ash, "action_leave_empty", "1", intent=intent)
    assert heard == ["name_is_needed", "ask_name"]
    await said(hands, store, ash, "action_hear_name", "Ash")
    heard = await said(hands, store, ash, "action_leave_empty", "2", intent=intent)
    assert heard == ["not_ready", "ask_ready"]
    await said(hands, store, ash, "action_get_ready", "ok", intent="affirm")
    await said(hands, store, ash, "action_keep_words", "dogs")
    heard = await said(hands, store, ash, "action_leave_empty", "3", intent=intent)
    assert heard == [f"left_{intent}", "read_back_hope"]
    heard = await said(hands, store, ash, "action_leave_empty", "4", intent=intent)
    assert heard == ["left_for_later"]


async def test_skip_at_the_sharing_shares_nothing_and_ends_the_part(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_sharing(hands, store, ash)
    heard = await said(hands, store, ash, "action_leave_empty", "skip", intent="skip")
    assert heard == ["left_skip", "part_done"]
    with store.reading() as session:
        assert session.scalars(select(Sharing)).all() == []
    heard = await said(hands, store, ash, "action_who_sees", "who?", intent="who_sees")
    assert heard == ["who_sees_this", "ask_sharing"]


async def test_a_slip_corrected_after_sharing_leaves_the_facilitators_turn(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    first = kept(store, ash, "dgos")
    await keys(hands, call("action_keep_words", first))
    await said(hands, store, ash, "action_keep_words", "my sister")
    await said(hands, store, ash, "action_agree", "yes", intent="affirm")
    shares = call("action_choose_who_sees", kept(store, ash, "tap"), "choose", choice="facilitator")
    assert (await keys(hands, shares))[0] == "shared_facilitator"
    with store.writing() as session:
        edit = keep(session, ash, "k:edit", "edit", "dogs", details={"edits": first})
        assert edit is not None
    before = the_hope(store)
    await keys(hands, call("action_take_edit", edit.id, "edited"))
    after = the_hope(store)
    assert (before.whose_turn, after.whose_turn) == ("facilitator", "facilitator")
    assert after.version == before.version + 1


async def test_nobody_is_asked_who_sees_a_hope_without_words(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    await said(hands, store, ash, "action_leave_empty", "1", intent="skip")
    heard = await said(hands, store, ash, "action_leave_empty", "2", intent="skip")
    assert heard == ["left_skip", "left_all_empty"]
    heard = await said(hands, store, ash, "action_who_sees", "who?", intent="who_sees")
    assert heard == ["who_sees_this", "part_done"]


async def test_a_call_for_a_person_is_heard_as_the_very_first_thing(
    hands: Executor, store: Store, ash: Contact
) -> None:
    heard = await said(hands, store, ash, "action_ask_person", "a person", intent="ask_person")
    assert heard == ["asked_person", "hello", "ask_name"]
    with store.reading() as session:
        assert len(session.scalars(select(Call)).all()) == 1
