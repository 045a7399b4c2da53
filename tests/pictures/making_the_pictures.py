"""Makes the README's pictures: the house is run for real, a chapter is walked, a person answers.

Comes in: a house that is set up, and Chromium. Goes out: three pictures in docs/pictures.
Everything said is made up; it is kept in a folder that is gone afterwards.
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

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.settings import BotSettings
from tests.at_a_desk import sets_up_the_app
from tests.bot.web.in_a_browser import FLAGS
from tests.running_the_pair import free_port

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
PORTS = ("CHAT_PORT", "DESK_PORT", "RASA_PORT", "ACTIONS_PORT")
A_PHONE = {"width": 390, "height": 844}
A_DESK = {"width": 1280, "height": 844}
SECONDS_TO_STOP = 20

HOPE = "I want to work with dogs"
HELP = "My sister can come with me on the first day"
ANSWER = (
    "Thank you, Sam. There is a dogs’ home near you that looks for helpers. "
    "Shall we go and see it with your sister?"
)


def make_the_pictures() -> int:
    """Make all three; the exit code is for the shell."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("Chromium is needed: apt-get install chromium", file=sys.stderr)
        return 1
    if BotSettings().telegram_on:
        # A second house with the same token would take the first one's messages.
        print("Take TELEGRAM_BOT_TOKEN away first: this house is no real one.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with a_house() as (invite, first), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        phone, desk = _window(browser, A_PHONE), _window(browser, A_DESK)
        _tell_a_hope(phone, invite)
        _meet_the_person(desk, first)
        desk.screenshot(path=PICTURES / "desk.png")
        _answer(desk)
        expect(phone.locator(".log")).to_contain_text("Shall we go and see it")
        phone.screenshot(path=PICTURES / "answer.png")
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} KB")
    return 0


@contextmanager
def a_house() -> Iterator[tuple[str, str]]:
    """`./myway up` on ports and in a folder of its own; gives the chat's and the desk's links."""
    with tempfile.TemporaryDirectory() as folder:
        own = {name: str(free_port()) for name in PORTS}
        own |= {"VAR_FOLDER": folder, "DATABASE_URL": f"sqlite:///{folder}/myway.sqlite"}
        with subprocess.Popen(
            [sys.executable, ROOT / "myway", "up"],
            env={**os.environ, **own},
            stdout=subprocess.PIPE,
            text=True,
        ) as house:
            try:
                yield _read_the_screen(house)
            finally:
                house.send_signal(signal.SIGINT)
                house.communicate(timeout=SECONDS_TO_STOP)


def _read_the_screen(house: "subprocess.Popen[str]") -> tuple[str, str]:
    said = ""
    for line in house.stdout or ():
        said += line
        if line.startswith("Stop:"):
            found = re.search(r"^Chat:\s+(\S+)$.*^Desk:\s+(\S+)$", said, re.MULTILINE | re.DOTALL)
            if found is not None:
                return found[1], found[2]
    raise RuntimeError(f"The house did not come up:\n{said}")


def _window(browser: Browser, size: dict[str, int]) -> Page:
    page = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]}, locale="en-GB"
    ).new_page()
    page.set_default_timeout(20_000)
    return page


def _tell_a_hope(phone: Page, invite: str) -> None:
    def says(words: str, then: str) -> None:
        phone.get_by_label("Type your words here").fill(words)
        phone.get_by_role("button", name="➡️ Send", exact=True).click()
        expect(phone.locator(".log")).to_contain_text(then)

    def taps(label: str, then: str) -> None:
        phone.get_by_role("button", name=label).click()
        expect(phone.locator(".log")).to_contain_text(then)

    phone.goto(invite)
    phone.get_by_role("button", name="Start").click()
    expect(phone.locator(".log")).to_contain_text("What do you want to be called?")
    says("Sam", "Is that OK?")
    taps("OK", "pictures with the words?")
    taps("With pictures", "Can I read my words to you?")
    taps("I read it myself", "at one time?")
    taps("Just like this", "Is somebody with you now?")
    taps("I am on my own", "Question 1 of 5.")
    says(HOPE, "Question 2 of 5.")
    says(HELP, "Question 3 of 5.")
    taps("With a friend", "Question 4 of 5.")
    taps("Soon", "Question 5 of 5.")
    taps("Very important", "Is that right?")
    phone.screenshot(path=PICTURES / "chat.png")
    taps("Yes", "Who can see this?")
    taps("My facilitator", "who can see them?")
    taps("My facilitator", "change your mind")
    taps("Yes, any day", "somebody hurts you")
    taps("Tell a person", "This part is done.")


def _meet_the_person(desk: Page, first: str) -> None:
    desk.goto(first)
    desk.get_by_label("Your name").fill("Ann Marsh")
    desk.get_by_label("E-mail").fill("ann@example.org")
    desk.get_by_label("Password", exact=True).fill("a long made-up password")
    desk.get_by_label("again").fill("a long made-up password")
    desk.get_by_role("button", name="Make the account").click()
    sets_up_the_app(desk)
    desk.get_by_role("link", name="Sam").click()
    expect(desk.locator("main")).to_contain_text(HOPE)


def _answer(desk: Page) -> None:
    desk.get_by_label("Your answer about this hope").fill(ANSWER)
    desk.get_by_role("button", name="Send to Sam").first.click()
    desk.wait_for_url("**/*?sent=*")
