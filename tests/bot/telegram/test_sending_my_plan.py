"""Send me my plan, on a phone: a document with the words below it, and no preview of a link."""

from pathlib import Path

import httpx
import pytest

from bot.plan.paper import NoPaper, Paper
from plan_store.opening import Store
from plan_store.tables import Outgoing
from tests.bot.open_door import ListenerDouble, until
from tests.bot.telegram.at_the_phone import lets_in, rows, telegram_on
from tests.telegram_double import TelegramDouble

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


@pytest.fixture
def listener(store: Store) -> ListenerDouble:
    """Whatever is said, the hands send the plan."""
    listener = ListenerDouble()

    def answers(note: dict[str, object]) -> httpx.Response:
        filling = {"link": {"plan_link": note["person"]}}
        reply = {"key": "here_is_your_plan", "filling": filling, "sends": "plan"}
        return httpx.Response(
            200, json={"understood": {"intent": "x", "confidence": 1.0}, "replies": [reply]}
        )

    listener.answers = answers
    return listener


@pytest.mark.needs("pango")
async def test_the_plan_comes_as_a_document(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: len(ash.heard) == 1)
    sent = ash.heard[0]
    assert sent.raw["document"]["file_name"] == "my-plan.pdf"
    assert sent.raw["caption"].startswith("Here is your plan.")
    assert double.complaints == []
    # Its bytes are made when they are asked for, and kept nowhere here.
    with store.reading() as session:
        folder = Path(str(session.get_bind().engine.url.database)).parent
    assert not [file for file in folder.rglob("*") if file.suffix == ".pdf"]


async def test_where_it_cannot_be_made_words_say_so_and_are_kept(
    store: Store,
    double: TelegramDouble,
    listener: ListenerDouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def none(_paper: Paper, _person_id: str) -> bytes:
        raise NoPaper

    monkeypatch.setattr(Paper, "of", none)
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: [row.state for row in rows(store, Outgoing)] == ["sent"])
    assert ash.heard[0].text.startswith("Sorry. I cannot make the file now.")
    (row,) = rows(store, Outgoing)
    assert (row.key, row.sends, row.text) == ("plan_no_file", None, ash.heard[0].text)


async def test_no_link_is_looked_at_by_telegram(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    def answers(note: dict[str, object]) -> httpx.Response:
        reply = {"key": "my_plan", "filling": {"link": {"plan_link": note["person"]}}}
        return httpx.Response(
            200, json={"understood": {"intent": "x", "confidence": 1.0}, "replies": [reply]}
        )

    listener.answers = answers
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        await until(lambda: len(ash.heard) == 1)
    assert "/plan/" in ash.heard[0].text
    (call,) = double.calls("sendMessage")
    assert "is_disabled" in str(call.params["link_preview_options"])
