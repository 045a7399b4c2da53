"""Listening in a real Chromium: it plays, one thing at a time, by keyboard, and only when asked."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, expect
from sqlalchemy import update

from bot.opening_the_door import Door
from plan_store.tables import Person as PersonRow
from tests.bot.web.in_a_browser import a_tablet, no_violation

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]

# Every sound that begins, and how far it came; set up before the page's own script.
NOTES = """
window.sounds = new Set();
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.sounds.add(this); return play.call(this); };
window.playing = () => [...window.sounds, ...document.querySelectorAll("audio")]
    .filter((sound) => !sound.paused).length;
window.heard = () => Math.max(0, ...[...window.sounds, ...document.querySelectorAll("audio")]
    .map((sound) => sound.currentTime));
"""


async def comes_true(page: Page, condition: str) -> None:
    """Looked at from outside: the page's own rules allow no such waiting inside it."""
    async with asyncio.timeout(15):
        while not await page.evaluate(condition):
            await asyncio.sleep(0.05)


async def test_listen_plays_in_place_one_at_a_time_and_stops(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        page = tablet.page
        await page.add_init_script(NOTES)
        await tablet.comes_in()
        buttons = page.locator("a.listen")
        assert await buttons.count() >= 2
        assert await page.evaluate("window.playing()") == 0, "nothing plays unasked"
        first, second = buttons.nth(0), buttons.nth(1)
        await expect(first).to_have_accessible_description(
            "Hello. I am My Way. I am a computer, not a person."
        )
        await first.click()
        await comes_true(page, "window.heard() > 0.3")
        await expect(first).to_have_text("⏹️ Stop")
        await expect(first).to_have_attribute("aria-pressed", "true")
        await no_violation(tablet)
        await second.focus()
        await page.keyboard.press("Enter")
        await expect(second).to_have_text("⏹️ Stop")
        await expect(first).to_have_text("🔊 Listen")
        assert await page.evaluate("window.playing()") == 1
        await page.keyboard.press("Space")
        await expect(second).to_have_text("🔊 Listen")
        await comes_true(page, "window.playing() === 0")
        await first.click()
        await expect(first).to_have_text("🔊 Listen", timeout=15_000)
        assert await page.evaluate("window.playing()") == 0, "it ends by itself"
        assert page.url.endswith("/") or page.url.endswith("#newest")


async def test_who_listens_gets_a_player_and_new_words_can_be_listened_to(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        page = tablet.page
        await page.add_init_script(NOTES)
        await tablet.comes_in()
        await door.in_store.write(
            lambda session: session.execute(update(PersonRow).values(listens=True))
        )
        await tablet.says("Sam")
        player = page.locator(".log audio")
        await expect(player).to_have_count(1)
        await expect(player).to_have_attribute("aria-label", "Listen to these words")
        assert await page.evaluate("window.playing()") == 0, "nothing plays unasked"
        await no_violation(tablet)
        seconds = await player.evaluate(
            "async (sound) => { await sound.play(); return sound.duration; }"
        )
        assert 3 < seconds < 20
        await comes_true(page, "window.heard() > 0.3")
        await page.locator(".log a.listen").first.click()
        await comes_true(page, "window.playing() === 1")
        assert await player.evaluate("(sound) => sound.paused")
        await tablet.says("yes please")
        await expect(page.locator(".log audio")).to_have_count(1)


async def test_a_voice_that_is_away_is_said_and_the_chat_goes_on(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.comes_in()
        door.reading.works = False
        await tablet.page.locator(".log a.listen").first.click()
        await expect(tablet.page.get_by_role("status")).to_contain_text("I cannot read to you now.")
        await expect(tablet.page.locator(".log a.listen").first).to_have_text("🔊 Listen")
        await tablet.says("Sam")
        await tablet.shows("Sam")


async def test_without_script_a_link_leads_to_a_player(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=False) as tablet:
        await tablet.comes_in()
        await tablet.page.get_by_role("link", name="🔊 Listen").first.click()
        await expect(tablet.page.locator("audio[controls]")).to_have_count(1)
        await expect(tablet.page.locator(".words")).to_contain_text("Hello. I am My Way.")
        await tablet.page.get_by_role("link", name="Go to my chat").click()
        await expect(tablet.page.get_by_role("link", name="🔊 Listen").first).to_be_visible()
