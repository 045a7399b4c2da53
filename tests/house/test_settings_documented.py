"""Every setting that any room reads stands in README.md and .env.example, and nothing else does."""

import re
from collections import defaultdict
from pathlib import Path

from house.checking import settings_of_all_rooms

ROOT = Path(__file__).resolve().parents[2]
ROOMS = settings_of_all_rooms(ROOT)
SETTINGS = {name.upper() for room in ROOMS for name in room.model_fields}
EXAMPLE = (ROOT / ".env.example").read_text()
IN_EXAMPLE = dict(re.findall(r"^#?([A-Z][A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def test_the_rooms_settings_are_found() -> None:
    assert {room.__module__ for room in ROOMS} >= {"plan_store.settings", "house.settings"}
    assert {"DATABASE_URL", "TELEGRAM_BOT_TOKEN", "DESK_PORT"} <= SETTINGS


def test_every_setting_is_in_the_example_and_every_example_is_a_setting() -> None:
    assert set(IN_EXAMPLE) == SETTINGS


def test_every_setting_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert {name for name in SETTINGS if f"`{name}`" not in readme} == set()


def test_every_setting_says_what_it_is_for() -> None:
    silent = {
        f"{room.__name__}.{name}"
        for room in ROOMS
        for name, field in room.model_fields.items()
        if not field.description
    }
    assert silent == set()


def test_a_setting_that_two_rooms_read_has_one_default() -> None:
    defaults = defaultdict(set)
    for room in ROOMS:
        for name, field in room.model_fields.items():
            defaults[name].add(str(field.default))
    assert {name: found for name, found in defaults.items() if len(found) > 1} == {}
