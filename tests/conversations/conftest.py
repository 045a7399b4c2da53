"""A whole chat for each test: the door, a real Rasa, the real hands, on both databases."""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from bot.opening_the_door import build_door
from bot.settings import BotSettings
from bot.terminal.talking import Talk
from plan_store.opening import open_store
from plan_store.settings import StoreSettings
from tests.bot.open_door import somebody_watches
from tests.conversations.chat import Chat
from tests.running_the_pair import ROOT, Running
from tests.stores import BOTH, a_store


@pytest.fixture(scope="module", params=BOTH)
def shared_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StoreSettings]:
    """One store for the conversations of a file; each has a person of its own."""
    with a_store(request, request.param, tmp_path_factory.mktemp("conversations")) as settings:
        yield settings


def the_hands(settings: StoreSettings, port: int, said_in: Path) -> Running:
    """The real action server, as `python -m actions` runs it."""
    return Running(
        "hands",
        [sys.executable, "-m", "actions"],
        said_in=said_in,
        cwd=ROOT,
        env={
            "DATABASE_URL": settings.store_url,
            "VAR_FOLDER": str(settings.var_folder),
            "ACTIONS_PORT": str(port),
        },
        url=f"http://127.0.0.1:{port}/health",
    )


@pytest.fixture(scope="module")
def hands(shared_store: StoreSettings, actions_port: int, said_in: Path) -> Iterator[Running]:
    """The hands, on the store of this file."""
    server = the_hands(shared_store, actions_port, said_in)
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def chat(
    shared_store: StoreSettings, hands: Running, rasa: Running, rasa_port: int
) -> AsyncIterator[Chat]:
    """Somebody new, who has not said anything yet."""
    async with somebody_new(shared_store, rasa_port) as person:
        yield person


@asynccontextmanager
async def somebody_new(settings: StoreSettings, rasa_port: int) -> AsyncIterator[Chat]:
    """A new person at a door of their own."""
    store = open_store(settings)
    door = build_door(
        BotSettings(
            _env_file=None,  # type: ignore[call-arg]
            database_url=settings.store_url,
            var_folder=settings.var_folder,
            rasa_url=f"http://127.0.0.1:{rasa_port}",
        ),
        store,
        [],
    )
    somebody_watches(door)
    try:
        async with door.working():
            talk = Talk(door, f"{os.getpid()}-{uuid4().hex[:8]}")
            await talk.sit_down()
            yield Chat(talk, door)
    finally:
        store.close()


@pytest.fixture(scope="module")
def one_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StoreSettings]:
    """A store on one database only, for tests that say very much."""
    with a_store(request, "sqlite", tmp_path_factory.mktemp("much")) as settings:
        yield settings


@pytest.fixture(scope="module")
def its_hands(one_store: StoreSettings, actions_port: int, said_in: Path) -> Iterator[Running]:
    """The hands, on that store."""
    server = the_hands(one_store, actions_port, said_in)
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def one_chat(
    one_store: StoreSettings, its_hands: Running, rasa: Running, rasa_port: int
) -> AsyncIterator[Chat]:
    """Somebody new in that store."""
    async with somebody_new(one_store, rasa_port) as person:
        yield person
