"""Lines that others wrote: never learnt from, and what the look makes of them.

They stand outside of the project; without them these tests are skipped by name.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.safety import FirstLook, read_first_look
from bot.safety.learning import DATA
from bot.safety.measuring import figures

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("MYWAY_SHARED", ROOT.parent / "shared"))
DEV = SHARED / "eval" / "dev"
pytestmark = pytest.mark.skipif(not DEV.is_dir(), reason="eval/dev is not here")
# A line of so many words that shares so much with another is a near copy.
LONG_ENOUGH, SHARED_WORDS = 4, 0.75


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    return figures(read_first_look(), DEV)


def words_of(line: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", line.lower()))


def lines_of_others() -> Iterator[list[str]]:
    for file in sorted(DEV.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield words_of(json.loads(line)["text"])


def too_alike(ours: list[str], theirs: list[str]) -> bool:
    if ours == theirs:
        return True
    one, other = set(ours), set(theirs)
    return len(ours) >= LONG_ENOUGH and len(one & other) / len(one | other) >= SHARED_WORDS


def test_nothing_is_learnt_from_them_nor_from_near_copies() -> None:
    talk = yaml.safe_load((DATA / "safety" / "talk.yml").read_text(encoding="utf-8"))["talk"]
    others = [(other, set(other)) for other in lines_of_others()]
    copies = []
    for line in (line for lines in talk.values() for line in lines):
        ours = words_of(line)
        one = set(ours)
        # A set is quickly compared; only what shares half its words is looked at closely.
        near = (other for other, words in others if 2 * len(one & words) >= len(one))
        if any(too_alike(ours, other) for other in near):
            copies.append(line)
    assert copies == []


def test_a_copy_would_be_found() -> None:
    theirs = next(line for line in lines_of_others() if len(line) > LONG_ENOUGH)
    assert too_alike(theirs, theirs)
    assert too_alike([*theirs[:-1], "planted"] if len(theirs) > 7 else [*theirs], theirs)


def test_disclosures_are_noticed(measured: dict[str, Any]) -> None:
    assert measured["recall"] >= 0.95
    found, _, whole = measured["recall_by"]["style"]["real_person"].partition(" of ")
    assert found == whole, measured["missed"]


def test_ordinary_messages_raise_few_alarms(measured: dict[str, Any]) -> None:
    assert measured["alarms_in_100"] <= 2.0, measured["false_alarms"]


def test_a_look_takes_milliseconds(measured: dict[str, Any]) -> None:
    # Of processor time: other programs of this machine are not the look's.
    assert measured["milliseconds"]["mean"] < 5.0


def test_the_two_layers_are_both_used() -> None:
    look: FirstLook = read_first_look()
    assert look.scales is not None
    assert look.scales.vectors is not None
