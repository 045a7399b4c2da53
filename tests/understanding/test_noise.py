"""The noise that pipelines are measured with spoils lines as people do, and never turns a no round.

In: rasa_project/evaluation, which needs no Rasa for this. Out: what was spoilt, the same each time.
"""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
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


@pytest.mark.needs("rasa")
def test_putting_spelling_right_never_touches_a_no() -> None:
    lines = ["i dont want to", "i wont go", "nver again", "not me", "i cant", "no", "dnt want it"]
    program = (
        "import json, sys; sys.path.insert(0, '.');"
        "from evaluation.spelling import spelling_put_right as right;"
        "print(json.dumps([right(line) for line in json.load(sys.stdin)]))"
    )
    put_right = json.loads(_python(program, json.dumps([*lines, "i want to lern at skool"])))
    assert put_right[-1] == "i want to learn at school"
    expected = [line.replace("nver", "never").replace("dnt", "dont") for line in lines]
    assert put_right[:-1] == expected


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
