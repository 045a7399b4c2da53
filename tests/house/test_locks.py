"""The locks: every part by version and hash, no address to fetch from, and nothing forgotten."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from house.locking import LOCKS, Lock

ROOT = Path(__file__).resolve().parents[2]
FILES = [(ROOT / each.folder / each.lock) for each in LOCKS]
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(\[[\w,]+\])?==([\w.!+]+)", re.MULTILINE)


@pytest.mark.parametrize("lock", FILES, ids=str)
def test_every_part_has_a_version_and_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^#.*\n", "", lock.read_text()))
    for entry in entries:
        assert PIN.match(entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


@pytest.mark.parametrize("lock", FILES, ids=str)
def test_no_lock_names_an_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("each", [lock for lock in LOCKS if lock.source == "pyproject.toml"])
def test_what_the_project_asks_for_is_in_its_lock(each: Lock) -> None:
    project = tomllib.loads((ROOT / each.folder / each.source).read_text())["project"]
    asked = list(project["dependencies"])
    for option, extra in pairwise(each.extra):
        if option == "--extra":
            asked += project["optional-dependencies"][extra]
    pins = PIN.findall((ROOT / each.folder / each.lock).read_text())
    locked = {_plain(name) for name, _, _ in pins}
    assert {_plain(re.split(r"[\[<>=!~; ]", name)[0]) for name in asked} <= locked


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
