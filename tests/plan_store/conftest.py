"""Sam, who hopes, for the tests of what is made of a hope; others have a Sam of their own."""

import pytest

from plan_store.opening import Store
from tests.plan_store.deciding_people import Deciding, somebody_who_hopes


@pytest.fixture
def sam(store: Store) -> Deciding:
    return somebody_who_hopes(store)
