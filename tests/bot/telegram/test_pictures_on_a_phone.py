"""A question with a picture on a phone: the picture above, the words below, and never less than
the words."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.opening_the_door import Door
from plan_store.opening import Store
from plan_store.tables import Contact, Outgoing
from tests.bot.open_door import ListenerDouble, kept, until
from tests.bot.telegram.at_the_phone import lets_in, telegram_on
from tests.telegram_double import TelegramDouble
from tests.telegram_double.chats import Shown
from tests.telegram_double.files_kept import picture_size

PICTURE = {"symbol": "house", "description": "A house with a red roof."}
WORDS = "Where would you like to live one day?"
BUTTONS = [{"label": "🔑 A new place", "value": "/tell", "stays": False}]


@pytest.fixture
def listener() -> ListenerDouble:
    listener = ListenerDouble()
    listener.answers = lambda _note: kept("kept_words")
    return listener


def asks(door: Door, store: Store, words: str = WORDS, **picture: Any) -> int:
    """A reply with a picture is due."""
    with store.writing() as session:
        contact = session.scalars(select(Contact)).one()
        reply = Outgoing(
            person_id=contact.person_id,
            contact_id=contact.id,
            key="home_hope",
            filling={},
            text=words,
            buttons=BUTTONS,
            picture=PICTURE | picture,
        )
        session.add(reply)
        session.flush()
        reply_id = reply.id
    door.delivery.wake()
    return reply_id


async def asked(
    store: Store, double: TelegramDouble, listener: ListenerDouble, *words: str, **picture: Any
) -> list[Shown]:
    """Ash is in, and is asked this."""
    ash = double.phone(1)
    async with telegram_on(store, double, listener) as door:
        await lets_in(store, ash)
        for each in words or (WORDS,):
            before = len(ash.heard)
            reply = asks(door, store, each, **picture)
            await has_gone(store, reply)
            assert len(ash.heard) > before
    assert double.complaints == []
    return ash.heard[1:]


async def has_gone(store: Store, reply: int, how: str = "sent") -> None:
    """Until nothing more comes of this reply."""
    await until(lambda: state(store, reply) == how)


def state(store: Store, reply: int) -> str:
    with store.reading() as session:
        return session.get_one(Outgoing, reply).state


async def test_the_picture_stands_above_the_words_and_says_what_it_shows(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    (question,) = await asked(store, double, listener)
    assert question.picture is not None
    assert picture_size(question.picture) == (1024, 512)
    assert question.caption == f"{WORDS}\n\n🖼️ A house with a red roof."
    assert question.labels == ["🔑 A new place"]


async def test_a_picture_is_uploaded_once(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    first, second = await asked(store, double, listener, WORDS, "And one day later?")
    assert first.picture == second.picture is not None
    uploaded, named = double.calls("sendPhoto")
    assert named.params["photo"] == first.raw["photo"][-1]["file_id"] != uploaded.params["photo"]


async def test_words_too_long_for_a_picture_come_whole_in_a_message_of_their_own(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    long = ("🏡 home " * 150).strip()
    picture, words = await asked(store, double, listener, long)
    assert picture.picture is not None
    assert picture.caption == "🖼️ A house with a red roof."
    assert picture.labels == []
    assert words.text == long
    assert words.labels == ["🔑 A new place"]


async def test_a_picture_nobody_knows_leaves_the_words(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    (question,) = await asked(store, double, listener, symbol="not_there")
    assert (question.text, question.picture) == (WORDS, None)
    assert question.labels == ["🔑 A new place"]


async def test_a_picture_that_telegram_refuses_leaves_the_words(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    double.breaks(400, times=1, methods=("sendPhoto",))
    refused, later = await asked(store, double, listener, WORDS, "And later?")
    assert (refused.text, refused.picture) == (WORDS, None)
    assert refused.labels == ["🔑 A new place"]
    assert later.picture is not None


async def test_a_line_that_carries_no_picture_carries_the_words(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    double.breaks(502, times=9, methods=("sendPhoto",))
    (question,) = await asked(store, double, listener)
    assert (question.text, question.picture) == (WORDS, None)


async def test_a_folder_that_cannot_be_written_leaves_the_words(
    store: Store, double: TelegramDouble, listener: ListenerDouble, tmp_path: Path
) -> None:
    ash = double.phone(1)
    in_the_way = tmp_path / "in-the-way"
    in_the_way.mkdir()
    (in_the_way / "symbols").write_text("a file, not a folder")
    async with telegram_on(store, double, listener, var_folder=in_the_way) as door:
        await lets_in(store, ash)
        reply = asks(door, store)
        await has_gone(store, reply)
    assert (ash.latest.text, ash.latest.picture) == (WORDS, None)


async def test_a_throttled_picture_waits_as_words_do(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener) as door:
        await lets_in(store, ash)
        double.tells_to_wait(1, times=1)
        reply = asks(door, store)
        await has_gone(store, reply)
    assert [call.status for call in double.calls("sendPhoto")] == [429, 200]
    assert ash.latest.picture is not None


async def test_somebody_who_blocks_is_not_shown_a_picture_again(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener) as door:
        await lets_in(store, ash)
        ash.deletes_account()
        reply = asks(door, store)
        await has_gone(store, reply, "blocked")
    assert len(double.calls("sendPhoto")) == 1
