"""One real Rasa for all tests that speak with one, with the model of the talk as it is now.

In: rasa_project's own environment. Out: `rasa`, and `hands_of(module)` to put an action server
beside it. Without that environment these tests are skipped, and say so.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from house.training import train_if_changed
from tests.needs import need
from tests.running_the_pair import (
    RASA_PYTHON,
    ROOT,
    Bot,
    Running,
    action_server,
    free_port,
    rasa_server,
)


@pytest.fixture(scope="session")
def model() -> Path:
    need("rasa")
    return train_if_changed(ROOT, RASA_PYTHON, print)


@pytest.fixture(scope="session")
def said_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("said")


@pytest.fixture(scope="session")
def rasa_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def actions_port() -> int:
    return free_port()


@pytest.fixture(scope="session")
def rasa(model: Path, rasa_port: int, actions_port: int, said_in: Path) -> Iterator[Running]:
    # With --debug: Rasa is then at its most talkative, and must still keep to itself what was said.
    server = rasa_server(model, rasa_port, actions_port, said_in, "--debug")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def hands_of(actions_port: int, said_in: Path) -> Iterator[Callable[[str], Running]]:
    servers: list[Running] = []

    def start(module: str) -> Running:
        server = action_server(module, actions_port, said_in)
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def bot(rasa: Running, rasa_port: int) -> Iterator[Bot]:
    speaking = Bot(rasa_port)
    yield speaking
    speaking.close()
