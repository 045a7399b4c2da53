"""A shared device in a real Chromium: by keyboard, without script, with "Back", in two windows."""

import pytest
from playwright.async_api import Browser, Page, expect

from bot.opening_the_door import Door
from plan_store.inviting import new_invite
from tests.bot.web.beside_the_page import texts
from tests.bot.web.in_a_browser import Tablet, a_tablet

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]
TABS = 40


async def tabs_and_presses(page: Page, label: str, leads: bool = True) -> None:
    """Press Tab until what has this label has the focus, look that it is seen, and press it.

    `leads`: to another page, which is waited for."""
    for _ in range(TABS):
        await page.keyboard.press("Tab")
        text, ring, seen = await page.evaluate(
            """() => {
                const node = document.activeElement, box = node.getBoundingClientRect();
                const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return [node.textContent.trim().replace(/\\s+/g, " "),
                    getComputedStyle(node).outlineStyle, node.contains(at)];
            }"""
        )
        if text.endswith(label):
            assert [ring, seen] == ["solid", True], label
            if leads:
                async with page.expect_navigation():
                    await page.keyboard.press("Enter")
            else:
                await page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never comes to {label}")


async def chooses(tablet: Tablet, *pictures: str) -> None:
    """Choose these secret pictures by tapping."""
    await tablet.page.goto(f"{tablet.address}/device/secret")
    for step, picture in enumerate(pictures, start=1):
        await tablet.page.get_by_text(f"Picture {step} of 3.").wait_for()
        await tablet.page.get_by_role("button", name=picture).click()
    await tablet.page.get_by_role("button", name="Keep these").click()
    await tablet.page.get_by_text("I kept your secret pictures.").wait_for()
    await tablet.page.get_by_role("link", name="Go to my chat").click()
    await tablet.page.get_by_label("Type your words here").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
async def test_two_people_by_keyboard_alone(
    browser: Browser, address: str, door: Door, script: bool
) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=script) as tablet:
        page = tablet.page
        await tablet.comes_in()
        await tablet.says("Sam")
        await tablet.shows("Is that OK?")
        await tabs_and_presses(page, "My chat here")
        await tabs_and_presses(page, "Choose pictures")
        for picture in ("Cat", "Moon", "Cat"):
            await tabs_and_presses(page, picture)
        await expect(page.locator(".three li")).to_have_text(["Cat", "Moon", "Cat"])
        await tabs_and_presses(page, "Keep these")
        await tabs_and_presses(page, "Leave")
        await expect(page).to_have_title("Who are you? – My Way")
        await tabs_and_presses(page, "I am somebody else", leads=False)
        code = await door.in_store.write(lambda session: new_invite(session, "test"))
        await page.keyboard.press("Tab")
        await page.keyboard.type(code)
        await page.keyboard.press("Enter")
        await expect(page).to_have_title("Picture 1 of 3. Choose three secret pictures – My Way")
        await tabs_and_presses(page, "Not now")
        await tablet.shows("What do you want to be called?")
        await tabs_and_presses(page, "Leave")
        await tabs_and_presses(page, "Leave without them")
        await tabs_and_presses(page, "Sam")
        for step, picture in enumerate(("Cat", "Moon", "Cat"), start=1):
            await expect(page).to_have_title(
                f"Picture {step} of 3. Tap your secret pictures. – My Way"
            )
            await tabs_and_presses(page, picture)
        await tablet.shows("Is that OK?")
        await expect(page.locator(".log")).to_contain_text("Hello Sam.")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
async def test_back_after_leaving_shows_nothing(
    browser: Browser, address: str, door: Door, script: bool
) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=script) as tablet:
        await tablet.comes_in()
        await tablet.says("a name nobody else may see")
        await tablet.shows("Is that OK?")
        await chooses(tablet, "Cat", "Moon", "Cat")
        await tablet.page.get_by_role("button", name="Leave").click()
        await tablet.page.get_by_role("heading", name="Who are you?").wait_for()
        for _ in range(4):
            await tablet.page.go_back()
            await expect(tablet.page.get_by_label("Type your words here")).not_to_be_visible()
            await expect(tablet.page.get_by_text("At first, only you can see")).not_to_be_visible()
            await expect(tablet.page.locator(".three")).not_to_be_visible()
        tablet.troubles.clear()


async def test_leaving_empties_the_other_window_too(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        await tablet.says("Sam")
        await tablet.shows("Is that OK?")
        await chooses(tablet, "Cat", "Moon", "Cat")
        other = await tablet.page.context.new_page()
        await other.goto(address)
        await other.get_by_label("Type your words here").fill("half a sent")
        await tablet.page.get_by_label("Type your words here").fill("what I was going to say")
        await tablet.page.get_by_role("button", name="Leave").click()
        await tablet.page.get_by_role("heading", name="Who are you?").wait_for()
        await other.bring_to_front()
        await other.get_by_role("heading", name="Who are you?").wait_for()
        assert await other.evaluate("sessionStorage.length + localStorage.length") == 0
        await other.close()
        await tablet.page.get_by_role("button", name="Sam").click()
        for picture in ("Cat", "Moon", "Cat"):
            await tablet.page.get_by_role("button", name=picture).click()
        box = tablet.page.get_by_label("Type your words here")
        await expect(box).to_have_value("what I was going to say")
        await tablet.page.get_by_role("button", name="➡️ Send", exact=True).click()
        await tablet.shows("what I was going to say")
        await tablet.page.reload()
        await expect(box).to_have_value("")
        assert await texts(door) == ["Sam", "what I was going to say"]
        tablet.troubles.clear()


async def test_words_not_sent_yet_outlive_a_reload(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        box = tablet.page.get_by_label("Type your words here")
        await box.press_sequentially("I am still typ")
        await tablet.page.reload()
        await expect(box).to_have_value("I am still typ")
        await tablet.page.get_by_role("button", name="➡️ Send", exact=True).click()
        await tablet.shows("I am still typ")
        await expect(box).to_have_value("")
        await tablet.page.reload()
        await expect(box).to_have_value("")
