"""What a test may need and a newcomer may lack: it skips by name there, and fails in CI."""

import os
import shutil
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path

import pytest

from tests.running_the_pair import RASA_PYTHON, ROOT
from tests.telegram_double.published_description import description_file


def chromium() -> str | None:
    """The browser's program."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def lines_of_others() -> Path | None:
    """The folder of lines that other people wrote: beside the project, never inside it."""
    shared = Path(os.environ.get("MYWAY_SHARED") or ROOT.parent / "shared")
    folder = shared / "eval" / "dev"
    return folder if folder.is_dir() else None


# How to see that it is here, and how to get it.
NEEDED: dict[str, tuple[Callable[[], object], str]] = {
    "postgresql": (lambda: os.environ.get("TEST_POSTGRES_URL"), "apt-get install postgresql"),
    "redis": (lambda: shutil.which("redis-server"), "apt-get install redis-server"),
    "chromium": (chromium, "apt-get install chromium"),
    "pango": (lambda: find_library("pango-1.0"), "apt-get install libpango-1.0-0"),
    "rasa": (RASA_PYTHON.is_file, "./myway setup, or set RASA_PYTHON"),
    "lines of others": (
        lines_of_others,
        "set MYWAY_SHARED to the folder that holds eval/dev",
    ),
    "Telegram's description": (
        lambda: description_file().is_file(),
        "set MYWAY_SHARED to the folder that holds telegram/bot_api.min.json",
    ),
}


def need(name: str) -> None:
    """Skip the test that is running, by the name of what is absent; in CI it fails."""
    is_here, how = NEEDED[name]
    if not is_here():
        absent = f"{name} is not on this machine ({how})"
        if os.environ.get("CI") == "true":
            pytest.fail(absent, pytrace=False)
        pytest.skip(absent)
