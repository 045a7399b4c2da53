"""The voice of an alert, and a promise that somebody else ended, in a browser at every size."""

import pytest
from sqlalchemy import select

from plan_store.alerting import Noticed, raise_alert
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.forgetting import forget
from plan_store.opening import Store
from plan_store.promising import end_promise, promise
from plan_store.roles import EVERY_ROLE
from plan_store.sweeping import sweep
from plan_store.tables import Facilitator, Incoming, new_id
from plan_store.the_time_here import today
from tests.at_a_desk import gives_password, sets_up_the_app
from tests.review.conftest import CHEAP, PASSWORD
from tests.review.in_a_browser import Walk
from tests.review.people import sends, somebody

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]


@pytest.fixture
def sam(store: Store) -> str:
    """Somebody whose voice raised an alert."""
    with store.writing() as session:
        make_account(session, new_desk_key(session, EVERY_ROLE), "Ann", "ann@example.org", CHEAP)
    person_id = somebody(store, "Sam")
    kept = {"kind": "voice", "media_type": "audio/ogg", "state": "kept"}
    kept["file"] = store.files.keep(person_id, b"OggS")
    message_id = sends(store, person_id, "he hits me", "voice", "spoken", kept)
    with store.writing() as session:
        raise_alert(session, session.get_one(Incoming, message_id), Noticed("abuse", "x"))
    sweep(store)
    return person_id


def test_with_the_alert_and_after_its_person(
    walk: Walk, address: str, sam: str, store: Store
) -> None:
    page = walk.page
    page.goto(f"{address}/sign-in")
    gives_password(page, "ann@example.org", PASSWORD)
    sets_up_the_app(page)
    with store.writing() as session:
        ann = session.scalars(select(Facilitator.id)).one()
        made = promise(session, Cause.by_click(sam, ann, new_id()), "Is there room?", today())
        assert made is not None
    page.goto(f"{address}/people/{sam}")
    assert page.locator("audio").count() == 1
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.locator(f"#words-end-{made.id}").fill("There is no room.")
    with store.writing() as session:
        end_promise(session, Cause.by_click(sam, ann, new_id()), made.id, 1, "keeps", "Yes.")
    walk.press(page.locator(f"#form-end-{made.id}").get_by_role("button"))
    page.get_by_text("What you wrote was not sent").wait_for()
    walk.look("ended-by-another")
    with store.writing() as session:
        forget(session, sam, Cause(sam, "person"))
    page.goto(f"{address}/alerts")
    assert page.locator("audio").count() == 1
    walk.look("alert-of-somebody-forgotten")
