"""No line that is kept for measuring is taught, nor one that is nearly the same.

In: data/talk, and the development set where it is. Out: nothing of one stands in the other. What
everybody says in three words or fewer ("thank you", "are you real") is nobody's line.
"""

import difflib
import json
import re
from pathlib import Path

import pytest
import yaml

from tests.needs import lines_of_others as folder_of_others
from tests.needs import need
from tests.running_the_pair import ROOT

EVERYBODYS = 3
SAME_WORDS, SAME_LETTERS = 0.8, 0.9


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("’", "")))


def nearly_the_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words in another order, or the same letters but for one in ten."""
    shared = len(set(one) & set(other))
    if 2 * shared < len(set(one)):
        return False
    if shared / len(set(one) | set(other)) >= SAME_WORDS:
        return True
    letters = difflib.SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False)
    return letters.real_quick_ratio() >= SAME_LETTERS and letters.ratio() >= SAME_LETTERS


def copies(taught: list[str], others: list[str]) -> list[tuple[str, str]]:
    """(taught line, line of others) for each that is the same or nearly so."""
    long = [(each, text) for text in others if len(each := words(text)) > EVERYBODYS]
    return [
        (line, text)
        for line in taught
        if len(said := words(line)) > EVERYBODYS
        for each, text in long
        if abs(len(said) - len(each)) <= 2 and nearly_the_same(said, each)
    ]


def taught_lines() -> list[str]:
    taught = []
    for file in sorted((ROOT / "data/talk/nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            taught += [line.removeprefix("- ") for line in entry["examples"].splitlines()]
    for file in sorted((ROOT / "data/talk/meaning/lines").glob("*.yml")):
        for topic in yaml.safe_load(file.read_text("utf-8"))["topics"]:
            taught += [line.strip() for line in topic["lines"].splitlines()]
    return taught


def texts_in(folder: Path) -> list[str]:
    return [
        json.loads(line)["text"]
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]


def test_nothing_taught_is_a_line_of_others() -> None:
    need("lines of others")
    folder = folder_of_others()
    assert folder is not None
    others = texts_in(folder)
    assert len(others) > 800
    assert copies(taught_lines(), others) == []


@pytest.mark.parametrize(
    "copied",
    [
        "Could you say that a bit slower?",
        "could you say that a bit sloweer",
        "you could say that a bit slower",
    ],
)
def test_a_planted_copy_is_found(copied: str) -> None:
    assert len(copies([copied], ["could you say that a bit slower"])) == 1


def test_what_everybody_says_is_nobodys_line() -> None:
    assert copies(["thank you very"], ["thank you very"]) == []
    assert copies(["i want to work with cats"], ["can i see the whole plan"]) == []
