"""The page over a real store, with a small listener at the edge."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from bot.converse import Conversation
from bot.delivering import Delivery
from bot.in_store import InStore
from bot.listening import Listener
from bot.opening_the_door import DATA, Door
from bot.receiving import Reception
from bot.safety import read_first_look
from bot.settings import BotSettings
from bot.web.building import build_web
from bot.words import read_library
from plan_store.opening import Store
from tests.bot.web.at_the_page import Person
from tests.bot.web.small_listener import SmallListener


@pytest.fixture
def listener(store: Store) -> SmallListener:
    """What stands in Rasa's place."""
    return SmallListener(store)


@pytest.fixture
def settings(tmp_path: Path) -> BotSettings:
    """The page's settings, whatever the environment says."""
    return BotSettings.model_construct(
        var_folder=tmp_path / "var",
        chat_host="127.0.0.1",
        chat_port=0,
        chat_public_url="",
        rasa_url="http://listener.local",
    )


@pytest.fixture
def door_at_rest(settings: BotSettings, store: Store, listener: SmallListener) -> Door:
    """The door, wired; nothing is worked off yet."""
    library = read_library(DATA)
    in_store = InStore(store)
    client = httpx.AsyncClient(transport=listener.transport)
    delivery = Delivery(in_store, library, [])
    conversation = Conversation(
        in_store, Listener(client, settings.rasa_url), library, delivery.wake
    )
    reception = Reception(library, read_first_look(DATA))
    return Door(settings, in_store, library, reception, conversation, delivery, client)


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
