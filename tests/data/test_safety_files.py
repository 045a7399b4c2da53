"""What people of the service edit for safety: it can be read, it is not too old, it is easy."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from plan_store.staffed_hours import staffed_hours_from
from tests.house_rules.project_files import ROOT

KINDS = {
    *("abuse", "sexual_harm", "neglect", "self_harm", "suicide", "bullying_and_hate"),
    *("exploitation_and_grooming", "running_away", "violence_or_forced_marriage_at_home"),
    *("eating", "drugs", "frightening_helper", "harm_to_others"),
}


def read(path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DATA / path).read_text(encoding="utf-8"))
    return found


def too_old(content: dict[str, Any], today: date) -> list[str]:
    """The helplines whose number nobody has checked for too long."""
    good_for = int(content["good_for_days"])
    return [
        key
        for key, line in content["helplines"].items()
        if not isinstance(line.get("last_checked"), date)
        or not 0 <= (today - line["last_checked"]).days <= good_for
    ]


def test_every_helpline_was_checked_lately() -> None:
    # A machine whose clock is behind must not fail for it: a day's grace for the zone.
    today = max(datetime.now(UTC).date(), date(2026, 11, 22))
    assert too_old(read("helplines.yml"), today) == []


@pytest.mark.parametrize("checked", [None, date(2026, 1, 1), "soon"])
def test_a_number_that_is_too_old_is_found(checked: object) -> None:
    content = read("helplines.yml")
    content["helplines"]["childline"]["last_checked"] = checked
    assert too_old(content, date(2026, 11, 22)) == ["childline"]


def test_every_helpline_says_what_a_person_needs_to_know() -> None:
    for key, line in read("helplines.yml")["helplines"].items():
        assert {"name", "hours", "free", "for", "source"} <= line.keys(), key
        assert line.get("call") or line.get("text"), key


def test_every_kind_has_phrases_and_lines() -> None:
    phrases, talk = read("safety/phrases.yml")["phrases"], read("safety/talk.yml")["talk"]
    assert set(phrases) == KINDS
    assert set(talk) == KINDS | {"ordinary"}
    assert min(map(len, talk.values())) >= 25


def test_no_line_of_the_talk_stands_twice() -> None:
    talk = read("safety/talk.yml")["talk"]
    lines = [line for listed in talk.values() for line in listed]
    assert all(isinstance(line, str) for line in lines)
    assert {line for line in lines if lines.count(line) > 1} == set()


def test_the_staffed_hours_can_be_read() -> None:
    hours = staffed_hours_from(read("safety/staffed_hours.yml"))
    assert set(hours.chain) == {"alert", "concern"}
    assert hours.chain["alert"]["lead"] == 0


def test_whom_to_call_is_said_to_everybody_in_danger() -> None:
    library = read_library(DATA)
    for key in ("danger_who_to_call", "danger_who_to_call_for_life", "danger_and_not_kept"):
        text = library.text(key)
        assert "999" in text, key
        assert "?" not in text, key
        assert "116 123" in text, key


def test_a_message_to_staff_holds_nothing_of_a_person() -> None:
    words = read("safety/messages_to_staff.yml")
    assert set(words) == {
        *("subject", "drill_subject", "drill", "lead", "deputy", "manager", "what_to_do")
    }
    assert "{" not in "".join(text for key, text in words.items() if key != "what_to_do")
    assert words["what_to_do"].count("{") == 1
    assert "DRILL" in words["drill_subject"]
    assert "DRILL" in words["drill"]


def test_the_files_say_who_has_to_review_them() -> None:
    for file in sorted((Path(ROOT) / "data" / "safety").glob("*.yml")):
        assert "Licence: MIT" in file.read_text(encoding="utf-8"), file.name
