"""The hands over a store of each test's own, and somebody to hear."""

import pytest

from actions.serving import Executor, build_executor
from plan_store.inviting import welcome
from plan_store.opening import Store
from plan_store.tables import Contact


@pytest.fixture
def hands(store: Store) -> Executor:
    return build_executor(store)


@pytest.fixture
def ash(store: Store) -> Contact:
    with store.writing() as session:
        return welcome(session, "terminal", "ash")
