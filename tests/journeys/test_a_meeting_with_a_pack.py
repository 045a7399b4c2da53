"""A meeting is planned, a pack is made for it, shown and taken back; and were they heard?"""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from plan_store.meeting_up import LASTS, ask_how_it_was
from plan_store.tables import Meeting, Person, now
from plan_store.the_time_here import here, today
from tests.journeys.at_the_desk import comes_too
from tests.journeys.conftest import Somebody, a_window
from tests.journeys.test_something_is_found import talks_through_a_chapter
from tests.journeys.whole_house import House
from tests.review.in_a_browser import check

pytestmark = pytest.mark.needs("chromium")


def test_from_a_meeting_to_whether_they_were_heard(
    house: House, browser: Browser, somebody: Somebody
) -> None:
    chat, desk = a_window(browser), a_window(browser)
    talks_through_a_chapter(house, chat, somebody, "Pia")
    log = chat.locator(".log")

    def says(words: str, then: str) -> None:
        chat.get_by_label("Type your words here").fill(words)
        chat.get_by_role("button", name="➡️ Send", exact=True).click()
        expect(log.locator(".message").last).to_contain_text(then)

    def taps(label: str, then: str) -> None:
        chat.get_by_role("button", name=label).last.click()
        expect(log.locator(".message").last).to_contain_text(then)

    comes_too(house, desk, "Petra")
    desk.get_by_role("link", name="Everybody").click()
    desk.get_by_role("link", name="Pia").click()
    desk.get_by_role("link", name="Meetings").click()
    day = (today() + timedelta(days=6)).isoformat()
    desk.get_by_label("Day").fill(day)
    desk.get_by_label("Time").fill("14:30")
    desk.get_by_label("Where").fill("Millbrook Library")
    desk.get_by_role("button", name="Plan the meeting").click()
    expect(desk.get_by_role("status")).to_contain_text("The meeting is planned, and Pia is told")
    expect(desk.locator("article")).to_contain_text("Pia has no pack for this meeting.")

    # In the chat: what helps, and the pack; each thing is asked about by itself.
    expect(log).to_contain_text("You have a meeting with Petra.", timeout=30_000)
    taps("What helps me", "Question 1 of 5.")
    taps("Take me there", "Question 2 of 5.")
    for number in (3, 4, 5):
        says("skip", f"Question {number} of 5.")
    says("my sister Jo", "Do you want to make a pack?")
    taps("Yes, make it", "Pia, want to work with dogs")
    taps("Yes, show it", "Your pack has one hope.")
    taps("It is right", "What would you like to do now?")

    desk.reload()
    desk.get_by_role("link", name="The pack of Pia").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("My pack")
    expect(desk.locator("blockquote")).to_contain_text("Pia, want to work with dogs")
    expect(desk.locator(".facts")).to_contain_text("my sister Jo")
    check(desk)

    # One tap takes it back, and then it is not there any more.
    says("my meeting", "Your pack has one hope.")
    taps("Take it back", "What would you like to do now?")
    desk.reload()
    expect(desk.locator("main")).to_contain_text("There is nothing in it.")

    with house.store.writing() as session:
        (pia,) = (each for each in session.scalars(select(Person)) if each.called == "Pia")
        meeting = session.scalars(select(Meeting).where(Meeting.person_id == pia.id)).one()
        noon = here().replace(hour=12, minute=0)
        meeting.begins_at = min(noon, now()) - LASTS - timedelta(hours=1)
        ask_how_it_was(session, noon)
    expect(log.locator(".message").last).to_contain_text("Did they hear you?", timeout=30_000)
    taps("Yes, they did", "Good. I tell Petra.")
    desk.get_by_role("link", name="Back to the meetings with Pia").click()
    expect(desk.locator("article")).to_contain_text("Did they hear you? 😀 Yes, they were heard")
    chat.context.close()
    desk.context.close()
