"""Figures from what was meant and what was understood: accuracy, F1, calibration, costs.

In: lists of the same length. Out: numbers from 0 to 1, and the curve the threshold is read from.
"""

from collections.abc import Sequence

import numpy as np

BINS = 10
# In questions. A wrong guess: the person reads an answer to something else, says it again, and
# has lost trust. A question with three buttons: one tap; more, if none of the three was meant.
A_WRONG_GUESS, A_QUESTION = 3.0, 1.0


def accuracy(meant: Sequence[str], understood: Sequence[str]) -> float:
    """The share that was understood as meant."""
    return float(np.mean([a == b for a, b in zip(meant, understood, strict=True)]))


def macro_f1(meant: Sequence[str], understood: Sequence[str]) -> float:
    """The mean F1 of the labels that were meant."""
    return float(np.mean(list(f1_of_each(meant, understood).values())))


def f1_of_each(meant: Sequence[str], understood: Sequence[str]) -> dict[str, float]:
    """F1 of each label that was meant."""
    found = {}
    pairs = list(zip(meant, understood, strict=True))
    for label in sorted(set(meant)):
        both = sum(a == b == label for a, b in pairs)
        either = sum(a == label for a, _ in pairs) + sum(b == label for _, b in pairs)
        found[label] = 2 * both / either
    return found


def calibration_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: how far confidence is from coming true, in ten bins."""
    confidence, came_true = np.array(sure), np.array(right, dtype=float)
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    error = 0.0
    for number in range(BINS):
        here = place == number
        if here.any():
            error += here.mean() * abs(came_true[here].mean() - confidence[here].mean())
    return float(error)


def cost_curve(chances: np.ndarray, right: np.ndarray, top: int = 3) -> list[tuple[float, float]]:
    """(threshold, mean cost in questions a message); `right`: for each chance, whether it is right.

    A question whose buttons lack what was meant costs a wrong guess on top.
    """
    order = np.argsort(-chances, axis=1)[:, :top]
    sure = chances.max(axis=1)
    are_right = np.take_along_axis(right, order, axis=1)
    wrong, lacking = ~are_right[:, 0], ~are_right.any(axis=1)
    curve = []
    for threshold in np.arange(0.0, 0.95, 0.05):
        asked = sure < threshold
        costs = np.where(asked, A_QUESTION + lacking * A_WRONG_GUESS, wrong * A_WRONG_GUESS)
        curve.append((round(float(threshold), 2), round(float(costs.mean()), 4)))
    return curve
