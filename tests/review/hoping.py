"""Sam, a hope of Sam's that is shared, and what the tests of deciding about it count with."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from plan_store.opening import Store
from plan_store.the_time_here import today
from tests.review.people import hopes, somebody

WORDS = "I help at the dogs’ home on Fridays."
HARD = "We will facilitate your transition into supported employment opportunities."


@pytest.fixture
def sam(store: Store) -> str:
    return somebody(store)


@pytest.fixture
def hope(store: Store, sam: str) -> int:
    return hopes(store, sam, "I want to work with dogs")


def count(store: Store, table: type) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()
