"""Options, money, meetings and the seven questions in a real browser: axe finds nothing."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.looking_at_options import keep_thought
from plan_store.meeting_up import keep_meeting_answer
from plan_store.opening import Store
from plan_store.order_of_locks import lock_hopes
from plan_store.roles import EVERY_ROLE
from plan_store.tables import HopeOption, Incoming, Meeting
from tests.at_a_desk import gives_password, sets_up_the_app
from tests.review.brokering import (
    EXAMPLE,
    has_a_budget,
    has_a_meeting,
    has_an_option,
    has_the_example,
)
from tests.review.conftest import CHEAP, PASSWORD
from tests.review.in_a_browser import Walk
from tests.review.people import hopes, sends, somebody

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]


@pytest.fixture
def sam(store: Store) -> str:
    """Sam, with an option that was answered, a budget, and a meeting that was."""
    with store.writing() as session:
        make_account(session, new_desk_key(session, EVERY_ROLE), "Ann", "ann@example.org", CHEAP)
    person_id = somebody(store, "Sam")
    hope = hopes(store, person_id, "I want to work with dogs. Big ones, and not on Mondays.")
    option = has_an_option(store, person_id, hope)
    has_a_budget(store, person_id, 1, weekly=10_00)
    meeting = has_a_meeting(store, person_id, "Millbrook library", in_days=-1)
    has_a_meeting(store, person_id, "The community hall behind the swimming pool")
    for words, how in (("👍 I like it", "tapped"), ("my sister Jo", "typed"), ("🙁 No", "tapped")):
        message_id = sends(store, person_id, words, how=how)
        with store.writing() as session:
            lock_hopes(session, [hope])
            cause = Cause.message(person_id, message_id)
            message = session.get_one(Incoming, message_id)
            if how == "tapped" and "like" in words:
                row = session.get_one(HopeOption, option)
                row.state, row.sent_at = "sent", message.received_at
                keep_thought(session, cause, message, row, "like", helped=True)
                continue
            about = session.get_one(Meeting, meeting)
            question, choice = ("who", "words") if how == "typed" else ("heard", "not_heard")
            keep_meeting_answer(session, cause, message, about, question, choice, helped=False)
    return person_id


def comes_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    gives_password(page, "ann@example.org", PASSWORD)
    sets_up_the_app(page)


def test_every_page_is_accessible(
    walk: Walk, address: str, sam: str, store: Store, tmp_path: Path
) -> None:
    page, look = walk.page, walk.look
    comes_in(page, address)
    page.goto(f"{address}/options")
    look("catalogue")
    wrong = tmp_path / "wrong.csv"
    wrong.write_bytes(EXAMPLE.read_bytes().replace(b",club,", b",disco,"))
    page.get_by_label("The file").set_input_files(wrong)
    page.get_by_role("button", name="Import the file").click()
    page.get_by_role("heading", name="Nothing was imported").wait_for()
    look("catalogue-wrong")
    page.get_by_label("The file").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Import the file").click()
    page.get_by_role("heading", name="The file is imported").wait_for()
    page.goto(f"{address}/options/new")
    page.get_by_role("button", name="Save the option").click()
    page.get_by_role("heading", name="Nothing was kept yet").wait_for()
    look("option-wrong")
    page.goto(f"{address}/options/{has_the_example(store)['friday-club']}")
    look("option")

    here = f"{address}/people/{sam}"
    page.goto(f"{here}/options")
    page.get_by_role("link", name="anything else").click()
    page.get_by_label("Words").fill("helper")
    page.get_by_role("button", name="Find", exact=True).click()
    look("find")
    page.get_by_role("button", name=re.compile("Choose this.*A helper at work")).click()
    page.get_by_role("heading", name="The option is beside the others now").wait_for()
    page.get_by_text("Change the budget").click()
    look("brokerage")
    page.get_by_role("button", name=re.compile("Send the options to Sam")).click()
    page.get_by_role("alert").wait_for()
    look("brokerage-wrong")
    page.goto(f"{here}/check")
    page.get_by_text("Answer this").first.click()
    look("seven")
    page.get_by_role("button", name="Keep the answer").first.click()
    page.get_by_role("alert").wait_for()
    look("seven-wrong")
    page.goto(f"{here}/meetings")
    page.get_by_text("Change or cancel this meeting").first.click()
    look("meetings")
    page.get_by_role("button", name="Plan the meeting").click()
    page.get_by_role("alert").wait_for()
    look("meetings-wrong")
    page.goto(f"{address}/fund")
    page.get_by_label("Pounds in all").fill("20")
    page.get_by_role("button", name="Keep the fund").click()
    look("fund")
    page.goto(here)
    look("person")
