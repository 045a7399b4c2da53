"""Makes the README's pictures of the desk: `./myway demo` is run for real, and looked at.

Comes in: a house that is set up, and Chromium. Goes out: pictures in docs/pictures, few enough
colours to be small. Everybody in them is invented; the store is gone afterwards.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from tests.at_a_desk import gives_password
from tests.bot.web.in_a_browser import FLAGS
from tests.running_the_pair import free_port

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000
COLOURS = 128
WIDE = 1280


def show_the_demonstration() -> int:
    """Make them all; the exit code is for the shell."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("Chromium is needed: apt-get install chromium", file=sys.stderr)
        return 1
    with a_demonstration() as said, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDE, "height": 900}, base_url=said["Desk"])
        _comes_in(page, said)
        _take(page, "demo-morning", 900)
        page.get_by_role("link", name="Sam (invented)").first.click()
        page.get_by_role("heading", level=1, name="Sam").wait_for()
        _take(page, "demo-person", 1000, of=page.get_by_text("I want to work with dogs").first)
        page.get_by_role("link", name="Options and money").click()
        _take(page, "demo-options", 1000, of=page.get_by_text("Millbrook Dog Walkers").first)
        page.goto("/outcomes")
        _take(page, "demo-outcomes", 1000)
        page.goto("/people")
        page.get_by_role("link", name="Sam (invented)").click()
        page.get_by_role("link", name="Meetings").click()
        page.get_by_role("link", name="The pack of Sam").click()
        _take(page, "demo-pack", 1000)
        browser.close()
    too_large = 0
    for picture in sorted(PICTURES.glob("demo-*.png")):
        size = picture.stat().st_size
        too_large += size > LARGEST
        print(f"{picture.relative_to(ROOT)}: {size // 1000} kB")
    return 1 if too_large else 0


@contextmanager
def a_demonstration() -> Iterator[dict[str, str]]:
    """`./myway demo` on a port and in a folder of its own; what its screen says."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"VAR_FOLDER": folder, "DATABASE_URL": "", "DESK_PORT": str(free_port())}
        with subprocess.Popen(
            [sys.executable, ROOT / "myway", "demo"],
            env={**os.environ, **own},
            stdout=subprocess.PIPE,
            text=True,
        ) as demo:
            try:
                said: dict[str, str] = {}
                for line in demo.stdout or ():
                    found = re.match(r"([\w-]+):\s+(.*)", line)
                    if found is not None:
                        said[found[1]] = found[2].strip()
                    if line.startswith("Stop:"):
                        break
                _answers(f"{said['Desk']}health")
                yield said
            finally:
                demo.send_signal(signal.SIGINT)
                demo.communicate(timeout=20)


@retry(
    retry=retry_if_exception_type(httpx.TransportError),
    stop=stop_after_delay(60),
    wait=wait_fixed(0.2),
)
def _answers(address: str) -> None:
    httpx.get(address, trust_env=False).raise_for_status()


def _comes_in(page: Page, said: dict[str, str]) -> None:
    page.goto("/sign-in")
    gives_password(page, said["E-mail"], said["Password"])
    page.get_by_label("The 6 digits").fill(said["Codes"].split(",")[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Who waits").wait_for()


def _take(page: Page, name: str, height: int, of: Locator | None = None) -> None:
    """A picture of the page from its top, or from a little above something on it."""
    page.set_viewport_size({"width": WIDE, "height": height})
    page.evaluate("window.scrollTo(0, 0)")
    if of is not None:
        of.evaluate("it => window.scrollTo(0, it.getBoundingClientRect().top - 200)")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_load_state("networkidle")
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file)
    with Image.open(file) as taken:
        few = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
