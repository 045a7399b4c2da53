"""The lines and lists that the listener learns meanings from: enough, said once, and its own.

In: data/talk/meaning, the test sets, and lines that others wrote, where they are. Out: which line
says two things, or stands where it would make the figures a lie.
"""

import difflib
import json
import re
from collections import Counter

import pytest
import yaml

from tests.meaning.asking_the_listener import DEV, MEANING, lines_of, lines_to_learn

ALIKE = 0.92
# The frame of a wish; what is left are its own words.
FRAME = frozenset(
    {
        *(
            "i",
            "id",
            "im",
            "ive",
            "a",
            "an",
            "the",
            "to",
            "my",
            "and",
            "of",
            "in",
            "be",
            "so",
            "too",
        ),
        *("want", "would", "like", "love", "wish", "hope", "could", "really"),
    }
)
SETS = ("negation", "pieces", "two_at_once", "held_out", "corrections", "kinds")


def bare(line: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", line.lower().replace("'", "").replace("’", "")))


def near(one: str, other: str) -> bool:
    """Nearly the same line: letter by letter, or the same words of its own, two or more."""
    own = set(one.split()) - FRAME
    if one == other or (len(own) > 1 and own == set(other.split()) - FRAME):
        return True
    match = difflib.SequenceMatcher(None, one, other, autojunk=False)
    quick = match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE
    return quick and match.ratio() >= ALIKE


def too_near(lines: list[str], learned: list[str]) -> list[tuple[str, str]]:
    return [(line, each) for line in lines for each in learned if near(line, each)]


def test_each_life_area_has_enough_lines() -> None:
    count: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for file in (MEANING / "lines").glob("*.yml"):
        for topic in yaml.safe_load(file.read_text("utf-8"))["topics"]:
            size = len(topic["lines"].splitlines())
            kinds[topic["kind"]] += size
            count.update(dict.fromkeys([*topic["life_areas"], *topic.get("details", [])], size))
    areas = ("work_learning", "home", "friends_community", "health", "money", "travel", "fun")
    assert {area: count[area] for area in areas if count[area] < 60} == {}
    assert {kind: size for kind, size in kinds.items() if size < 25} == {}


def test_no_line_is_there_twice() -> None:
    assert [line for line, times in Counter(map(bare, lines_to_learn())).items() if times > 1] == []


def test_no_line_of_ours_to_measure_with_is_learned_from() -> None:
    learned = [bare(line) for line in lines_to_learn()]
    measured = [bare(line["text"]) for name in SETS for line in lines_of(name)]
    assert set(measured) & set(learned) == set()
    held_out = [bare(line["text"]) for name in ("held_out", "kinds") for line in lines_of(name)]
    assert too_near(held_out, learned) == []


def test_no_line_of_others_is_learned_from() -> None:
    if not DEV.is_file():
        pytest.skip("the lines that others wrote are not here (set MYWAY_SHARED)")
    others = [bare(json.loads(line)["text"]) for line in DEV.read_text("utf-8").splitlines()]
    assert too_near(others, [bare(line) for line in lines_to_learn()]) == []


def test_a_planted_near_copy_is_found() -> None:
    planted = bare("I'd love to visit the moon, some day")
    assert too_near([planted], [bare("id love to visit the moon someday")]) != []
    assert too_near([planted], [bare("i want to be a nurse")]) == []


def test_no_word_that_turns_a_meaning_is_read_as_another() -> None:
    words = MEANING / "words"
    no = yaml.load((words / "saying_no.yml").read_text("utf-8"), Loader=yaml.BaseLoader)["words"]
    turning = {way for plain, ways in no.items() for way in (plain, *ways.split())}
    spellings = yaml.load((words / "spellings.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    read_as_another = {way for ways in spellings.values() for way in ways.split()}
    assert read_as_another & turning == set()
