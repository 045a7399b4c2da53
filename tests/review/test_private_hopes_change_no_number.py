"""A hope that is kept private, or was deleted, changes no number that anybody at the desk sees."""

import re

import pytest
from sqlalchemy import select, update

from plan_store.causes import Cause
from plan_store.deleting import delete_item
from plan_store.opening import Store
from plan_store.sharing import share
from plan_store.tables import Aspiration, Facilitator, Meeting, Promise
from tests.plan_store.deciding_people import Deciding, agreed, in_days, promises, writes_step
from tests.review.brokering import has_a_budget, has_a_meeting, has_an_option
from tests.review.conftest import Visitor
from tests.review.packing import packs_everything
from tests.review.people import hopes, sends, somebody

# Those of the person, and those of everybody.
PAGES = (
    *(f"/people/{{person_id}}{page}" for page in ("/check", "/options", "/meetings")),
    *("/", "/people", "/outcomes", "/promises"),
)


def told(ann: Visitor, person_id: str) -> dict[str, str]:
    """All that these pages say, without the times they say it at."""
    return {
        page: re.sub(r"\d{1,2}:\d\d", "", ann.opens(page.format(person_id=person_id)).text)
        for page in PAGES
    }


def has_all_of_it(store: Store, sam: str, hope: int) -> None:
    """An outcome, a step, a late promise, an option that costs more than there is, a pack."""
    with store.reading() as session:
        ann = session.scalars(select(Facilitator.id)).first() or 0
    deciding = Deciding(store, sam, hope, ann, ann)
    outcome = agreed(deciding)
    writes_step(deciding, outcome)
    promises(deciding)
    with store.writing() as session:
        session.execute(update(Promise).values(by_day=in_days(-2)))
    has_an_option(store, sam, hope)
    with store.reading() as session:
        meeting = session.scalars(select(Meeting.id)).one()
    packs_everything(store, sam, meeting)


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
    has_a_meeting(store, sam, "Millbrook Library")
    before = told(ann, sam)
    hope = hopes(store, sam, "I want to work with dogs")
    has_all_of_it(store, sam, hope)
    shared = told(ann, sam)
    seen = [page for page in PAGES if shared[page] != before[page]]
    assert seen == list(PAGES), "it is seen while it is shared"
    stops(store, sam, hope, how)
    assert told(ann, sam) == before
