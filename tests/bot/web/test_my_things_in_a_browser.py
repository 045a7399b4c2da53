"""What we know about you in a real Chromium: axe finds nothing, nothing is wider than a phone."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from bot.opening_the_door import Door
from tests.bot.web.in_a_browser import a_tablet, no_violation
from tests.bot.web.test_showing_my_things import a_link, noted

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"viewport": {"width": 320, "height": 256}},
        {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
        {"forced_colors": "active", "color_scheme": "dark"},
    ],
    ids=["phone", "400-percent", "dark", "high-contrast"],
)
async def test_axe_finds_nothing(
    browser: Browser,
    address: str,
    door: Door,
    how: dict[str, Any],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    sam = noted(door)
    async with a_tablet(browser, address, door, **how) as tablet:
        await tablet.page.goto(f"{address}{await a_link(door, sam.person_id)}")
        await tablet.page.get_by_role("heading", name="What you can decide").wait_for()
        await no_violation(tablet)
        wide = "document.documentElement.scrollWidth - innerWidth"
        assert await tablet.page.evaluate(wide) <= 0
        folder = Path(os.environ.get("LOOKS") or tmp_path)
        picture = f"my-things-{request.node.callspec.id.partition('-')[0]}.png"
        await tablet.page.screenshot(path=folder / picture, full_page=True)
