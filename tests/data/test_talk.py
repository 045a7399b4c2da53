"""The talk the listener learns from: enough of it, and no line that means two things.

In: data/talk/nlu and the domain. Out: what a facilitator adding a line should know before training.
"""

from collections import defaultdict
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
DOMAIN = yaml.safe_load((ROOT / "rasa_project/domain.yml").read_text("utf-8"))
TAPPED_ONLY = {
    *("begin", "choose", "next_chapter", "sort", "more_answers", "keep_that"),
    *("nothing_of_these", "old_tap", "tap_not_known", "may_be_answer"),
}
# What comes without words, or as a computer heard them in a voice.
SENT_ONLY = {"sent_voice", "sent_photo", "sent_other", "edited", "heard"}


def lines_of_each_intent() -> dict[str, list[str]]:
    lines: dict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "data/talk/nlu").rglob("*.yml")):
        for entry in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            examples = entry["examples"].splitlines()
            assert all(line.startswith("- ") for line in examples), file
            lines[entry["intent"]] += [line.removeprefix("- ").strip() for line in examples]
    return lines


def test_everything_that_can_be_said_has_enough_ways_to_say_it() -> None:
    lines = lines_of_each_intent()
    assert set(lines) == set(DOMAIN["intents"]) - TAPPED_ONLY - SENT_ONLY
    too_few = {intent: len(said) for intent, said in lines.items() if len(said) < 25}
    assert too_few == {}
    assert len(lines["tell"]) >= 150


def test_no_line_means_two_things_or_is_there_twice() -> None:
    meant: dict[str, list[str]] = defaultdict(list)
    for intent, said in lines_of_each_intent().items():
        for line in said:
            meant[line.lower()].append(intent)
    assert {line: intents for line, intents in meant.items() if len(intents) > 1} == {}
