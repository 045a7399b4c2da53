"""Asks what a trained model understands: the listener's own Python reads, and answers in JSON.

In: lines with a text. Out: what is meant in each. The tests stand in another Python than Rasa.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.running_the_pair import RASA_PYTHON, ROOT

SETS = Path(__file__).parent
MEANING = ROOT / "data/talk/meaning"
DEV = Path(os.environ.get("MYWAY_SHARED", ROOT.parent / "shared")) / "eval/dev/aspirations.jsonl"


def lines_of(name: str) -> list[dict[str, Any]]:
    """One of the test sets beside this file."""
    lines: list[dict[str, Any]] = yaml.safe_load((SETS / f"{name}.yml").read_text("utf-8"))["lines"]
    return lines


def lines_to_learn() -> list[str]:
    """Every line that the listener learns meanings from."""
    return [
        line.strip()
        for file in sorted((MEANING / "lines").glob("*.yml"))
        for topic in yaml.safe_load(file.read_text("utf-8"))["topics"]
        for line in topic["lines"].splitlines()
        if line.strip()
    ]


def ask(model: Path, *words: str, said: str = "") -> str:
    """Run rasa_project/evaluation/meaning.py with a model."""
    done = subprocess.run(
        [str(RASA_PYTHON), "-W", "ignore", "-m", "evaluation.meaning", str(model), *words],
        cwd=ROOT / "rasa_project",
        input=said,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=240,
    )
    return done.stdout


def understood(model: Path, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What is meant in each of these lines."""
    answers = ask(model, "--lines", said="".join(json.dumps(line) + "\n" for line in lines))
    return [json.loads(answer) for answer in answers.splitlines()]
