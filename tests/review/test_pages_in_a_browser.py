"""The desk in a real browser: axe finds nothing, nothing scrolls sideways, a keyboard is enough."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from plan_store.becoming_sixteen import month_of
from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.roles import EVERY_ROLE
from plan_store.tables import Agreement, ComingOfAge, Facilitator, Place, now
from tests.at_a_desk import gives_code, gives_password, sets_up_the_app
from tests.authenticator import Authenticator
from tests.review.conftest import CHEAP, PASSWORD
from tests.review.in_a_browser import Walk
from tests.review.people import (
    agrees,
    asks_for_a_person,
    begins_a_hope,
    hopes,
    is_in_danger,
    is_not_understood,
    says,
    somebody,
)

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]


@pytest.fixture
def people(store: Store) -> dict[str, str]:
    """A little of everything, long names and hurried spelling too."""
    with store.writing() as session:
        make_account(session, new_desk_key(session, EVERY_ROLE), "Ann", "ann@example.org", CHEAP)
    sam, dee = somebody(store, "Sam"), somebody(store, "Mia-Louise Featherstonehaugh-Ramanathan")
    hope = begins_a_hope(store, sam)
    says(store, hope, "hope", "I want to work with animals")
    says(store, hope, "hope", "I want to work with dogs.\nBig ones.")
    voice = {"kind": "voice", "media_type": "audio/ogg", "file": "v.ogg", "state": "kept"}
    says(store, hope, "help", "", how="spoken", kind="said", attachment=voice)
    agrees(store, hope, "family")
    hopes(store, sam, "a secret", "me")
    asks_for_a_person(store, sam)
    is_not_understood(store, sam, "nxtmeetin" * 12)
    is_in_danger(store, dee, "I cut myself")
    somebody(store, None)
    kit = somebody(store, "Kit")
    hopes(store, kit, "a flat", "family")
    with store.writing() as session:
        ann = session.scalars(select(Facilitator.id)).one()
        session.get_one(Place, kit).serial = 3
        session.add_all(
            [
                ComingOfAge(person_id=kit, month=month_of(now())),
                Agreement(
                    person_id=kit,
                    name="Joan Featherstonehaugh-Ramanathan",
                    relation="foster carer",
                    how="in_writing",
                    agreed_on=now().date(),
                    noted_by=ann,
                ),
            ]
        )
    return {"sam": sam, "dee": dee, "kit": kit}


def test_every_page_is_accessible(
    walk: Walk, address: str, people: dict[str, str], store: Store
) -> None:
    with store.writing() as session:
        key = new_desk_key(session)
    page, look, press = walk.page, walk.look, walk.press
    page.goto(f"{address}/first/{key}")
    look()
    press("Make the account")
    look("account")
    page.goto(f"{address}/sign-in")
    gives_password(page, "ann@example.org", "not this one here")
    look("sign-in")
    gives_password(page, "ann@example.org", PASSWORD)
    page.get_by_text("No camera?").click()
    look("set-up")
    page.get_by_label("The 6 digits").fill("000000")
    press("Set it up")
    look()
    app = Authenticator(page.locator("#factor-key").text_content() or "")
    page.get_by_label("The 6 digits").fill(app.code())
    press("Set it up")
    look("recovery")
    page.goto(f"{address}/")
    press("Sign out")
    gives_password(page, "ann@example.org", PASSWORD)
    page.wait_for_url("**/sign-in/code")
    press("Sign in")
    look("code")
    gives_code(page, app)
    for path in (
        "/",
        "/people",
        f"/people/{people['sam']}",
        f"/people/{people['dee']}",
        "/invite",
        "/alerts",
        "/accounts",
        "/my-account",
        "/?q=nobody+is+called+this",
        "/people?show=late",
        "/no-such-page",
    ):
        page.goto(address + path)
        look(path.strip("/").partition("/")[0].partition("&")[0].replace("?", "-") or "morning")
    page.goto(f"{address}/invite")
    press("Go on")
    look("invite-wrong")
    page.get_by_label("No, under 16").check()
    press("Go on")
    look("agreed")
    page.get_by_label("Name of the parent or carer").fill("Joan Marmalade")
    press("Make an invite")
    look("agreed-wrong")
    assert page.title().startswith("Error:")
    page.get_by_label("In which month").select_option(index=2)
    page.get_by_label("Who they are to the young person").fill("mother")
    page.get_by_label("By phone").check()
    page.get_by_label("On which day?").fill(now().date().isoformat())
    press("Make an invite")
    page.get_by_role("heading", level=1, name="Your invite").wait_for()
    look("invited")
    page.goto(f"{address}/accounts")
    page.get_by_text("Change the account of").first.click()
    press("Add the account")
    look("accounts-wrong")
    page.get_by_label("Name", exact=True).fill("Bob")
    page.get_by_label("E-mail").fill("bob@example.org")
    press("Add the account")
    look("accounts-added")

    page.goto(f"{address}/alerts")
    press("Start a drill")
    look()
    assert page.title().startswith("DRILL")
    press("I have seen this drill")
    page.get_by_text("What happened so far, and when").first.click()
    look()
    press(page.get_by_role("button", name="End the drill").first)
    look()

    page.goto(f"{address}/people/{people['sam']}")
    page.get_by_role("link", name="See the moment").first.click()
    page.get_by_role("heading", level=1, name="The moment in the conversation").wait_for()
    look("moment")
    page.go_back()
    look("sam")
    press(page.locator("#form-general button"))
    look()
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    page.get_by_role("link", name="Write something first").click()
    page.keyboard.type("Hello Sam.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*?sent=*")
    look()
    assert page.title().startswith("Sent:")

    page.goto(f"{address}/people/{people['kit']}")
    look("under-16")
    press("Kit is 16 now")
    look("sixteen")
    page.get_by_text("Note whether Kit can make one decision").click()
    press("Keep this note")
    look("decision-wrong")
    assert page.title().startswith("Error:")
    page.get_by_label("Which decision?").fill("To move to a flat of my own")
    page.get_by_label("What was done to help").fill("Three visits, and pictures of both places.")
    page.get_by_label("They could not decide this").check()
    page.get_by_label("What showed it?").fill("Asked what is different, Kit could not keep it.")
    page.get_by_label("On which day?").fill(now().date().isoformat())
    again = (now() + timedelta(days=90)).date().isoformat()
    page.get_by_label("When is it looked at again?").fill(again)
    press("Keep this note")
    look("decision")
    page.goto(f"{address}/people/{people['dee']}/forget")
    look("forget")
    press("for good")
    look("forget-wrong")
    page.get_by_label("The young person asked for it").check()
    page.get_by_label("I have read what goes").check()
    press("for good")
    page.get_by_role("heading", level=1, name="Forgotten people").wait_for()
    look("forgotten")
    page.goto(f"{address}/alerts")
    look("alerts-forgotten")


def test_the_way_of_an_answer_with_a_keyboard_and_no_script(
    browser: Browser, address: str, people: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    page.goto(f"{address}/people/{people['sam']}")
    press("Tab", "Enter")  # skip link
    press("Tab")
    page.keyboard.type("ann@example.org")
    press("Tab")
    page.keyboard.type(PASSWORD)
    press("Enter")
    sets_up_the_app(page)
    page.wait_for_url(f"{address}/people/{people['sam']}")
    page.get_by_label("Your answer about this hope").focus()
    page.keyboard.type("Which dogs do you like?")
    press("Tab", "Enter")
    page.wait_for_url("**/*?sent=*")
    assert "Waiting to be sent to the chat." in (page.locator(".done").text_content() or "")
    assert "Which dogs do you like?" in (page.locator(".answers").text_content() or "")
    context.close()


def test_at_400_percent_nothing_scrolls_sideways(
    browser: Browser, address: str, people: dict[str, str]
) -> None:
    # 1280 pixels wide at 400 % are 320 of the page's own.
    context = browser.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    gives_password(page, "ann@example.org", PASSWORD)
    sets_up_the_app(page)
    for path in ("/", f"/people/{people['sam']}", f"/people/{people['dee']}"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
