"""Manners on Telegram: "typing…" while work goes on, taps answered, a menu, own words protected."""

import asyncio
from typing import Any

import httpx
import pytest

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from bot.telegram.reading_updates import COMMANDS
from plan_store.opening import Store
from plan_store.tables import Incoming, Statement
from tests.bot.open_door import ListenerDouble, kept, until
from tests.bot.telegram.at_the_phone import lets_in, rows, telegram_on
from tests.telegram_double import TelegramDouble

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


class SlowListener(ListenerDouble):
    """A listener that thinks for as long as the test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        await self.may_answer.wait()
        return answer


@pytest.fixture
def listener() -> SlowListener:
    return SlowListener()


async def test_typing_is_shown_while_a_message_is_worked_and_not_after(
    store: Store, double: TelegramDouble, listener: SlowListener
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        assert double.calls("sendChatAction") == [], "an answer that is there needs no typing"
        listener.may_answer.clear()
        ash.types("I want to work with dogs")
        await until(lambda: ash.typing)
        listener.may_answer.set()
        await ash.will_hear()
        shown = len(double.calls("sendChatAction"))
        ash.types("quick")
        await ash.will_hear()
    assert len(double.calls("sendChatAction")) == shown
    assert double.complaints == []


async def test_typing_that_telegram_refuses_costs_nothing(
    store: Store, double: TelegramDouble, listener: SlowListener
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        double.breaks(502, times=1, methods=("sendChatAction",))
        listener.may_answer.clear()
        ash.types("dogs")
        await until(lambda: len(double.calls("sendChatAction")) == 1)
        listener.may_answer.set()
        await ash.will_hear()


async def test_a_door_that_closes_does_not_wait_for_typing(
    store: Store, double: TelegramDouble, listener: SlowListener
) -> None:
    ash = double.phone(1)
    async with asyncio.timeout(15):
        async with telegram_on(store, double, listener):
            await lets_in(store, ash)
            listener.may_answer.clear()
            ash.types("dogs")
            await until(lambda: ash.typing)
        listener.may_answer.set()


async def test_the_menu_names_help_listen_plan_and_a_person(
    store: Store, double: TelegramDouble, listener: SlowListener
) -> None:
    async with telegram_on(store, double, listener):
        await until(lambda: ("commands", "") in double.profile)
    menu = {each["command"]: each["description"] for each in double.profile["commands", ""]}
    assert list(menu)[1:5] == ["help", "listen", "plan", "person"]
    library = read_library(DATA)
    assert menu == {name[1:]: library.text(f"menu_{name[1:]}") for name in COMMANDS}
    assert double.complaints == []


async def test_what_bears_a_persons_words_is_not_for_passing_on(
    store: Store, double: TelegramDouble, listener: SlowListener
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        said = _statement(store)
        listener.answers = lambda _note: _with(kept("kept_words"), words={"statement": said})
        ash.types("show it")
        await ash.will_hear()
    assert [shown.protected for shown in ash.heard] == [False, True]
    assert "dogs" in ash.heard[-1].text


def _statement(store: Store) -> int:
    with store.writing() as session:
        message = rows(store, Incoming)[0]
        row = Statement(
            person_id=message.person_id,
            incoming_id=message.id,
            action="a",
            target="t",
            words="dogs",
            how="typed",
        )
        session.add(row)
        session.flush()
        return row.id


def _with(answer: httpx.Response, **filling: Any) -> httpx.Response:
    content = answer.json()
    content["replies"] = [{"key": "said_hope", "filling": filling}]
    return httpx.Response(200, json=content)
