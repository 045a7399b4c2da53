"""From a file of options to what a young person thinks of one: every process real, in a browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from plan_store.tables import OptionAnswer
from tests.at_a_desk import sets_up_the_app
from tests.journeys.conftest import Somebody, a_window
from tests.journeys.whole_house import House
from tests.journeys.young_person import literal
from tests.review.brokering import EXAMPLE

pytestmark = pytest.mark.needs("chromium")

NAME, EMAIL, PASSWORD = "Nell", "nell@example.org", "three small words"


def talks_through_a_chapter(house: House, page: Page, somebody: Somebody, name: str) -> None:
    """On the chat's page: a name, a hope, and who may see it."""
    young = somebody(name)
    page.goto(f"{house.chat}/i/{house.asks('plan_store.inviting', 'new', '--plain')}")
    page.get_by_role("button", name=young.library.text("page_start"), exact=True).click()
    for said in young.chapter:
        if said.tapped:
            page.get_by_role("button", name=said.what, exact=True).click()
        else:
            page.get_by_label(young.library.text("page_words")).fill(said.what)
            page.get_by_role("button", name=young.library.text("page_send"), exact=True).click()
        expect(page.locator(".log")).to_contain_text(
            " ".join(literal(young.library, said.then).split())
        )


def comes_to_the_desk(house: House, page: Page) -> None:
    asked = ("add", "--name", NAME, "--email", EMAIL, "--role", "manager", "--plain")
    page.goto(house.desk + house.asks("review.accounts", *asked))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    sets_up_the_app(page)
    page.get_by_role("heading", name="Who waits").wait_for()


def test_from_a_file_to_what_she_thinks_of_it(
    house: House, browser: Browser, somebody: Somebody
) -> None:
    chat, desk = a_window(browser), a_window(browser)
    talks_through_a_chapter(house, chat, somebody, "Zoe")
    comes_to_the_desk(house, desk)

    # The catalogue comes from a file.
    desk.get_by_role("link", name="Options", exact=True).click()
    desk.get_by_label("The file").set_input_files(EXAMPLE)
    desk.get_by_role("button", name="Import the file").click()
    expect(desk.locator(".done")).to_contain_text("10 new, 0 changed, 0 as before.")

    # Something free is found for her hope.
    desk.get_by_role("link", name="Everybody").click()
    desk.get_by_role("link", name="Zoe").click()
    desk.get_by_role("link", name="Options and money").click()
    desk.get_by_role("link", name="Find something free").click()
    expect(desk.locator(".rows")).not_to_contain_text("A helper at work")
    desk.get_by_role("button", name=re.compile("Choose this.*Dog Walkers")).click()
    desk.get_by_role("link", name="anything else").click()
    desk.get_by_role("button", name=re.compile("Choose this.*A helper at work")).click()

    # What it costs, and what there is.
    desk.get_by_label(re.compile("Hours a week.*A helper at work")).fill("2")
    desk.get_by_role("button", name=re.compile("Keep this and see what fits")).click()
    expect(desk.locator(".hope").first).to_contain_text("£2,496 a year")
    desk.get_by_text("Say what the budget is").click()
    desk.get_by_label("Pounds a week").fill("96")
    desk.get_by_role("button", name="Keep the budget").click()
    expect(desk.locator("main")).to_contain_text("Not yet agreed")
    desk.get_by_role("button", name=re.compile("Send the options to Zoe")).click()
    expect(desk.locator(".done")).to_contain_text("The options go to the chat")

    # She likes pictures with it now, and looks at them, one at a time.
    log = chat.locator(".log")
    expect(log).to_contain_text("Nell found ideas for your hope.", timeout=30_000)
    chat.get_by_label("Type your words here").fill("show me pictures")
    chat.get_by_role("button", name="➡️ Send", exact=True).click()
    expect(log).to_contain_text("show me pictures")
    chat.get_by_label("Type your words here").fill("what can I have?")
    chat.get_by_role("button", name="➡️ Send", exact=True).click()
    expect(log).to_contain_text("Idea 1 of 2: Millbrook Dog Walkers.")
    expect(log).to_contain_text("It is free.")
    chat.get_by_role("button", name="I like it").click()
    expect(log).to_contain_text("Idea 2 of 2: A helper at work.")
    chat.get_by_role("button", name="I like it").click()
    expect(log).to_contain_text("Nobody has said yes to the money yet.")
    blocks = chat.get_by_role("img", name="Ten blocks are your money: 5 are full and 5 are empty.")
    expect(blocks).to_be_visible()
    chat.wait_for_function("picture => picture.naturalWidth > 0", arg=blocks.element_handle())
    expect(log).not_to_contain_text("£")

    # And the desk shows it, with how it was said.
    desk.reload()
    expect(desk.locator(".option").first).to_contain_text("Zoe likes it")
    expect(desk.locator(".option").first).to_contain_text("Chosen with a button")
    with house.store.reading() as session:
        kept = session.scalars(select(OptionAnswer).order_by(OptionAnswer.id)).all()
    assert [(row.choice, row.how) for row in kept] == [("like", "tapped")] * 2
    chat.context.close()
    desk.context.close()
