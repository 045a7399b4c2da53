"""A person is one tap away on every phone, lying down, and enlarged; and the answers come soon."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from bot.opening_the_door import Door
from tests.bot.web.in_a_browser import Tablet, a_tablet

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]

SIZES = {
    "320": (320, 640),
    "360": (360, 780),
    "375": (375, 667),
    "384": (384, 800),
    "390": (390, 844),
    "lying": (640, 360),
    "lying-low": (667, 300),
    "400-percent": (320, 256),
    "400-percent-low": (320, 180),
}
# The stop that has the focus, where it lies wholly under what stays at the top, or off the screen.
UNDER = """() => {
    const stop = document.activeElement, bar = document.querySelector(".always");
    if (stop === document.body || bar.contains(stop) || stop.matches(".skip")) return null;
    const at = stop.getBoundingClientRect(), stays = bar.getBoundingClientRect();
    const under = at.top >= stays.top - 1 && at.bottom <= stays.bottom + 1;
    return under || at.bottom <= 0 || at.top >= innerHeight ? stop.outerHTML.slice(0, 90) : null;
}"""
SETTLED = ("OK", "With pictures", "I read it myself", "Just like this", "on my own")


async def to_the_read_back(tablet: Tablet) -> None:
    """A chapter, up to a question with answers."""
    await tablet.comes_in()
    await tablet.says("Sam")
    await tablet.shows("Is that OK?")
    for label in SETTLED:
        await tablet.taps(label)
    await tablet.shows("Question 1 of 5.")


async def a_person_is_one_tap_away(page: Page) -> None:
    """The whole button is on the screen, is what is hit there, and is big enough."""
    button = page.get_by_role("button", name="Ask a person")
    await expect(button).to_be_in_viewport(ratio=1)
    box = await button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert await button.evaluate(
        """(node) => {
            const at = node.getBoundingClientRect();
            const hit = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
            return node === hit || node.contains(hit);
        }"""
    )


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
async def test_a_person_is_one_tap_away_at_every_size(
    browser: Browser, address: str, door: Door, script: bool
) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=script) as tablet:
        page = tablet.page
        await to_the_read_back(tablet)
        for number, (width, height) in enumerate(SIZES.values()):
            await page.set_viewport_size({"width": width, "height": height})
            await tablet.says(f"with my sister {number}")
            await tablet.shows(f"with my sister {number}")
            await a_person_is_one_tap_away(page)
            await page.reload()
            await a_person_is_one_tap_away(page)
            await page.evaluate("scrollTo(0, document.body.scrollHeight)")
            await a_person_is_one_tap_away(page)
            bar = await page.locator(".always").bounding_box()
            assert bar is not None
            # One row, and the words keep the most of the screen.
            assert bar["height"] <= max(66, height / 8)
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_no_stop_lies_under_what_stays_at_the_top(
    browser: Browser, address: str, door: Door, size: tuple[int, int]
) -> None:
    """WCAG 2.2, 2.4.11: what has the focus is not hidden, going down and going up."""
    async with a_tablet(browser, address, door) as tablet:
        await to_the_read_back(tablet)
        await tablet.page.set_viewport_size({"width": size[0], "height": size[1]})
        await tablet.page.locator(".past summary").click()
        hidden: list[Any] = []
        for key in ("Tab", "Shift+Tab"):
            for _ in range(40):
                await tablet.page.keyboard.press(key)
                hidden.append(await tablet.page.evaluate(UNDER))
        assert [each for each in hidden if each] == []


async def test_the_answers_come_soon_for_who_goes_from_stop_to_stop(
    browser: Browser, address: str, door: Door
) -> None:
    """However long the chat is: the messages before are one closed stop, each still read aloud."""
    async with a_tablet(browser, address, door) as tablet:
        page = tablet.page
        await to_the_read_back(tablet)
        for number in range(8):
            await tablet.says(f"and then {number}")
            await tablet.shows(f"and then {number}")
        for _ in ("as it grew", "as it is opened"):
            # The skip link, Leave, Help, a person, and the messages before.
            await page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
            stops = 0
            while not await page.evaluate("!!document.activeElement.closest('.answers, #say')"):
                await page.keyboard.press("Tab")
                stops += 1
                assert stops < 12
            assert await page.locator(".past .listen").count() > 8
            await expect(page.locator(".past .listen").first).to_be_hidden()
            await page.reload()
        await page.locator(".past summary").click()
        await expect(page.locator(".past .listen").first).to_be_visible()
        assert await page.locator(".messages .message").evaluate_all(
            "(all) => new Set(all.map((node) => node.dataset.key)).size === all.length"
        )


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
async def test_it_opens_at_what_is_new_with_the_answers_on_the_screen(
    browser: Browser, address: str, door: Door, script: bool
) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=script) as tablet:
        page = tablet.page
        await to_the_read_back(tablet)
        await tablet.says("I want to work with dogs")
        await tablet.shows("Question 2 of 5.")
        await page.goto(f"{address}/")
        await expect(page.locator("#newest")).to_be_in_viewport(ratio=1)
        await expect(page.locator(".log .symbol").last).to_be_in_viewport()
        for answer in await page.locator(".answers button").all():
            await expect(answer).to_be_in_viewport(ratio=1)
