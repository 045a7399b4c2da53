"""One whole house on each database for all journeys, and Telegram's double outside.

The house is a real one: a test that kills in it leaves it well again.
"""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bot.web.in_a_browser import FLAGS
from tests.journeys.whole_house import House
from tests.journeys.young_person import YoungPerson
from tests.needs import chromium
from tests.stores import BOTH, a_store
from tests.telegram_double import TelegramDouble

Somebody = Callable[..., YoungPerson]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


def a_window(browser: Browser) -> Page:
    """Nothing is in its memory yet."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    return context.new_page()


@pytest.fixture(scope="package")
def double() -> Iterator[TelegramDouble]:
    with TelegramDouble() as opened:
        yield opened


@pytest.fixture(scope="package", params=BOTH)
def house(
    request: pytest.FixtureRequest,
    model: Path,
    double: TelegramDouble,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    with (
        a_store(request, request.param, tmp_path_factory.mktemp("house")) as settings,
        House(settings, model, double).running() as opened,
    ):
        yield opened


@pytest.fixture(scope="package")
def somebody(double: TelegramDouble) -> Somebody:
    """A new young person with a phone of their own; only the chosen name may come back."""
    numbers = itertools.count(1)

    def new(name: str, hope: str = "", helps: str = "", patience: float = 20) -> YoungPerson:
        phone = double.phone(next(numbers), "A Telegram name")
        return YoungPerson(
            phone,
            name,
            hope or f"I, {name}, want to work with dogs",
            helps or f"somebody who sits with {name}",
            patience,
        )

    return new
