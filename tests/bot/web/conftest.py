"""The page over a real store, with a small listener at the edge."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from playwright.async_api import Browser

from bot.opening_the_door import Door, build_door
from bot.web.building import build_web
from plan_store.opening import Store
from tests.bot.open_door import settings_for, somebody_watches
from tests.bot.web.at_the_page import Person
from tests.bot.web.in_a_browser import a_browser, one_chromium, serving
from tests.bot.web.small_listener import SmallListener


@pytest.fixture
def listener(store: Store) -> SmallListener:
    """What stands in Rasa's place."""
    return SmallListener(store)


@pytest.fixture
def door_at_rest(store: Store, listener: SmallListener, tmp_path: Path) -> Door:
    """The door, wired as in life but for the wire to Rasa; nothing is worked off yet."""
    door = build_door(settings_for(store, var_folder=tmp_path / "var"), store, [])
    somebody_watches(door)
    door.client._transport = listener.transport
    door.client._mounts = {}
    return door


@pytest.fixture
async def door(door_at_rest: Door) -> AsyncIterator[Door]:
    """The door, conversing and delivering."""
    async with door_at_rest.working():
        yield door_at_rest


@pytest.fixture
def app(door: Door) -> Litestar:
    """The page."""
    return build_web(door)


@pytest.fixture
async def person(app: Litestar, door: Door) -> AsyncIterator[Person]:
    """Somebody with a browser."""
    somebody = Person(app, door)
    async with somebody.client:
        yield somebody


@pytest.fixture
async def somebody_else(app: Litestar, door: Door) -> AsyncIterator[Person]:
    """Somebody with another browser."""
    other = Person(app, door)
    async with other.client:
        yield other


@pytest.fixture(scope="session")
def chromium_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the one Chromium of all these tests is found."""
    with one_chromium(tmp_path_factory.mktemp("chromium")) as at:
        yield at


@pytest.fixture
async def browser(chromium_at: str) -> AsyncIterator[Browser]:
    """The Chromium; each window has a memory of its own."""
    async with a_browser(chromium_at) as opened:
        yield opened


@pytest.fixture
async def address(app: Litestar) -> AsyncIterator[str]:
    """Where the page is served."""
    async with serving(app) as served_at:
        yield served_at
