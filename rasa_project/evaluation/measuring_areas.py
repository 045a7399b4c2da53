"""How well a pipeline tells which part of life an answer is about: one label of eight a line.

In: a pipeline's name, data/talk, lines of others. Out: accuracy and macro F1 on our own lines held
out and on theirs. The chat itself may hear several areas at once: evaluation/meaning.py.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sklearn.model_selection import train_test_split

from evaluation import figures
from evaluation.lines_of_others import LinesOfOthers
from evaluation.lines_taught import About, right_for, taught_areas
from evaluation.pipelines import Learner, pipeline

HELD_OUT, SEED = 0.2, 42


def measure_areas(name: str, talk: Path, others: LinesOfOthers | None) -> dict[str, Any]:
    """Learnt from 80 % of the answers we wrote."""
    lines = taught_areas(talk)
    learnt, held = train_test_split(
        lines, test_size=HELD_OUT, random_state=SEED, stratify=[line.label for line in lines]
    )
    learner = pipeline(name)
    learner.learn([line.text for line in learnt], [line.label for line in learnt])
    found = {"own": _figures(learner, held)}
    if others is not None:
        theirs = [
            About(each.text, each.domain, right_for(each.right)) for each in others.aspirations
        ]
        found["others"] = _figures(learner, theirs)
    return found


def _figures(learner: Learner, lines: Sequence[About]) -> dict[str, float]:
    rows = learner.chances([line.text for line in lines])
    guessed = [learner.intents[place] for place in rows.argmax(axis=1)]
    sure = list(map(float, rows.max(axis=1)))
    meant = [line.label for line in lines]
    # Any of the areas that were said is right.
    taken = [
        line.label if guess in line.right else guess
        for line, guess in zip(lines, guessed, strict=True)
    ]
    right = [a == b for a, b in zip(meant, taken, strict=True)]
    return {
        "lines": len(lines),
        "accuracy": figures.accuracy(meant, taken),
        "macro_f1": figures.macro_f1(meant, taken),
        "calibration_error": figures.calibration_error(sure, right),
    }
