"""Trains one pipeline on our own talk and measures it: `NAME TALK OTHERS MISSPELLINGS`.

In: its name, the folder data/talk, the folder of lines written by others, and codespell's list ("-"
for what is not there). Out: one JSON object on standard output. A process of its own, so that
memory is this pipeline's alone.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import train_test_split

from components.meaning.understanding import Understanding
from evaluation import figures
from evaluation.lines_of_others import read_lines_of_others
from evaluation.lines_taught import taught_lines
from evaluation.meaning import evaluate_meaning
from evaluation.measuring_areas import HELD_OUT, SEED, measure_areas
from evaluation.measuring_intents import Measured, measure_on_lines_of_others
from evaluation.misspelt_by_people import read_misspellings
from evaluation.pipelines import CHOSEN, Learner, pipeline

PARSED, SLOW = 200, 95


def measure(
    name: str, talk: Path, others: Path | None, misspellings: Path | None
) -> dict[str, Any]:
    """All figures of one pipeline."""
    lines = taught_lines(talk)
    texts, intents = list(lines), list(lines.values())
    learnt, held, learnt_as, held_as = train_test_split(
        texts, intents, test_size=HELD_OUT, random_state=SEED, stratify=intents
    )
    learner = pipeline(name)
    began = processor_seconds()
    learner.learn(learnt, learnt_as)
    found: dict[str, Any] = {"pipeline": name, "training_seconds": processor_seconds() - began}
    measured = Measured(learner)
    guessed, sure = measured.guesses(held)
    found["own"] = {
        "lines": len(held),
        "accuracy": figures.accuracy(held_as, guessed),
        "macro_f1": figures.macro_f1(held_as, guessed),
        "calibration_error": figures.calibration_error(
            sure, [a == b for a, b in zip(held_as, guessed, strict=True)]
        ),
        "cost_curve": measured.cost_curve(held, [[intent] for intent in held_as]),
    }
    found["parse_milliseconds"] = parse_times(learner, held[:PARSED])
    # Of the pipeline itself: what only measures comes after.
    found["memory_megabytes"] = most_memory()
    theirs = None if others is None else read_lines_of_others(others)
    if theirs is not None:
        people = None if misspellings is None else read_misspellings(misspellings)
        found["others"] = measure_on_lines_of_others(measured, theirs, people)
    found["areas"] = measure_areas(name, talk, theirs)
    if name == CHOSEN:
        # The intent's pipeline does not matter to it: it is measured once.
        found["meaning"] = measure_meaning(talk, others)
    return found


def measure_meaning(talk: Path, others: Path | None) -> dict[str, Any]:
    """Figures of life areas, kinds, pieces and negation, learnt from all lines of data/talk."""
    lines = []
    if others is not None:
        said = (others / "aspirations.jsonl").read_text("utf-8").splitlines()
        lines = [json.loads(line) for line in said if line.strip()]
    return evaluate_meaning(Understanding.learned(talk / "meaning"), lines)


def parse_times(learner: Learner, texts: list[str]) -> dict[str, float]:
    """Of one text at a time: the median, and what 95 in 100 stay under; and by the clock."""
    took, by_the_clock = [], []
    for text in texts:
        began, began_at = time.process_time(), time.perf_counter()
        learner.chances([text])
        took.append((time.process_time() - began) * 1000)
        by_the_clock.append((time.perf_counter() - began_at) * 1000)
    return {
        "median": float(np.median(took)),
        "p95": float(np.percentile(took, SLOW)),
        "median_by_the_clock": float(np.median(by_the_clock)),
    }


def most_memory() -> float:
    """In MB, at the peak: of this process, or of the one in which DIET learnt."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in kinds) / 1024


def processor_seconds() -> float:
    """Of this process and those it waited for: DIET learns in one of its own."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main(words: list[str]) -> int:
    """Standard output is for the one object; what libraries print goes to standard error."""
    name, talk, *folders = words
    others, misspellings = (None if each == "-" else Path(each) for each in folders)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    figures_found = measure(name, Path(talk), others, misspellings)
    json.dump(figures_found, answers)
    answers.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
