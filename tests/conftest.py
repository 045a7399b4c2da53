"""What all tests share: `needs`, which names what a test cannot do without on this machine."""

import os
import shutil
from collections.abc import Callable

import pytest

pytest_plugins = ["tests.stores", "tests.real_rasa"]


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


# What may be absent on a newcomer's machine: how to see that it is here, how to get it.
NEEDED: dict[str, tuple[Callable[[], object], str]] = {
    "postgresql": (lambda: os.environ.get("TEST_POSTGRES_URL"), "apt-get install postgresql"),
    "redis": (lambda: shutil.which("redis-server"), "apt-get install redis-server"),
    "chromium": (_chromium, "apt-get install chromium"),
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(name): skipped where that is absent, failed there in CI"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            is_here, how = NEEDED[name]
            if not is_here():
                absent = f"{name} is not on this machine ({how})"
                if os.environ.get("CI") == "true":
                    pytest.fail(absent, pytrace=False)
                pytest.skip(absent)
