"""Trains one pipeline and measures it: `python -m evaluation.one_pipeline NAME TALK OTHERS`.

In: a name, the folder data/talk, and the folder of lines written by others ("-" without one). Out:
one JSON object on standard output. A process of its own, so that memory is this pipeline's alone.
"""

import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.model_selection import train_test_split

from components.asking_or_guessing import weigh
from components.meaning.understanding import Understanding
from components.what_is_said import TOLD, answers_taught
from evaluation import figures
from evaluation.lines_of_others import (
    CAUGHT,
    CHITCHAT,
    RIGHT_FOR,
    LinesOfOthers,
    as_their_label,
    read_lines_of_others,
)
from evaluation.meaning import evaluate_meaning
from evaluation.noise import NOISES, with_noise
from evaluation.pipelines import CHOSEN, Learner, pipeline

HELD_OUT, SEED, PARSED = 0.2, 42, 200


def taught_lines(talk: Path) -> dict[str, str]:
    """Every taught line with its intent, as the listener learns them."""
    lines: dict[str, str] = {}
    for file in sorted((talk / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            for line in entry["examples"].splitlines():
                lines[line.removeprefix("- ").strip()] = entry["intent"]
    for line in answers_taught(talk / "meaning" / "lines"):
        lines.setdefault(line, TOLD)
    return lines


class Measured:
    """A trained pipeline, and what it makes of texts with the chat's own threshold."""

    def __init__(self, learner: Learner) -> None:
        """`learner` has learnt."""
        self._learner = learner

    def understood(self, texts: list[str]) -> list[str]:
        """The intent the chat would take."""
        rows = self._learner.chances(texts)
        return [self._taken(row, text) for row, text in zip(rows, texts, strict=True)]

    def _taken(self, row: np.ndarray, text: str) -> str:
        if not row.any():
            return "nlu_fallback"
        chances = dict(zip(self._learner.intents, map(float, row), strict=True))
        name: str = weigh(chances, text)[0]["name"]
        return name

    def guesses(self, texts: list[str]) -> tuple[list[str], list[float]]:
        """The likeliest intent, asked about or not, and how sure it is."""
        chances = self._learner.chances(texts)
        names = [self._learner.intents[place] for place in chances.argmax(axis=1)]
        return names, list(map(float, chances.max(axis=1)))

    def cost_curve(self, texts: list[str], meant: list[str]) -> list[tuple[float, float]]:
        """What each threshold would cost on these lines, in questions."""
        places = np.array([self._learner.intents.index(intent) for intent in meant])
        return figures.cost_curve(self._learner.chances(texts), places)


def measure(name: str, talk: Path, others: Path | None) -> dict[str, Any]:
    """All figures of one pipeline."""
    lines = taught_lines(talk)
    texts, intents = list(lines), list(lines.values())
    learnt, held, learnt_as, held_as = train_test_split(
        texts, intents, test_size=HELD_OUT, random_state=SEED, stratify=intents
    )
    learner = pipeline(name)
    began = time.perf_counter()
    learner.learn(learnt, learnt_as)
    found: dict[str, Any] = {"pipeline": name, "training_seconds": time.perf_counter() - began}
    measured = Measured(learner)
    guessed, sure = measured.guesses(held)
    found["own"] = {
        "lines": len(held),
        "accuracy": figures.accuracy(held_as, guessed),
        "macro_f1": figures.macro_f1(held_as, guessed),
        "calibration_error": figures.calibration_error(
            sure, [a == b for a, b in zip(held_as, guessed, strict=True)]
        ),
        "cost_curve": measured.cost_curve(held, held_as),
    }
    if others is not None:
        found["others"] = measure_on_lines_of_others(measured, read_lines_of_others(others))
    if name == CHOSEN:
        # The intent's pipeline does not matter to it: it is measured once.
        found["meaning"] = measure_meaning(talk, others)
    found["parse_milliseconds"] = _median_parse(measured, held[:PARSED])
    found["memory_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def measure_on_lines_of_others(measured: Measured, others: LinesOfOthers) -> dict[str, Any]:
    """Figures on lines other people wrote."""
    texts, labels = [text for text, _ in others.intents], [label for _, label in others.intents]
    taken = measured.understood(texts)
    as_theirs = [as_their_label(*each) for each in zip(labels, taken, strict=True)]
    guessed, sure = measured.guesses(texts)
    right = [guess in RIGHT_FOR[label] for label, guess in zip(labels, guessed, strict=True)]
    caught = [each in CAUGHT for each in measured.understood(others.out_of_scope)]
    lost = [each in CAUGHT for each in measured.understood(others.in_scope())]
    found: dict[str, Any] = {
        "lines": len(texts),
        "accuracy": figures.accuracy(labels, as_theirs),
        "macro_f1": figures.macro_f1(labels, as_theirs),
        "f1": figures.f1_of_each(labels, as_theirs),
        "calibration_error": figures.calibration_error(sure, right),
        "out_of_scope_recall": float(np.mean(caught)),
        "out_of_scope_precision": sum(caught) / max(1, sum(caught) + sum(lost)),
        "in_scope_recall": 1 - float(np.mean(lost)),
    }
    controls = [(text, label) for text, label in others.intents if label != CHITCHAT]
    found["noise"] = {"none": _accuracy(measured, [t for t, _ in controls], controls)}
    for noise in NOISES:
        found["noise"][noise] = _accuracy(
            measured, with_noise([t for t, _ in controls], noise), controls
        )
    return found


def measure_meaning(talk: Path, others: Path | None) -> dict[str, Any]:
    """Figures of life areas, kinds, pieces and negation, learnt from all lines of data/talk."""
    lines = []
    if others is not None:
        said = (others / "aspirations.jsonl").read_text("utf-8").splitlines()
        lines = [json.loads(line) for line in said if line.strip()]
    return evaluate_meaning(Understanding.learned(talk / "meaning"), lines)


def _accuracy(measured: Measured, texts: list[str], meant: list[tuple[str, str]]) -> float:
    taken = measured.understood(texts)
    return float(
        np.mean([each in RIGHT_FOR[label] for each, (_, label) in zip(taken, meant, strict=True)])
    )


def _median_parse(measured: Measured, texts: list[str]) -> float:
    took = []
    for text in texts:
        began = time.perf_counter()
        measured.understood([text])
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def main(words: list[str]) -> int:
    """Standard output is for the one object; what libraries print goes to standard error."""
    name, talk, others = words
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    figures_found = measure(name, Path(talk), None if others == "-" else Path(others))
    json.dump(figures_found, answers)
    answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
