"""The worker between inbox and outbox: in order, once, and patient while something is down."""

import asyncio

import httpx
import pytest
from sqlalchemy import select

from bot import converse
from bot.converse import TRIES_FOR_ONE_MESSAGE
from plan_store import taking_in
from plan_store.opening import Store
from plan_store.tables import Alert, Contact, Incoming, Outgoing, Place, now
from tests.bot.open_door import (
    ListenerDouble,
    Note,
    a_door,
    an_open_door,
    kept,
    problem,
    replies,
    says,
    somebody,
    unreachable,
    until,
)

SOON = 10.0


async def test_a_message_is_answered_once(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    async with an_open_door(store, listener) as door:
        first = await door.receive(says("hello", key="1"))
        again = await door.receive(says("hello", key="1"))
        assert first.outcome == "kept"
        assert again.outcome == "double"
        assert first.message_id is not None
        assert await door.conversation.answered(first.message_id, SOON)
    assert listener.texts == ["hello"]
    assert replies(store) == ["kept_words"]


class SlowListener(ListenerDouble):
    """Hears well, and takes its time."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        await asyncio.sleep(2.5)
        return answer


async def test_whoever_is_heard_for_longer_than_a_lease_is_heard_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "LEASE_SECONDS", 1.2)
    monkeypatch.setattr(converse, "HOLD_ON_EVERY_SECONDS", 0.1)
    somebody(store)
    listener = SlowListener()
    async with an_open_door(store, listener) as door:
        came = await door.receive(says("hello"))
        assert came.message_id is not None
        assert await door.conversation.answered(came.message_id, SOON)
    assert listener.texts == ["hello"]


async def test_many_messages_of_one_person_are_heard_in_order(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    async with an_open_door(store, listener) as door:
        last = None
        for number in range(12):
            last = await door.receive(says(f"word {number}"))
        assert last is not None
        assert last.message_id is not None
        assert await door.conversation.answered(last.message_id, SOON)
    assert listener.texts == [f"word {number}" for number in range(12)]


async def test_a_stranger_leaves_no_trace(store: Store) -> None:
    listener = ListenerDouble()
    async with an_open_door(store, listener) as door:
        received = await door.receive(says("let me in"))
    assert received.outcome == "unknown"
    with store.reading() as session:
        assert session.scalars(select(Incoming)).all() == []
    assert listener.heard == []


async def test_while_rasa_is_down_a_kind_word_is_said_and_the_message_waits(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda _note: unreachable()
    async with an_open_door(store, listener) as door:
        first = await door.receive(says("one"))
        assert first.message_id is not None
        assert await door.conversation.answered(first.message_id, SOON)
        assert replies(store) == ["kept_will_answer"]
        second = await door.receive(says("two"))
        assert replies(store) == ["kept_will_answer", "kept_will_answer"]
        listener.answers = lambda _note: kept()
        await until(lambda: replies(store).count("kept_words") == 2)
    assert second.outcome == "kept"
    spoken = listener.texts
    assert spoken.index("two") > spoken.index("one")
    assert replies(store).count("kept_words") == 2
    assert replies(store).count("kept_will_answer") == 2


async def test_a_message_that_breaks_the_hands_is_set_aside_and_the_next_is_heard(
    store: Store,
) -> None:
    somebody(store)
    listener = ListenerDouble()

    def answer(note: Note) -> httpx.Response:
        return problem("action_failed") if note["text"] == "poison" else kept()

    listener.answers = answer
    async with an_open_door(store, listener) as door:
        await door.receive(says("poison"))
        await door.receive(says("fine"))
        await until(lambda: replies(store)[-1:] == ["kept_words"])
    assert listener.texts.count("poison") == TRIES_FOR_ONE_MESSAGE
    assert replies(store)[-2:] == ["gave_up", "kept_words"]
    with store.reading() as session:
        (poison,) = (came for came in session.scalars(select(Incoming)) if came.words == "poison")
        assert (poison.state, poison.reason) == ("set_aside", "action_failed")


async def test_silence_of_the_listener_is_a_failure_not_an_answer(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda _note: httpx.Response(200, json=[])
    async with an_open_door(store, listener) as door:
        received = await door.receive(says("hello"))
        assert received.message_id is not None
        assert await door.conversation.answered(received.message_id, SOON)
    assert replies(store) == ["kept_will_answer"]


async def test_danger_is_answered_with_everything_else_down(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda _note: unreachable()
    async with an_open_door(store, listener) as door:
        received = await door.receive(says("I want to kill  MYSELF"))
    assert received.outcome == "alert"
    assert listener.heard == []
    assert replies(store) == ["danger_noticed", "danger_who_to_call_for_life"]
    with store.reading() as session:
        alert = session.scalars(select(Alert)).one()
        assert (alert.kind, alert.words) == ("suicide", "I want to kill  MYSELF")


async def test_only_the_last_message_of_a_turn_has_buttons(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda _note: kept("chapter_done", "ask_work_hope")
    async with an_open_door(store, listener) as door:
        received = await door.receive(says("hello"))
        assert received.message_id is not None
        assert await door.conversation.answered(received.message_id, SOON)
    with store.reading() as session:
        shown = session.scalars(select(Outgoing).order_by(Outgoing.id)).all()
    assert [bool(reply.buttons) for reply in shown] == [False, True]


async def test_danger_behind_a_command_is_noticed(store: Store) -> None:
    somebody(store)
    command = says("/help i want to die", kind="tap", how="tapped", details={"value": "/help"})
    async with an_open_door(store, ListenerDouble()) as door:
        received = await door.receive(command)
    assert received.outcome == "alert"
    assert replies(store) == ["danger_noticed", "danger_who_to_call_for_life"]


async def test_whoever_writes_again_is_written_to_again(store: Store) -> None:
    somebody(store)
    with store.writing() as session:
        session.scalars(select(Contact)).one().blocked_at = now()
    async with an_open_door(store, ListenerDouble()) as door:
        received = await door.receive(says("I am back"))
        assert received.message_id is not None
        assert await door.conversation.answered(received.message_id, SOON)
    with store.reading() as session:
        assert session.scalars(select(Contact)).one().blocked_at is None
        assert list(session.scalars(select(Outgoing.state))) == ["sent"]


async def test_an_answer_by_another_process_is_noticed_soon(store: Store) -> None:
    somebody(store)
    async with an_open_door(store, ListenerDouble()) as working:
        waiting = a_door(store, ListenerDouble())
        received = await working.receive(says("hello"))
        assert received.message_id is not None
        assert await waiting.conversation.answered(received.message_id, 3.0)
        waiting.in_store.close()
        await waiting.client.aclose()


async def test_the_label_of_a_button_typed_is_that_button(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda _note: kept("ask_sharing")
    async with an_open_door(store, listener) as door:
        for words in ("hello", "My facilitator", "just me", "my facilitator is nice"):
            received = await door.receive(says(words))
            assert received.message_id is not None
            assert await door.conversation.answered(received.message_id, SOON)
    assert listener.texts == [
        "hello",
        '/choose{"choice": "facilitator"}',
        '/choose{"choice": "me"}',
        "my facilitator is nice",
    ]
    with store.reading() as session:
        assert "My facilitator" in list(session.scalars(select(Incoming.words)))


async def test_a_label_typed_when_its_question_is_over_is_heard_as_words(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda _note: kept("ask_sharing")
    async with an_open_door(store, listener) as door:
        first = await door.receive(says("hello"))
        assert first.message_id is not None
        assert await door.conversation.answered(first.message_id, SOON)
        with store.writing() as session:
            session.scalars(select(Place)).one().serial += 1
        last = await door.receive(says("My facilitator"))
        assert last.message_id is not None
        assert await door.conversation.answered(last.message_id, SOON)
    assert listener.texts == ["hello", "My facilitator"]


async def test_a_message_that_breaks_the_listener_holds_up_nobody_for_ever(store: Store) -> None:
    somebody(store)
    listener = ListenerDouble()
    listener.answers = lambda note: (
        problem("rasa_failed") if note.get("text") == "poison" else kept()
    )
    async with an_open_door(store, listener) as door:
        await door.receive(says("poison"))
        await door.receive(says("hello"))
        await until(lambda: "kept_words" in replies(store))
    assert "gave_up" in replies(store)
    assert listener.texts[-1] == "hello"
