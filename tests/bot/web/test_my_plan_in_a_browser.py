"""My plan in a real Chromium: axe finds nothing, it fits at 400 %, it needs no script."""

import asyncio
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from bot.opening_the_door import Door
from plan_store.linking_to_a_plan import make_plan_link
from tests.bot.plan.plans import a_typical_plan
from tests.bot.web.in_a_browser import a_tablet, no_violation
from tests.plan_store.telling_a_plan import Teller

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]


async def a_link(door: Door, called: str | None = "Sam", *, told: bool = True) -> str:
    """The way to the plan of somebody new."""
    sam = Teller(door.in_store.store, called)
    if told:
        a_typical_plan(sam)
    key = await door.in_store.write(lambda session: make_plan_link(session, sam.person_id))
    return f"/plan/{key}"


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"viewport": {"width": 320, "height": 256}},
        {"color_scheme": "dark"},
        {"forced_colors": "active", "color_scheme": "dark"},
        {"viewport": {"width": 1280, "height": 800}, "java_script_enabled": True},
    ],
    ids=["phone", "400-percent", "dark", "high-contrast", "desk"],
)
async def test_axe_finds_nothing(
    browser: Browser, address: str, door: Door, how: dict[str, Any], tmp_path: Path
) -> None:
    async with a_tablet(browser, address, door, **how) as tablet:
        for path in (await a_link(door), await a_link(door, None, told=False), "/plan/0"):
            await tablet.page.goto(f"{address}{path}")
            await no_violation(tablet)
            width = await tablet.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert width <= 0, f"{path} is wider than the window"


async def test_headings_stand_in_order_and_each_picture_says_what_it_shows(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door, java_script_enabled=False) as tablet:
        await tablet.page.goto(f"{address}{await a_link(door)}")
        levels = [
            int(await heading.evaluate("node => node.tagName[1]"))
            for heading in await tablet.page.locator("h1, h2, h3, h4, h5, h6").all()
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        photo = tablet.page.locator("img.photo")
        await expect(photo).to_have_attribute("alt", "Biscuit and me in the park")
        assert await photo.evaluate("node => node.naturalWidth") > 0
        await tablet.page.get_by_role("link", name="My home").click()
        await expect(tablet.page.get_by_role("heading", name="My home")).to_be_in_viewport()


async def test_the_file_is_downloaded_by_its_own_person(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.page.goto(f"{address}{await a_link(door)}")
        async with tablet.page.expect_download() as coming:
            await tablet.page.get_by_role("link", name="My plan as a file").click()
        download = await coming.value
        assert download.suggested_filename == "my-plan.pdf"
        file = await asyncio.to_thread(Path(await download.path()).read_bytes)
        assert file.startswith(b"%PDF-")


async def test_letters_are_large_and_targets_big(
    browser: Browser, address: str, door: Door
) -> None:
    async with a_tablet(browser, address, door) as tablet:
        await tablet.page.goto(f"{address}{await a_link(door)}")
        small = await tablet.page.evaluate(
            """() => [...document.querySelectorAll("button, a")]
                .filter((node) => node.checkVisibility() && !node.matches(".skip"))
                .map((node) => [node.textContent, node.getBoundingClientRect().height])
                .filter(([_, height]) => height < 48)"""
        )
        assert small == []
        fonts = await tablet.page.evaluate(
            """() => [...document.querySelectorAll("body *")]
                .filter((node) => node.checkVisibility() && node.textContent.trim())
                .map((node) => parseFloat(getComputedStyle(node).fontSize))"""
        )
        assert min(fonts) >= 21
