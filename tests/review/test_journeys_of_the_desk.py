"""Journeys through the desk in a real browser, on the store of `./myway demo`.

Which part of the desk each of them walks, and which others there are: docs/journeys-of-the-desk.md.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from plan_store.second_factor import TRIES
from plan_store.tables import Answer
from plan_store.tokens import make_token
from review.demonstrating.__main__ import PASSWORD
from tests.at_a_desk import gives_password
from tests.review.in_a_browser import Walk, check
from tests.review.packing import DOGS, a_hope_with_everything
from tests.review.people import agrees, says, somebody
from tests.review.test_a_pack_in_a_browser import LOADS
from tests.review.the_demonstration import (
    BOB,
    CY,
    DOT,
    OpenDesk,
    Window,
    comes_in,
    council,
    desk_of_the_demo,
    window,
)

__all__ = ["council", "desk_of_the_demo", "window"]
pytestmark = pytest.mark.needs("chromium")
NEW = "three other words"


def test_a_demonstration_is_a_living_desk(desk_of_the_demo: OpenDesk, window: Window) -> None:
    page = comes_in(desk_of_the_demo, window())
    alert = page.locator(".queue.alert")
    expect(alert).to_contain_text("Mo (invented)")
    expect(page.locator("#list")).to_contain_text("Taj (invented)")
    check(page)
    # Two clicks from the morning to what is to be done.
    page.get_by_role("link", name="Sam (invented)").first.click()
    expect(page.locator("blockquote").first).to_be_visible()
    page.get_by_role("link", name="Options and money").click()
    expect(page.locator("main")).to_contain_text("Millbrook Dog Walkers")
    check(page)


def test_searched_and_filtered_in_the_morning(desk_of_the_demo: OpenDesk, window: Window) -> None:
    page = comes_in(desk_of_the_demo, window())
    page.goto("/people")
    page.get_by_label("Name").first.fill("lily")
    page.keyboard.press("Enter")
    expect(page.locator(".rows h2")).to_have_text(["Lily-Rose (invented)"])
    page.goto("/?show=alert")
    expect(page.locator(".rows h3").first).to_have_text("Mo (invented)")
    expect(page.locator("#list")).not_to_contain_text("Taj (invented)")


def changes_password(page: Page, old: str, new: str) -> None:
    page.get_by_label("Your password now").fill(old)
    for label in ("The new password", "The new password again"):
        page.get_by_label(label, exact=True).fill(new)
    page.get_by_role("button", name="Change the password").click()


def test_sign_ins_are_ended_and_a_password_is_changed(
    desk_of_the_demo: OpenDesk, window: Window
) -> None:
    here, phone = comes_in(desk_of_the_demo, window(), BOB), window()
    comes_in(desk_of_the_demo, phone, BOB)
    here.goto("/my-account")
    here.get_by_role("button", name=re.compile("^End it")).click()
    phone.reload()
    expect(phone).to_have_title(re.compile("^Sign in"))
    comes_in(desk_of_the_demo, phone, BOB)
    changes_password(here, "not this one", NEW)
    expect(here).to_have_title(re.compile("^Error"))
    check(here)
    changes_password(here, PASSWORD, NEW)
    expect(here.get_by_role("status")).to_contain_text("Everywhere else you are signed out.")
    check(here)
    phone.reload()
    expect(phone).to_have_title(re.compile("^Sign in"))
    comes_in(desk_of_the_demo, phone, BOB, NEW)
    # As it was, for whoever comes next.
    phone.goto("/my-account")
    changes_password(phone, NEW, PASSWORD)
    expect(phone.get_by_role("status")).to_contain_text("Your password is changed")


def test_a_facilitator_sees_the_people_they_work_with(
    desk_of_the_demo: OpenDesk, window: Window
) -> None:
    page = comes_in(desk_of_the_demo, window(), BOB)
    page.goto("/people")
    expect(page.locator("main")).to_contain_text("Kit (invented)")
    expect(page.locator("main")).not_to_contain_text("Sam (invented)")
    answer = page.goto(f"/people/{desk_of_the_demo.person('Sam')}")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).not_to_contain_text("Sam")


def test_guessing_makes_an_account_rest(desk_of_the_demo: OpenDesk, window: Window) -> None:
    page = window()
    page.goto("/sign-in")
    for number in range(TRIES):
        gives_password(page, DOT, f"a wrong guess {number}")
        page.get_by_role("alert").wait_for()
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    check(page)


def test_a_council_signs_somebody_in(desk_of_the_demo: OpenDesk, window: Window) -> None:
    page = window()
    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with Test Council").click()
    page.get_by_role("heading", name="Who waits").wait_for()
    page.goto("/my-account")
    expect(page.locator("main")).to_contain_text(CY)
    expect(page.get_by_role("heading", name="Password", exact=True)).to_have_count(0)


def test_their_own_words_first_seen_heard_and_never_overwritten(
    desk_of_the_demo: OpenDesk, window: Window
) -> None:
    store = desk_of_the_demo.store
    uma = somebody(store, "Uma")
    hope = a_hope_with_everything(store, uma)
    page = comes_in(desk_of_the_demo, window())
    page.goto(f"/people/{uma}")
    expect(page.locator("blockquote").first).to_have_text(DOGS)
    image = page.get_by_role("img", name="A photo that Uma sent")
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.naturalWidth === 640", arg=image.element_handle())
    assert page.get_by_label("Voice message from Uma").evaluate(LOADS) > 0
    page.get_by_role("link", name="See the moment").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The moment in the conversation")
    says(store, hope, "hope", "I want to work with cats")
    agrees(store, hope)
    page.goto(f"/people/{uma}")
    expect(page.locator("blockquote").first).to_have_text("I want to work with cats")
    page.get_by_text("What I said and wanted before").first.click()
    expect(page.get_by_text(DOGS)).to_be_visible()
    page.get_by_text("Write a note").click()
    page.get_by_label("Your note, for the people who work with Uma").fill("Uma likes mornings.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".notes")).to_contain_text("Uma likes mornings.")
    check(page)


def test_two_at_once_and_a_double_click(desk_of_the_demo: OpenDesk, window: Window) -> None:
    store = desk_of_the_demo.store
    zed = somebody(store, "Zed")
    hope = a_hope_with_everything(store, zed)
    first, second = comes_in(desk_of_the_demo, window()), window()
    second.goto("/sign-in")
    second.get_by_role("link", name="Sign in with Test Council").click()
    second.get_by_role("heading", name="Who waits").wait_for()
    for page in (first, second):
        page.goto(f"/people/{zed}")
        page.get_by_label("Your answer about this hope").fill(f"Hello from {page is first}")
    first.get_by_role("button", name="Send to Zed").first.dblclick()
    first.wait_for_url("**/*?sent=*")
    second.get_by_role("button", name="Send to Zed").first.click()
    expect(second.locator(".happened")).to_contain_text("Ann Marsh")
    expect(second.get_by_label("Your answer about this hope")).to_have_value("Hello from False")
    check(second)
    with store.reading() as session:
        given = session.scalars(select(Answer).where(Answer.aspiration_id == hope)).all()
    assert [each.words for each in given] == ["Hello from True"]


FILES = {
    "pdf": b"%PDF", "docx": b"PK", "ehc": b"PK", "ehc-pdf": b"%PDF", "prsb": b"PK",
    "prsb-pdf": b"%PDF", "fhir": b"{", "csv": b"\xef\xbb\xbf", "json": b"{",
}  # fmt: skip


@pytest.mark.needs("pango")
def test_a_plan_goes_out_in_each_format_and_by_the_api(
    desk_of_the_demo: OpenDesk, window: Window
) -> None:
    page = comes_in(desk_of_the_demo, window())
    sam = desk_of_the_demo.person("Sam")
    page.goto(f"/people/{sam}")
    page.get_by_role("link", name="Take the plan out").click()
    check(page)
    for called, begins in FILES.items():
        with page.expect_download() as downloaded:
            page.locator(f"a[href$='/going-out/{called}']").click()
        file = Path(downloaded.value.path())
        assert file.read_bytes().startswith(begins), called
        assert "Sam" not in downloaded.value.suggested_filename
    with desk_of_the_demo.store.writing() as session:
        token = make_token(session, 1, "The council's system", ["people:read"], 1)
    header = {"authorization": f"Bearer {token}"}
    answer = page.request.get("/api/v1/people", headers=header)
    assert answer.status == 200
    assert sam in answer.text()
    assert page.request.get("/api/v1/people", headers={"cookie": ""}).status == 401


def test_charts_each_with_its_table(desk_of_the_demo: OpenDesk, window: Window) -> None:
    page = comes_in(desk_of_the_demo, window())
    page.goto("/outcomes")
    charts = page.locator("main img")
    expect(charts).to_have_count(2)
    for chart in charts.all():
        chart.scroll_into_view_if_needed()
        page.wait_for_function("image => image.naturalWidth > 0", arg=chart.element_handle())
    expect(page.locator("main table")).to_have_count(2)
    Walk(page).look("outcomes")
