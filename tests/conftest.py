"""What all tests share: the stores, the real Rasa, and `needs`, which names what is absent."""

import pytest

from tests.needs import need

pytest_plugins = ["tests.stores", "tests.real_rasa", "tests.order_of_locks"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "by_the_clock: measures how long something takes; runs with no other beside it"
    )
    config.addinivalue_line(
        "markers", "needs(name): skipped where that is absent, failed there in CI"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            need(name)
