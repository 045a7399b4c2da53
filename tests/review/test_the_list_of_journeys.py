"""The list of the desk's journeys names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_journey_that_is_named_is_there() -> None:
    named = NAMED.findall((ROOT / "docs" / "journeys-of-the-desk.md").read_text(encoding="utf-8"))
    assert len(named) >= 20
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not re.search(rf"def {test}\(", (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert missing == []
