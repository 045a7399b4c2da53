"""A hope that is kept private, or was deleted, changes no number that anybody at the desk sees."""

import re

import pytest
from sqlalchemy import select

from plan_store.causes import Cause
from plan_store.deleting import delete_item
from plan_store.opening import Store
from plan_store.sharing import share
from plan_store.tables import Aspiration, Facilitator
from tests.plan_store.deciding_people import Deciding, agreed, writes_step
from tests.review.brokering import has_a_budget, has_an_option
from tests.review.conftest import Visitor
from tests.review.people import hopes, sends, somebody

PAGES = ("/check", "/options")


def told(ann: Visitor, person_id: str) -> dict[str, str]:
    """All that these pages say, without the times they say it at."""
    return {
        page: re.sub(r"\d{1,2}:\d\d", "", ann.opens(f"/people/{person_id}{page}").text)
        for page in PAGES
    }


def has_all_of_it(store: Store, sam: str, hope: int) -> None:
    """An outcome, a step, an option that costs more than there is."""
    with store.reading() as session:
        ann = session.scalars(select(Facilitator.id)).first() or 0
    deciding = Deciding(store, sam, hope, ann, ann)
    outcome = agreed(deciding)
    writes_step(deciding, outcome)
    has_an_option(store, sam, hope)


def stops(store: Store, sam: str, hope: int, how: str) -> None:
    cause = Cause.message(sam, sends(store, sam, "stop"))
    with store.writing() as session:
        aspiration = session.get_one(Aspiration, hope)
        if how == "deleted":
            delete_item(session, cause, aspiration)
        else:
            share(session, cause, aspiration, "me")


@pytest.mark.parametrize("how", ["private", "deleted"])
def test_what_is_not_shared_changes_no_number(ann: Visitor, store: Store, how: str) -> None:
    sam = somebody(store, "Sam")
    has_a_budget(store, sam, 1, weekly=5)
    before = told(ann, sam)
    hope = hopes(store, sam, "I want to work with dogs")
    has_all_of_it(store, sam, hope)
    shared = told(ann, sam)
    assert all(shared[page] != before[page] for page in PAGES), "it is seen while it is shared"
    stops(store, sam, hope, how)
    assert told(ann, sam) == before
