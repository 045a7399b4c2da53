"""A facilitator's morning in a real browser: it keeps itself fresh, and needs no mouse."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from plan_store.opening import Store
from plan_store.tables import Call, DeskSession, Person, now
from review.settings import ReviewSettings
from tests.at_a_desk import gives_password, sets_up_the_app
from tests.review.conftest import PASSWORD, account
from tests.review.in_a_browser import check, keep_picture
from tests.review.people import asks_for_a_person, hopes, is_in_danger, somebody
from tests.review.test_the_morning import days_ago

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]


@pytest.fixture
def settings(settings: ReviewSettings) -> ReviewSettings:
    """A page that asks each second."""
    settings.desk_looks_every = 1
    return settings


@pytest.fixture
def desk_open(browser: Browser, address: str, store: Store) -> Iterator[Page]:
    account(store, "Ann", "facilitator", "manager")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto("/")
    gives_password(page, "ann@example.org", PASSWORD)
    sets_up_the_app(page)
    yield page
    context.close()


def test_what_comes_in_is_there_without_loading_the_page_again(
    desk_open: Page, store: Store
) -> None:
    page = desk_open
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    expect(page.locator("#list")).to_contain_text("Nobody waits for you now.")
    page.evaluate("window.stayed = true")

    sam = somebody(store, "Sam")
    asks_for_a_person(store, sam)
    row = page.get_by_role("link", name="Sam")
    expect(row).to_be_visible()
    expect(page).to_have_title("Who waits (1) – My Way desk")
    expect(page.locator("#news")).to_have_text("The list has changed. 1 waits.")

    row.focus()
    dee = somebody(store, "Dee")
    is_in_danger(store, dee, "I cut myself")
    expect(page.locator(".queue").first.get_by_role("link")).to_have_text("Dee")
    # Whoever was about to open somebody still is.
    expect(row).to_be_focused()
    assert page.evaluate("window.stayed")
    check(page)
    assert refused == []


def test_a_page_left_open_keeps_nobody_signed_in(desk_open: Page, store: Store) -> None:
    with store.writing() as session:
        session.execute(update(DeskSession).values(ended_at=now()))
    desk_open.wait_for_url("**/sign-in")


def test_a_desk_that_is_away_is_said(desk_open: Page, store: Store) -> None:
    desk_open.route("**/news?*", lambda route: route.abort())
    expect(desk_open.get_by_text("It cannot reach the desk now")).to_be_visible()
    check(desk_open)
    desk_open.unroute("**/news?*")
    expect(desk_open.get_by_text("It cannot reach the desk now")).to_be_hidden()


def test_the_keyboard_is_enough_and_its_shortcuts_can_be_switched_off(
    desk_open: Page, store: Store
) -> None:
    page = desk_open
    for name in ("Amir", "Bea", "Cleo"):
        hopes(store, somebody(store, name), "I want to swim")
    page.reload()
    names = page.locator(".to-person")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(names.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*")
    page.get_by_label("Your answer about this hope").focus()
    page.keyboard.type("jew")
    expect(page.get_by_label("Your answer about this hope")).to_have_value("jew")
    page.get_by_role("link", name="My Way desk").focus()
    page.keyboard.press("e")
    page.wait_for_url("**/people")
    page.keyboard.press("/")
    page.keyboard.type("cleo")
    page.keyboard.press("Enter")
    expect(page.locator(".to-person")).to_have_text(["Cleo"])
    check(page)
    page.get_by_role("link", name="Show all").focus()
    page.keyboard.press("?")
    page.wait_for_url("**/my-account#keys")
    page.get_by_role("button", name="Switch shortcuts off").click()
    page.get_by_role("button", name="Switch shortcuts on").focus()
    page.keyboard.press("e")
    page.goto("/")
    page.get_by_text("Keyboard shortcuts (off)").click()
    page.keyboard.press("a")
    check(page)
    expect(page).to_have_url(re.compile(r"/$"))


def test_without_script_the_morning_page_works(
    desk_open: Page, browser: Browser, address: str, store: Store
) -> None:
    kept = desk_open.context.storage_state()
    context = browser.new_context(java_script_enabled=False, base_url=address, storage_state=kept)
    page = context.new_page()
    page.goto("/")
    sam = somebody(store, "Sam")
    asks_for_a_person(store, sam)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("link", name="Sam")).to_be_visible()
    expect(page.get_by_text("This page looks by itself.")).to_be_hidden()
    page.get_by_label("Show").select_option("With an alert")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#list")).to_contain_text("Nobody who waits fits what you look for.")
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_full_morning_looks_right(desk_open: Page, store: Store, width: int) -> None:
    page = desk_open
    for name in ("Amir", "Bea", "Cleo"):
        hopes(store, somebody(store, name), "I want to swim")
    late, dee = somebody(store, "Late Lee"), somebody(store, "Dee")
    asks_for_a_person(store, late)
    is_in_danger(store, dee, "I cut myself")
    with store.writing() as session:
        session.execute(update(Call).values(at=days_ago(3)))
        session.execute(update(Person).values(slow=True, listens=True, pictures=False))
    page.set_viewport_size({"width": width, "height": 900})
    page.reload()
    check(page)
    headings = page.locator(".queue h2").all_inner_texts()
    assert [each.split("\n")[0].rsplit(" ", 1)[0] for each in headings] == [
        "Safeguarding alerts",
        "Late",
        "Your turn",
    ]
    keep_picture(page, f"full-morning-{width}")
    page.get_by_role("link", name="Amir").click()
    page.get_by_role("heading", level=1, name="Amir").wait_for()
    check(page)
    keep_picture(page, f"full-person-{width}")
