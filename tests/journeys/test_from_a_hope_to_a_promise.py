"""A hope becomes an outcome, a step, and a promise that is kept: a phone, a desk in a browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from plan_store.tables import Aspiration, Outcome, Person, Promise, Step
from plan_store.the_time_here import today
from tests.journeys.at_the_desk import comes_too
from tests.journeys.conftest import Somebody, a_window
from tests.journeys.whole_house import House
from tests.journeys.young_person import YoungPerson
from tests.review.in_a_browser import check

pytestmark = pytest.mark.needs("chromium")

OUTCOME = "I help at the dogs’ home on Fridays."
STEP = "Ring the dogs’ home."
PROMISE, KEPT = "Is there room for you?", "Yes. They want you to come on Friday."


def opens_the_page(house: House, desk: Page, person_id: str) -> None:
    desk.goto(f"{house.desk}/people/{person_id}")
    desk.get_by_role("heading", name="What is made of it").wait_for()


def is_in_the_plan(house: House, browser_page: Page, uma: YoungPerson) -> None:
    """The page that the link in the chat opens, and everything on it is accessible."""
    uma.phone.types("show my plan")
    text = uma.hears("my_plan").text
    (link,) = re.findall(r"https?://\S+/plan/\w+", text)
    browser_page.goto(house.chat + link[link.index("/plan/") :])
    body = browser_page.locator("main")
    expect(body).to_contain_text(OUTCOME)
    expect(body).to_contain_text(STEP)
    expect(body).to_contain_text("Done on")
    check(browser_page)


def test_from_a_hope_to_a_promise(house: House, browser: Browser, somebody: Somebody) -> None:
    uma = somebody("Uma")
    uma.comes_in(house.store)
    uma.walks()
    with house.store.reading() as session:
        (person,) = (each for each in session.scalars(select(Person)) if each.called == "Uma")
    desk = a_window(browser)
    comes_too(house, desk, "Dora")

    # An outcome: proposed, and grey until she agrees.
    opens_the_page(house, desk, person.id)
    desk.get_by_label("What is to change, in plain words").fill(OUTCOME)
    desk.get_by_role("button", name="Propose to Uma").click()
    expect(desk.locator(".outcome.grey")).to_contain_text("Not yet agreed")
    assert "Dora is a person" in uma.hears("desk_comes_in").text
    assert f"“{OUTCOME}”" in uma.hears("ask_outcome").text
    uma.phone.types("yes")
    uma.hears("outcome_agreed")
    desk.reload()
    expect(desk.locator(".outcome.grey")).to_have_count(0)
    expect(desk.locator(".outcome")).to_contain_text("Uma said yes to these words")

    # A step of hers, this week; she ticks it.
    desk.get_by_label("What is to be done?").fill(STEP)
    desk.get_by_role("button", name="Keep the step").click()
    desk.get_by_text("The step is in the plan").wait_for()
    asked = uma.hears("ask_step")
    assert f"“{STEP}”" in asked.text
    uma.phone.taps_old(asked.message_id, uma.label("step_ok"))
    uma.hears("step_taken_on")
    uma.phone.types("my steps")
    tick = uma.hears("ask_tick")
    uma.phone.taps_old(tick.message_id, uma.label("step_did"))
    uma.hears("step_ticked")
    desk.reload()
    expect(desk.locator(".steps .completed")).to_contain_text("Done")

    # A promise with a day, and its answer.
    desk.get_by_text("Promise Uma an answer about this hope").click()
    hope = desk.locator("form[action$='/promises']").filter(has=desk.locator("[name=hope]"))
    hope.get_by_label("What do you find out, or do?").fill(PROMISE)
    hope.get_by_role("button", name="Promise it").click()
    desk.get_by_text("The promise is kept, and the chat says so").wait_for()
    day = today() + timedelta(days=7)
    assert f"{day:%A} {day.day} {day:%B}" in uma.hears("promise_made").text
    desk.get_by_text("End this promise").first.click()
    desk.get_by_label("The answer, or why it could not be").fill(KEPT)
    desk.locator("form[action*='/promises/']").get_by_role("button").click()
    desk.get_by_text("The promise has ended").wait_for()
    assert f"“{KEPT}”" in uma.hears("promise_kept").text

    is_in_the_plan(house, a_window(browser), uma)
    with house.store.reading() as session:
        outcome = session.scalars(select(Outcome).where(Outcome.person_id == person.id)).one()
        step = session.scalars(select(Step).where(Step.person_id == person.id)).one()
        promise = session.scalars(select(Promise).where(Promise.person_id == person.id)).one()
        hope_status = session.get_one(Aspiration, outcome.aspiration_id).status
    assert (outcome.status, step.status, promise.status) == ("active", "completed", "kept")
    assert hope_status == "active"
    desk.context.close()
