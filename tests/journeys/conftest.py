"""A whole house for the tests of a file: every process real, and Telegram's double outside."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.whole_house import House
from tests.stores import a_store
from tests.telegram_double import TelegramDouble


@pytest.fixture(scope="module")
def double() -> Iterator[TelegramDouble]:
    with TelegramDouble() as opened:
        yield opened


OpenHouse = Callable[[pytest.FixtureRequest, str], "Iterator[House]"]


@pytest.fixture(scope="module")
def open_house(
    model: Path, double: TelegramDouble, tmp_path_factory: pytest.TempPathFactory
) -> OpenHouse:
    """Opens a house on a fresh database of this kind."""

    def opening(request: pytest.FixtureRequest, kind: str) -> Iterator[House]:
        with (
            a_store(request, kind, tmp_path_factory.mktemp("house")) as settings,
            House(settings, model, double).running() as house,
        ):
            yield house

    return opening
