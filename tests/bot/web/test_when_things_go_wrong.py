"""The store is away, or something breaks: kind words, and every word still in its box."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from litestar import Litestar, post

from bot.opening_the_door import Door
from bot.web.building import build_web
from plan_store.opening import Store
from tests.bot.web.at_the_page import Person

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


@contextmanager
def away(store: Store) -> Iterator[None]:
    """Nobody can open the database's file."""
    file = Path(str(store.engine.url.database))
    store.engine.dispose()
    aside = file.with_suffix(".aside")
    file.rename(aside)
    file.mkdir()
    try:
        yield
    finally:
        store.engine.dispose()
        file.rmdir()
        aside.rename(file)


async def test_with_the_store_away_the_words_stay_in_the_box(
    person: Person, door_at_rest: Door, store: Store
) -> None:
    page = await person.comes_in()
    fields = {**page.hidden("/say"), "words": "do not <lose> this"}
    with away(store):
        page = await person.posts("/say", fields)
        assert page.status == 503
        assert "Sorry. I cannot keep your message right now." in page.text
        assert page.box == "do not <lose> this"
        # Pressed again, and still away.
        again = {**page.hidden("/say"), "words": page.box}
        page = await person.posts("/say", again)
        assert page.status == 503
        tapped = await person.posts("/tap", {**fields, "control": "help"})
        assert tapped.status == 503
    page = await person.posts("/say", {**page.hidden("/say"), "words": page.box})
    assert page.status == 200
    assert page.messages.count(("mine", "do not <lose> this")) == 1


async def test_with_the_store_away_who_is_in_danger_is_told_whom_to_call(
    person: Person, door_at_rest: Door, store: Store
) -> None:
    page = await person.comes_in()
    fields = {**page.hidden("/say"), "words": "my dad hits me"}
    with away(store):
        page = await person.posts("/say", fields)
        assert page.status == 503
        assert "If you are in danger now, call 999." in page.text
        assert "Childline 0800 1111" in page.text
        assert page.box == "my dad hits me"
    page = await person.posts("/say", {**page.hidden("/say"), "words": page.box})
    assert page.status == 200


async def test_with_the_store_away_pages_say_so_and_health_too(
    person: Person, store: Store
) -> None:
    await person.comes_in()
    assert (await person.client.get("/health")).json() == {"store": "answers"}
    with away(store):
        assert (await person.client.get("/health")).status_code == 503
        page = await person.opens()
        assert page.status == 503
        assert "I cannot show your chat right now." in page.text
        quick = await person.client.get("/news", headers={"x-chat": "1"})
        assert quick.status_code == 503
        assert "<html" not in quick.text
    assert (await person.client.get("/health")).status_code == 200


async def test_a_mistake_of_ours_gives_the_words_back_and_logs_none_of_them(
    person: Person, door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = await person.comes_in()

    def breaks(*_: object) -> None:
        raise RuntimeError("with a secret word in it")

    monkeypatch.setattr(door.reception, "receive", breaks)
    page = await person.posts("/say", {**page.hidden("/say"), "words": "my own words"})
    assert page.status == 500
    assert page.box == "my own words"
    assert "secret" not in caplog.text
    assert "my own words" not in caplog.text
    assert "RuntimeError at breaks" in caplog.text


async def test_another_doors_route_is_let_through_only_if_it_says_so(door: Door) -> None:
    @post("/open", public=True, exclude_from_csrf=True)
    async def is_open() -> str:
        return "open"

    @post("/shut", exclude_from_csrf=True)
    async def is_shut() -> str:
        return "open"

    app: Litestar = build_web(door, extra_routes=[is_open, is_shut])
    caller = Person(app, door)
    async with caller.client:
        assert (await caller.client.post("/open")).status_code == 201
        assert (await caller.client.post("/shut")).status_code == 401
