"""Replies to a phone: in order, patient when throttled, quiet when blocked."""

import time

import pytest
from sqlalchemy import select

from plan_store.opening import Store
from plan_store.tables import Contact, Outgoing
from tests.bot.open_door import ListenerDouble, kept, until
from tests.bot.telegram.at_the_phone import lets_in, rows, telegram_on
from tests.telegram_double import TelegramDouble


@pytest.fixture
def listener() -> ListenerDouble:
    listener = ListenerDouble()
    listener.answers = lambda _note: kept("kept_words", "ask_work_help")
    return listener


def states(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Outgoing.state).order_by(Outgoing.id)))


async def test_two_replies_arrive_in_order_with_one_button_a_row(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: len(ash.heard) == 2)
    first, second = ash.heard
    assert first.text == "I kept your words."
    assert first.buttons == []
    assert all(len(row) == 1 for row in second.raw["reply_markup"]["inline_keyboard"])
    assert len(second.labels) <= 5
    assert double.complaints == []


async def test_a_throttled_reply_waits_as_long_as_telegram_says(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: len(ash.heard) == 2)
        double.tells_to_wait(2, times=1)
        asked = time.monotonic()
        ash.types("hello")
        await until(lambda: len(ash.heard) == 4)
        assert time.monotonic() - asked >= 2
    refused = [call for call in double.calls("sendMessage") if call.status == 429]
    assert len(refused) == 1
    assert [shown.text for shown in ash.heard][2:] == [shown.text for shown in ash.heard][:2]


async def test_somebody_who_blocks_is_marked_and_not_tried_again(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: len(ash.heard) == 2)
        ash.types("hello")
        ash.blocks()
        await until(lambda: rows(store, Contact)[0].blocked_at is not None)
        await until(lambda: states(store)[2:] == ["blocked", "blocked"] or len(ash.heard) == 4)
        tried = len(double.calls("sendMessage"))
        ash.unblocks()
        await until(lambda: rows(store, Contact)[0].blocked_at is None)
        await until(lambda: states(store) == ["sent"] * 4)
    assert len(double.calls("sendMessage")) <= tried + 2
    assert len(ash.heard) == 4


async def test_a_send_to_somebody_who_blocked_unseen_is_not_retried(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: states(store) == ["sent", "sent"])
        ash.deletes_account()
        with store.writing() as session:
            contact = session.scalars(select(Contact)).one()
            session.add(
                Outgoing(
                    person_id=contact.person_id,
                    contact_id=contact.id,
                    key="thanks",
                    filling={},
                    text="You are welcome.",
                    buttons=[],
                )
            )
        await until(lambda: states(store)[-1] == "blocked")
    assert rows(store, Contact)[0].blocked_at is not None


async def test_a_reply_whose_answer_was_lost_comes_perhaps_twice_never_not(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: states(store) == ["sent", "sent"])
        double.drops_after_accepting()
        ash.types("hello")
        await until(lambda: len(ash.heard) >= 3)
        double.is_well_again()
        await until(lambda: states(store) == ["sent"] * 4)
    texts = [shown.text for shown in ash.heard][2:]
    assert texts[-1] == ash.heard[1].text
    assert set(texts) == {ash.heard[0].text, ash.heard[1].text}


async def test_while_telegram_is_ill_replies_wait(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: states(store) == ["sent", "sent"])
        double.breaks(502, times=2, methods=("sendMessage",))
        ash.types("hello")
        await until(lambda: states(store) == ["sent"] * 4, within=30)
    assert [shown.text for shown in ash.heard][2:] == [shown.text for shown in ash.heard][:2]
