"""Replies read aloud on a phone: after the words, once, and never in place of them."""

from io import BytesIO
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile
from sqlalchemy import select, update

from bot.speaking.reading_aloud import CannotRead, Clip
from plan_store.opening import Store
from plan_store.tables import Outgoing, Person
from tests.bot.open_door import ListenerDouble, until
from tests.bot.telegram.at_the_phone import lets_in, rows, telegram_on
from tests.telegram_double import Shown, TelegramDouble

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


def answered(*replies: dict[str, Any]) -> httpx.Response:
    """What the hands answer, reply by reply."""
    return httpx.Response(
        200,
        json={
            "understood": {"intent": "listen", "confidence": 0.9},
            "replies": [{"filling": {}, **reply} for reply in replies],
        },
    )


@pytest.fixture
def listener() -> ListenerDouble:
    listener = ListenerDouble()
    listener.answers = lambda note: (
        answered({"key": "kept_words"}, {"key": "ask_work_help", "sends": "voice"})
        if note.get("text") == "read it to me"
        else answered({"key": "kept_words"}, {"key": "ask_work_help"})
    )
    return listener


def listens(store: Store) -> None:
    with store.writing() as session:
        session.execute(update(Person).values(listens=True))


def all_sent(store: Store, number: int) -> bool:
    with store.reading() as session:
        states = list(session.scalars(select(Outgoing.state)))
    return states == ["sent"] * number


def seconds(shown: Shown) -> float:
    """How long the voice note lasts, having looked that it is one and that somebody speaks."""
    assert shown.voice is not None
    about = soundfile.info(BytesIO(shown.voice))
    assert (about.format, about.subtype) == ("OGG", "OPUS")
    samples, _ = soundfile.read(BytesIO(shown.voice), dtype="float32")
    assert float(np.sqrt(np.mean(samples**2))) > 0.05
    assert shown.raw["voice"]["duration"] == round(about.duration)
    return float(about.duration)


async def test_read_it_to_me_brings_the_words_and_then_the_voice(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: len(ash.heard) == 2)
        ash.types("read it to me")
        await until(lambda: all_sent(store, 4))
    assert [bool(shown.voice) for shown in ash.heard] == [False, False, False, False, True]
    question = ash.heard[3]
    assert question.labels, "the buttons stand under the words"
    # Both messages of the turn and the answers, in one note.
    assert 6 <= seconds(ash.heard[4]) <= 20
    assert not question.protected
    assert double.complaints == []


async def test_who_listens_gets_one_voice_a_turn_after_its_last_words(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: all_sent(store, 2))
        listens(store)
        ash.types("dogs")
        ash.types("and cats")
        await until(lambda: all_sent(store, 6))
    voices = [bool(shown.voice) for shown in ash.heard]
    assert voices == [False, False, False, False, True, False, False, True]
    assert seconds(ash.heard[7]) == pytest.approx(seconds(ash.heard[4]), abs=0.05)


async def test_a_throttled_voice_comes_later_and_the_words_only_once(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: all_sent(store, 2))
        double.tells_to_wait(1, times=1, methods=("sendVoice",))
        ash.types("read it to me")
        ash.types("next")
        await until(lambda: all_sent(store, 6))
    assert [call.status for call in double.calls("sendVoice")] == [429, 200]
    assert [bool(shown.voice) for shown in ash.heard][2:] == [False, False, True, False, False]


async def test_a_voice_that_never_goes_through_does_not_hold_up_the_words_behind_it(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: all_sent(store, 2))
        double.breaks(502, times=50, methods=("sendVoice",))
        ash.types("read it to me")
        ash.types("next")
        await until(lambda: all_sent(store, 6), within=60)
    texts = [shown.text for shown in ash.heard][2:]
    assert len(texts) == 5
    assert "cannot send my voice" in texts[2]
    problems = [row.problem for row in rows(store, Outgoing)]
    assert problems == [None, None, None, "cannot_send_voice", None, None]


async def test_a_person_who_takes_no_voices_is_told_once(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    ash.chat.refuses_voice = True
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: all_sent(store, 2))
        listens(store)
        ash.types("dogs")
        ash.types("cats")
        await until(lambda: all_sent(store, 6))
    told = [shown.text for shown in ash.heard if "cannot send my voice" in shown.text]
    assert len(told) == 1
    assert double.complaints == []


async def test_a_broken_voice_never_loses_the_words(
    store: Store,
    double: TelegramDouble,
    listener: ListenerDouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ash = double.phone(1)

    async def breaks(*_: Any, **__: Any) -> list[Clip]:
        raise CannotRead

    async with telegram_on(store, double, listener) as door:
        await lets_in(store, ash)
        await until(lambda: all_sent(store, 2))
        monkeypatch.setattr(door.reading, "clips", breaks)
        ash.types("read it to me")
        await until(lambda: all_sent(store, 4))
    texts = [shown.text for shown in ash.heard][2:]
    assert texts[:2] == [shown.text for shown in ash.heard][:2]
    assert "cannot read to you now" in texts[2]


async def test_without_a_voice_listen_says_so_and_the_question_keeps_its_buttons(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener, speech_voice="off"):
        await lets_in(store, ash)
        await until(lambda: all_sent(store, 2))
        ash.types("read it to me")
        await until(lambda: all_sent(store, 4))
        listens(store)
        ash.types("dogs")
        await until(lambda: all_sent(store, 6))
    assert "cannot read to you now" in ash.heard[2].text
    assert ash.heard[3].labels
    assert not any(shown.voice for shown in ash.heard)
    assert double.calls("sendVoice") == []


async def test_a_reply_sent_half_before_a_crash_is_not_said_twice(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: all_sent(store, 2))
        double.breaks(502, times=1, methods=("sendVoice",))
        ash.types("read it to me")
        await until(lambda: len(double.calls("sendVoice")) == 1)
    async with telegram_on(store, double, listener):
        await until(lambda: all_sent(store, 4), within=60)
    assert [bool(shown.voice) for shown in ash.heard][2:] == [False, False, True]
