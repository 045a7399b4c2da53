"""Who may import whom: the record room stands on its own, and each room stands on it alone."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house_rules import reading_imports
from tests.house_rules.project_files import ROOT, small_project

OURS = {"plan_store", "bot", "actions", "review", "house", "tests", "components"}
# Which of our own rooms each room may import, besides itself.
MAY_IMPORT: dict[str, set[str]] = {
    "plan_store": set(),
    "bot": {"plan_store"},
    "actions": {"plan_store"},
    "review": {"plan_store"},
    "house": {"plan_store.settings", "bot.settings", "actions.settings", "review.settings"},
    "components": set(),
}
# Libraries of doors, pages and the listener; the record room knows none of them.
NOT_IN_THE_RECORD_ROOM = {
    *("telegram", "rasa", "rasa_sdk", "sanic"),
    *("litestar", "starlette", "fastapi", "jinja2", "uvicorn", "httpx", "aiohttp"),
}
# One room each: the brain is Rasa, the phone is the door's, the page libraries stay at the pages.
ONLY_IN = {
    "telegram": {"bot"},
    "rasa_sdk": {"actions"},
    "rasa": {"components"},
    "circus": {"house"},
}


def imports_in(root: Path) -> list[tuple[str, str]]:
    """Every import in the project under `root`."""
    read = subprocess.run(
        [sys.executable, "-P", reading_imports.__file__, str(root)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [(who, whom) for who, whom in json.loads(read.stdout)]


def forbidden(imports: Iterable[tuple[str, str]]) -> list[str]:
    """Each import that a house rule forbids, as "who imports whom"."""
    found = []
    for who, whom in imports:
        room, other = who.partition(".")[0], whom.partition(".")[0]
        if room in {"tests", other}:
            continue
        allowed = MAY_IMPORT[room]
        amiss = other in OURS and not ({other, whom} & allowed)
        amiss = amiss or (room == "plan_store" and other in NOT_IN_THE_RECORD_ROOM)
        amiss = amiss or (other in ONLY_IN and room not in ONLY_IN[other])
        if amiss:
            found.append(f"{who} imports {whom}")
    return found


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    return imports_in(ROOT)


def test_every_room_keeps_to_its_neighbours(imports: list[tuple[str, str]]) -> None:
    assert forbidden(imports) == []


def test_every_room_was_read(imports: list[tuple[str, str]]) -> None:
    assert {who.partition(".")[0] for who, _ in imports} >= set(MAY_IMPORT)
    assert ("actions.hearing", "plan_store.opening") in imports
    assert ("bot.telegram.channel", "telegram") in imports


@pytest.mark.parametrize(
    ("room", "fault", "said"),
    [
        ("plan_store", "from bot.words import WORDS", "plan_store.planted imports bot.words"),
        ("plan_store", "def later():\n    import telegram", "plan_store.planted imports telegram"),
        ("plan_store", "import litestar.app", "plan_store.planted imports litestar"),
        ("bot", "import review.settings", "bot.planted imports review.settings"),
        ("actions", "from bot import words", "actions.planted imports bot.words"),
        ("review", "import rasa_sdk", "review.planted imports rasa_sdk"),
        ("review", "import tests.words", "review.planted imports tests.words"),
        ("house", "from bot.words import WORDS", "house.planted imports bot.words"),
        (
            "rasa_project/components",
            "import plan_store.words",
            "components.planted imports plan_store.words",
        ),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, room: str, fault: str, said: str) -> None:
    rooms = ["plan_store", "bot", "actions", "review", "house", "tests", "rasa_project/components"]
    files = {f"{each}/{name}.py": "" for each in rooms for name in ("__init__", "settings")}
    files |= {f"{each}/words.py": "WORDS = 1\n" for each in rooms}
    files["bot/allowed.py"] = "import plan_store.words\nimport telegram\n"
    files["house/allowed.py"] = "import bot.settings\nimport plan_store.settings\n"
    root = small_project(tmp_path, {**files, f"{room}/planted.py": fault + "\n"})
    assert forbidden(imports_in(root)) == [said]
