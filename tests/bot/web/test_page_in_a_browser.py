"""The page in a real Chromium: with and without JavaScript, by keyboard, small, high contrast.

axe looks at every state; the script's own ways (no reload, news, dictation, recording) are walked.
"""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.opening_the_door import Door
from plan_store.inviting import new_invite
from tests.bot.web.beside_the_page import facilitator_writes, texts
from tests.bot.web.every_state import LOOKS, dressed, through_every_state
from tests.bot.web.in_a_browser import Tablet, a_tablet, no_violation, violations
from tests.bot.web.small_listener import SmallListener

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
async def test_a_whole_chapter(browser: Browser, address: str, door: Door, script: bool) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=script) as tablet:
        await tablet.comes_in()
        await tablet.says("Sam")
        await tablet.shows("Is that OK?")
        for label in ("OK", "With pictures", "I read it myself", "Just like this", "on my own"):
            await tablet.taps(label)
        await tablet.shows("Question 1 of 5.")
        await expect(tablet.page.locator(".log .symbol").last).to_be_visible()
        await tablet.says("I want to work with dogs")
        await tablet.shows("Question 2 of 5.")
        await expect(tablet.page.get_by_label("Type your words here")).to_have_value("")
        for label in ("Somebody with me", "With a friend", "Soon", "Very important"):
            await tablet.taps(label)
        await tablet.shows("“I want to work with dogs”")
        await tablet.taps("Yes")
        await tablet.taps("Only me")
        await tablet.shows("I kept it.")
        newest = tablet.page.locator("#newest")
        await expect(newest).to_have_count(1)
        await expect(newest).to_be_in_viewport()
        await expect(newest).to_contain_text("I kept it.")
        await expect(tablet.page.get_by_role("button", name="Ask a person")).to_be_in_viewport()
        assert await texts(door) == ["Sam", "I want to work with dogs"]


# What is scrolled half under the bar that stays is no small target: it is scrolled out, as a hand
# or the tab key does.
OUT_FROM_UNDER_THE_BAR = """() => {
    const older = document.querySelector(".past > summary")?.getBoundingClientRect();
    const bar = document.querySelector(".always")?.getBoundingClientRect();
    if (older && bar && older.top < bar.bottom && older.bottom > 0) {
        window.scrollBy(0, older.top - bar.bottom - 8);
    }
}"""
# 44 pixels each way; what only a screen reader meets, or only with the focus, is no target.
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, input, textarea, summary")]
    .filter((node) => node.checkVisibility() && !node.matches(".skip, [type=hidden], .bubble a"))
    .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
    .filter(([_, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"""


async def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, door: Door) -> None:
    found: list[str] = []
    async with a_tablet(browser, address, door) as tablet:

        async def look(state: str) -> None:
            for how in LOOKS:
                await dressed(tablet, how)
                await tablet.page.evaluate(OUT_FROM_UNDER_THE_BAR)
                # What is there is the same in every dress; colours and widths are not.
                only = None if how == "phone" else ["color-contrast", "target-size"]
                found.extend(f"{state}, {how}: {each}" for each in await violations(tablet, only))
                if small := await tablet.page.evaluate(SMALL_TARGETS):
                    found.append(f"{state}, {how}: too small to hit: {small}")
                wide = "document.documentElement.scrollWidth - innerWidth"
                if await tablet.page.evaluate(wide) > 0:
                    found.append(f"{state}, {how}: wider than the window")
            await dressed(tablet, "phone")

        await through_every_state(tablet, look)
    assert found == []


async def test_every_target_is_big_and_every_letter_too(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        await tablet.says("Sam")
        await tablet.shows("Is that OK?")
        await tablet.page.get_by_text("📎 Picture or voice").click()
        small = await tablet.page.evaluate(
            """() => [...document.querySelectorAll("button, a, input, textarea, summary")]
                .filter((node) => node.checkVisibility() && !node.matches(".skip, [type=hidden]"))
                .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect().height])
                .filter(([_, height]) => height < 48)"""
        )
        assert small == []
        fonts = await tablet.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter((node) => node.checkVisibility() && node.textContent.trim())
                .map((node) => [!!node.closest(".always, .leave"),
                                parseFloat(getComputedStyle(node).fontSize)])"""
        )
        # 16 pt; the row that always stays on a small screen never under 14 pt.
        assert min(size for always, size in fonts if not always) >= 21
        assert min(size for _, size in fonts) >= 18.6


async def test_by_keyboard_alone(browser: Browser, address: str, door: Door) -> None:
    async with a_tablet(browser, address, door) as tablet:
        page, keys = tablet.page, tablet.page.keyboard
        code = await door.in_store.write(lambda session: new_invite(session, "test"))
        await page.goto(address)
        await tabs_to(tablet, "input#code")
        await keys.type(code)
        await keys.press("Enter")
        await tablet.shows("What do you want to be called?")
        await tabs_to(tablet, "textarea#words")
        await keys.type("Sam")
        await tabs_to(tablet, "#say button")
        await keys.press("Enter")
        await tablet.shows("Is that OK?")
        await keys.press("Shift+Tab")
        await tabs_to(tablet, ".answers button", back=True)
        await seen_and_ringed(tablet)
        await page.locator(".answers button").first.focus()
        await keys.press("Enter")
        await tablet.shows("Do you like pictures")
        # The tapped button is gone: the next Tab is the first answer of the new question.
        await page.wait_for_function("document.activeElement.matches('form.answers')")
        await keys.press("Tab")
        assert await page.evaluate("document.activeElement.textContent") == "🖼️ With pictures"
        await seen_and_ringed(tablet)


async def tabs_to(tablet: Tablet, where: str, back: bool = False) -> None:
    """Press Tab until this has the focus."""
    for _ in range(30):
        if await tablet.page.evaluate(f"document.activeElement.matches({where!r})"):
            return
        await tablet.page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never comes to {where}")


async def seen_and_ringed(tablet: Tablet) -> None:
    """What has the focus is in view, not covered, and has a ring."""
    found = await tablet.page.evaluate(
        """() => {
            const node = document.activeElement, box = node.getBoundingClientRect();
            const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return [node.contains(at), getComputedStyle(node).outlineStyle];
        }"""
    )
    assert found == [True, "solid"]


async def test_the_script_announces_only_what_is_new(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        await tablet.page.evaluate(
            """() => {
                window.added = []; window.removed = 0; window.stayed = true;
                new MutationObserver((changes) => changes.forEach((change) => {
                    change.addedNodes.forEach((node) => window.added.push(node.textContent.trim()));
                    window.removed += change.removedNodes.length;
                })).observe(document.querySelector(".log"), { childList: true });
            }"""
        )
        await tablet.says("Sam")
        await tablet.shows("Is that OK?")
        added = await tablet.page.evaluate("window.added")
        said = [text.removesuffix("🔊 Listen").split()[-1] for text in added]
        assert said == ["Sam", "danger.", "OK?"]
        # What was there before is put into the closed region; the page itself was not loaded anew.
        assert await tablet.page.evaluate("window.stayed") is True
        await expect(tablet.page.locator(".past")).to_contain_text("I am My Way")


async def test_a_facilitators_answer_comes_by_itself_and_takes_no_focus(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        box = tablet.page.get_by_label("Type your words here")
        await box.fill("I am still typ")
        await box.focus()
        await facilitator_writes(door, "Hello from Ann")
        await tablet.shows("“Hello from Ann”")
        await expect(box).to_be_focused()
        await expect(box).to_have_value("I am still typ")
        await expect(box).to_be_in_viewport()


async def test_words_that_cannot_be_sent_stay_and_are_sent_once_later(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        # The message arrives, its answer is lost on the way.
        lost = 0

        async def lose(route: Any) -> None:
            nonlocal lost
            lost += 1
            await route.fetch()
            await route.abort()

        await tablet.page.route("**/say", lose, times=1)
        await tablet.says("Sam")
        await expect(tablet.page.get_by_role("status")).to_contain_text("It is still here.")
        await expect(tablet.page.get_by_label("Type your words here")).to_have_value("Sam")
        await tablet.page.get_by_role("button", name="➡️ Send", exact=True).click()
        await tablet.shows("Is that OK?")
        assert lost == 1
        assert await texts(door) == ["Sam"]
        tablet.troubles.clear()  # the browser names the lost answer


async def test_a_double_click_is_one_tap(
    browser: Browser, address: str, door: Door, listener: SmallListener
) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=False) as tablet:
        await tablet.comes_in()
        await tablet.says("Sam")
        await tablet.shows("Is that OK?")
        await tablet.page.get_by_role("button", name="OK").dblclick()
        await tablet.shows("Do you like pictures")
        assert [note["tap"] for note in listener.heard if "tap" in note] == ["/begin", "/affirm"]


async def test_a_page_left_open_too_long_still_sends_the_words(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        await tablet.page.context.clear_cookies(name="myway-form")
        await tablet.says("Sam")
        await tablet.shows("Is that OK?")
        await tablet.taps("OK")
        await tablet.shows("Do you like pictures")
        assert await texts(door) == ["Sam"]


async def test_words_of_a_browser_that_was_forgotten_are_given_back(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        await tablet.page.context.clear_cookies(name="myway")
        await tablet.says("do not lose this")
        await tablet.page.get_by_text("No chat is open here now.").wait_for()
        await expect(tablet.page.get_by_label("These are your words")).to_have_value(
            "do not lose this"
        )
        await no_violation(tablet)


async def test_the_store_away_loses_no_word_in_the_box(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        file = door.settings.var_folder / "myway.sqlite"
        door.in_store.store.engine.dispose()
        file.rename(file.with_suffix(".aside"))
        file.mkdir()
        await tablet.says("Sam")
        await expect(tablet.page.get_by_role("status")).to_contain_text(
            "I cannot keep your message"
        )
        await expect(tablet.page.get_by_label("Type your words here")).to_have_value("Sam")
        door.in_store.store.engine.dispose()
        file.rmdir()
        file.with_suffix(".aside").rename(file)
        await tablet.page.get_by_role("button", name="➡️ Send", exact=True).click()
        await tablet.shows("Is that OK?")
        assert await texts(door) == ["Sam"]
