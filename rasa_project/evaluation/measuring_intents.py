"""What a trained pipeline makes of lines: intents, out of scope, noise, costs.

In: something that has learnt, and lines of others. Out: figures, with the chat's own thresholds.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.asking_or_guessing import weigh
from evaluation import figures
from evaluation.lines_of_others import (
    CAUGHT,
    CHITCHAT,
    RIGHT_FOR,
    LinesOfOthers,
    as_their_label,
)
from evaluation.misspelt_by_people import Misspellings, misspelt
from evaluation.noise import NOISES, with_noise
from evaluation.pipelines import Learner

BY_PEOPLE = "misspelt by people"


class Measured:
    """A trained pipeline, and what it makes of texts with the chat's own threshold."""

    def __init__(self, learner: Learner) -> None:
        """`learner` has learnt. What it made of a text is kept: each is asked once."""
        self._learner = learner
        self._known: dict[str, np.ndarray] = {}

    def chances(self, texts: list[str]) -> np.ndarray:
        """A row a text, a column an intent."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._learner.chances(new), strict=True))
        return np.array([self._known[text] for text in texts])

    def understood(self, texts: list[str]) -> list[str]:
        """The intent the chat would take."""
        rows = self.chances(texts)
        return [self._taken(row, text) for row, text in zip(rows, texts, strict=True)]

    def _taken(self, row: np.ndarray, text: str) -> str:
        if not row.any():
            return "nlu_fallback"
        chances = dict(zip(self._learner.intents, map(float, row), strict=True))
        name: str = weigh(chances, text)[0]["name"]
        return name

    def guesses(self, texts: list[str]) -> tuple[list[str], list[float]]:
        """The likeliest intent, asked about or not, and how sure it is."""
        chances = self.chances(texts)
        names = [self._learner.intents[place] for place in chances.argmax(axis=1)]
        return names, list(map(float, chances.max(axis=1)))

    def cost_curve(
        self, texts: list[str], right: Sequence[Sequence[str]]
    ) -> list[tuple[float, float]]:
        """What each threshold would cost on these lines, in questions."""
        are_right = np.array([[name in each for name in self._learner.intents] for each in right])
        return figures.cost_curve(self.chances(texts), are_right)


def measure_on_lines_of_others(
    measured: Measured, others: LinesOfOthers, misspellings: Misspellings | None = None
) -> dict[str, Any]:
    """Figures on lines other people wrote."""
    texts, labels = [text for text, _ in others.intents], [label for _, label in others.intents]
    guessed, sure = measured.guesses(texts)
    right = [guess in RIGHT_FOR[label] for label, guess in zip(labels, guessed, strict=True)]
    caught = [each in CAUGHT for each in measured.understood(others.out_of_scope)]
    lost = [each in CAUGHT for each in measured.understood(others.in_scope())]
    controls = [(text, label) for text, label in others.intents if label != CHITCHAT]
    said, meant = [text for text, _ in controls], [label for _, label in controls]
    spoilt = {noise: with_noise(texts, noise) for noise in NOISES}
    if misspellings is not None:
        spoilt = {BY_PEOPLE: misspelt(texts, misspellings), **spoilt}
    return {
        "lines": len(texts),
        **_right(measured, texts, labels),
        "f1": figures.f1_of_each(labels, _as_theirs(measured, texts, labels)),
        "calibration_error": figures.calibration_error(sure, right),
        "out_of_scope_recall": float(np.mean(caught)),
        "out_of_scope_precision": sum(caught) / max(1, sum(caught) + sum(lost)),
        "in_scope_recall": 1 - float(np.mean(lost)),
        "cost_curve": measured.cost_curve(said, [RIGHT_FOR[label] for label in meant]),
        "noise": {noise: _right(measured, lines, labels) for noise, lines in spoilt.items()},
    }


def _as_theirs(measured: Measured, texts: list[str], labels: list[str]) -> list[str]:
    taken = measured.understood(texts)
    return [as_their_label(*each) for each in zip(labels, taken, strict=True)]


def _right(measured: Measured, texts: list[str], labels: list[str]) -> dict[str, float]:
    taken = _as_theirs(measured, texts, labels)
    return {
        "accuracy": figures.accuracy(labels, taken),
        "macro_f1": figures.macro_f1(labels, taken),
    }
