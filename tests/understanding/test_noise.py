"""The noise that pipelines are measured with spoils lines as people do, and never turns a no round.

In: rasa_project/evaluation, which needs no Rasa for this. Out: what was spoilt, the same each time.
"""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.running_the_pair import RASA_PYTHON, ROOT

SAID = [
    "I don't want to live alone",
    "no thank you, I would not like that",
    "Please can you tell me the question again?",
    "I never want to work with your friends",
    "people should help me with the tablets tomorrow",
]
SAYS_NO = re.compile(r"\b(no|not|never|dont)\b")


@pytest.fixture(scope="module")
def noise() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "rasa_project"))
    try:
        yield importlib.import_module("evaluation.noise")
    finally:
        sys.path.remove(str(ROOT / "rasa_project"))


def test_each_kind_spoils_something_and_the_same_each_time(noise: ModuleType) -> None:
    for kind in noise.NOISES:
        spoilt = noise.with_noise(SAID * 5, kind)
        assert spoilt != SAID * 5, kind
        assert spoilt == noise.with_noise(SAID * 5, kind), kind
        assert all(spoilt), kind


def test_no_noise_takes_a_no_away_or_makes_one(noise: ModuleType) -> None:
    for kind in noise.NOISES:
        for before, after in zip(SAID * 20, noise.with_noise(SAID * 20, kind), strict=True):
            plain = [text.lower().replace("'", "").replace("’", "") for text in (before, after)]
            assert SAYS_NO.findall(plain[0]) == SAYS_NO.findall(plain[1]), (kind, after)


@pytest.mark.needs("rasa")
def test_what_the_chat_hears_in_a_misspelt_word_is_never_a_no_lost_or_made() -> None:
    program = (
        "import json, sys; sys.path.insert(0, '.');"
        "from components.misspelt_words import MisspeltWords;"
        "taught = ['i want to do not have a note never clever nice'] * 3;"
        "taught += ['i like the question because my mum works here'] * 3;"
        "right = MisspeltWords(taught).put_right;"
        "print(json.dumps([right(line) for line in json.load(sys.stdin)]))"
    )
    # Each says no, or is one slip away from it: none may change, and none may come to say no.
    kept = [
        "i dont want",
        "i wont",
        "not",
        "nto",
        "nott",
        "neverr",
        "cant",
        "isnt",
        "no",
        "wnt not",
    ]
    heard = json.loads(_python(program, json.dumps([*kept, "i lik teh qwestion", "u r clevr"])))
    assert heard[-2:] == ["i like the question", "you are clever"]
    before, after = (
        [re.findall(r"\b(no|not|never|dont|wont|cant|isnt)\b", each) for each in lines]
        for lines in (kept, heard)
    )
    assert after[: len(kept)] == before


def test_to_measure_a_no_it_is_spoilt_too(noise: ModuleType) -> None:
    spoilt = noise.with_noise(["I don't want that"] * 40, "keyboard slips", no_too=True)
    assert any("don't" not in each for each in spoilt)


def test_words_are_misspelt_as_people_misspelt_them_but_never_a_no(
    noise: ModuleType, tmp_path: Path
) -> None:
    people = importlib.import_module("evaluation.misspelt_by_people")
    listed = tmp_path / "list.txt"
    listed.write_text("freind->friend\nahve->have\nnto->not\nfro->for, from\n", "utf-8")
    misspellings = people.read_misspellings(listed)
    assert dict(misspellings) == {"friend": ["freind"], "have": ["ahve"], "not": ["nto"]}
    said = ["I do not have a friend for that"] * 40
    spoilt = people.misspelt(said, misspellings)
    assert spoilt == people.misspelt(said, misspellings)
    assert {word for each in spoilt for word in each.split()} >= {"freind", "ahve"}
    assert all("not" in each.split() and "for" in each.split() for each in spoilt)


@pytest.mark.needs("rasa")
def test_a_copy_of_a_line_is_misspelt_but_never_in_its_no() -> None:
    program = (
        "import json, random, sys; sys.path.insert(0, '.');"
        "from components.misspelt_copies import misspelt_copy;"
        "chance = random.Random(1);"
        "print(json.dumps([misspelt_copy(line, chance) for line in json.load(sys.stdin)]))"
    )
    lines = [line.lower().replace(",", "").replace("?", "") for line in SAID] * 20
    copies = json.loads(_python(program, json.dumps(lines)))
    assert sum(copy != line for copy, line in zip(copies, lines, strict=True)) > 50
    for copy, line in zip(copies, lines, strict=True):
        assert SAYS_NO.findall(copy.replace("'", "")) == SAYS_NO.findall(line.replace("'", ""))


def _python(program: str, typed: str) -> str:
    done = subprocess.run(
        [str(RASA_PYTHON), "-c", program],
        input=typed,
        cwd=ROOT / "rasa_project",
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout
