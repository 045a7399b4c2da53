"""Serving the page on loopback, and a real Chromium that looks at it."""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from axe_playwright_python.async_playwright import Axe
from litestar import Litestar
from playwright.async_api import Browser, Page, async_playwright

from bot.opening_the_door import Door
from plan_store.inviting import new_invite
from tests.needs import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A microphone that beeps, and is always allowed.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[str]:
    """Serve the page; yields its address."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host="127.0.0.1",
            port=0,
            log_config=None,
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=1,
        )
    )
    task = asyncio.create_task(server.serve())
    try:
        async with asyncio.timeout(20):
            while not server.started:
                await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@contextmanager
def one_chromium(folder: Path) -> Iterator[str]:
    """A Chromium for many tests to share; yields the address they find it at."""
    port = folder / "DevToolsActivePort"
    command = [*FLAGS, "--headless", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
    with subprocess.Popen(
        [str(chromium()), *command, "about:blank"], stderr=subprocess.DEVNULL
    ) as process:
        try:
            ends = time.monotonic() + 30
            # It writes the file first and its line a moment later.
            while not (port.exists() and port.read_text().count("\n")):
                assert process.poll() is None, "Chromium did not start"
                assert time.monotonic() < ends, "Chromium takes too long to start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        finally:
            process.terminate()


@asynccontextmanager
async def a_browser(at: str) -> AsyncIterator[Browser]:
    """The shared Chromium, as this test's own: windows with nothing in their memory."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(at)
        try:
            yield browser
        finally:
            await browser.close()


class Tablet:
    """A browser window, and what a person does with it."""

    def __init__(self, page: Page, address: str, door: Door) -> None:
        self.page = page
        self.address = address
        self.door = door
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._note)
        page.on("request", self._check)

    def _note(self, message: Any) -> None:
        # A refused form is told by its status; that line of the browser's is no fault.
        if message.type == "error" and "the server responded with a status" not in message.text:
            self.troubles.append(message.text)

    def _check(self, request: Any) -> None:
        if not request.url.startswith((self.address, "blob:", "data:")):
            self.troubles.append(f"asked elsewhere: {request.url}")

    async def comes_in(self) -> None:
        """Open an invite link and press Start."""
        code = await self.door.in_store.write(lambda session: new_invite(session, "test"))
        await self.page.goto(f"{self.address}/i/{code}")
        await self.page.get_by_role("button", name="Start").click()
        await self.page.get_by_text("What do you want to be called?").wait_for()

    async def says(self, words: str) -> None:
        """Type and press Send."""
        await self.page.get_by_label("Type your words here").fill(words)
        await self.page.get_by_role("button", name="➡️ Send", exact=True).click()

    async def taps(self, label: str) -> None:
        """Tap a button."""
        await self.page.get_by_role("button", name=label).click()

    async def shows(self, words: str) -> None:
        """Wait until the newest words of the log have this in them."""
        await self.page.locator(".log .message .words").filter(has_text=words).last.wait_for()


@asynccontextmanager
async def a_tablet(browser: Browser, address: str, door: Door, **how: Any) -> AsyncIterator[Tablet]:
    """A window with nothing in its memory; it must have met no trouble in the end."""
    context = await browser.new_context(**{"viewport": {"width": 390, "height": 844}, **how})
    context.set_default_timeout(10_000)
    try:
        tablet = Tablet(await context.new_page(), address, door)
        yield tablet
        assert tablet.troubles == []
    finally:
        await context.close()


async def no_violation(tablet: Tablet) -> None:
    """What axe knows of WCAG 2.2 AA and good practice finds nothing to say."""
    assert await violations(tablet) == []


async def violations(tablet: Tablet, only: list[str] | None = None) -> list[str]:
    """What axe finds, by rule and place; `only` these rules, or all it has."""
    # Brought in once a page, and only what was found comes back: a walk looks a hundred times.
    if not await tablet.page.evaluate("typeof axe === 'object'"):
        await tablet.page.evaluate(Axe().axe_script)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    found = await tablet.page.evaluate(
        """async (options) => (await axe.run(options)).violations
            .map((each) => `${each.id} at ${each.nodes.map((node) => node.target)}`)""",
        options,
    )
    return list(found)
