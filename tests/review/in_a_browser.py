"""The desk on a port of its own and one Chromium, for tests that look at pages as people do."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from litestar import Litestar
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, sync_playwright

from tests.needs import chromium

QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another width or other colours can change on a page that stays as it is.
LAID_OUT = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
# Width, height, colours, and what is looked for there: everything at the widest and the narrowest.
SIZES: tuple[tuple[int, int, Literal["light", "dark"], list[str]], ...] = (
    (1280, 800, "dark", LAID_OUT),
    (390, 800, "light", LAID_OUT),
    (320, 800, "dark", RULES),
    (1280, 800, "light", RULES),
)


class Served(uvicorn.Server):
    """The desk on a port of its own, in a thread; says when it is up."""

    def __init__(self, desk: Litestar) -> None:
        super().__init__(uvicorn.Config(desk, log_config=None, access_log=False))
        self.up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


@pytest.fixture
def address(desk: Litestar) -> Iterator[str]:
    server = Served(desk)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        assert server.up.wait(10)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=QUIETLY)
        yield started
        started.close()


def keep_picture(page: Page, name: str) -> None:
    """A picture of the whole page, where LOOKS names a folder for whoever wants to see them."""
    if folder := os.environ.get("LOOKS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def check(page: Page, rules: list[str] = RULES) -> None:
    """What every page has to hold to."""
    only = {"type": "rule" if rules is LAID_OUT else "tag", "values": rules}
    found = Axe().run(page, options={"runOnly": only}).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(sideways), (page.url, page.viewport_size)


class Walk:
    """A way through the desk, looked at at every size; the page is left as wide as it was."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.refused: list[str] = []
        page.on("console", self._note)

    def _note(self, said: ConsoleMessage) -> None:
        if "Content" in said.text:
            self.refused.append(said.text)

    def press(self, button: Locator | str) -> None:
        """Press a button that leads to another page, and be there."""
        if isinstance(button, str):
            button = self.page.get_by_role("button", name=button)
        with self.page.expect_event("load"):
            button.click()

    def look(self, name: str = "") -> None:
        """At each size; with a name, pictures of it too."""
        for width, height, colours, rules in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme=colours)
            check(self.page, rules)
            if name:
                keep_picture(self.page, f"{name}-{width}-{colours}")


@pytest.fixture
def walk(browser: Browser) -> Iterator[Walk]:
    """A window of its own to walk with; the page keeps to its rules on where things come from."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    walking = Walk(context.new_page())
    yield walking
    context.close()
    assert walking.refused == []
