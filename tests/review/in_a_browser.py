"""The desk on a port of its own and one Chromium, for tests that look at pages as people do."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from litestar import Litestar
from playwright.sync_api import Browser, Page, sync_playwright

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


@pytest.fixture
def looks(tmp_path: Path) -> Path:
    """Where pictures of pages go: LOOKS names a folder for whoever wants to see them."""
    return Path(os.environ.get("LOOKS") or tmp_path)


def check(page: Page) -> None:
    """What every page has to hold to."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(sideways), page.url
