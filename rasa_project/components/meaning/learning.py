"""Learns which labels features speak for, with a confidence that means what it says.

In: features and labels of lines. Out: a `Learned` that gives each label its probability, and can be
kept as plain numbers.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

Features = Mapping[str, float]
SEED, FOLDS = 42, 5
# How far the learner may lean on one feature: chosen by cross-validation.
TRUST = 8.0


@dataclass(frozen=True)
class Learned:
    """`weights`: one row a feature, one column a label. `scale`, `shift`: see `calibrated`."""

    labels: tuple[str, ...]
    known: Mapping[str, int]
    weights: np.ndarray
    offset: np.ndarray
    scale: np.ndarray
    shift: np.ndarray
    one_of: bool

    def probabilities(self, features: Features) -> dict[str, float]:
        """Each label with its probability; of several that exclude each other they add up to 1."""
        chances = calibrated(self.scores(features), self.scale, self.shift, self.one_of)
        return {label: float(chance) for label, chance in zip(self.labels, chances, strict=True)}

    def scores(self, features: Features) -> np.ndarray:
        """The raw score of each label."""
        places, amounts = [], []
        for name, amount in features.items():
            place = self.known.get(name)
            if place is not None:
                places.append(place)
                amounts.append(amount)
        if not places:
            return self.offset
        found: np.ndarray = np.asarray(amounts) @ self.weights[places] + self.offset
        return found

    def knows(self, features: Features) -> bool:
        """Whether it has met any of these."""
        return any(name in self.known for name in features)

    def keep(self, folder: Path, name: str) -> None:
        """Write it as numbers and a list of names: nothing that could run when it is read."""
        np.savez_compressed(
            folder / f"{name}.npz",
            weights=self.weights.astype(np.float32),
            offset=self.offset,
            scale=self.scale,
            shift=self.shift,
        )
        rest = {"labels": self.labels, "known": list(self.known), "one_of": self.one_of}
        (folder / f"{name}.json").write_text(json.dumps(rest), "utf-8")

    @classmethod
    def kept(cls, folder: Path, name: str) -> "Learned":
        """Read what `keep` wrote."""
        rest = json.loads((folder / f"{name}.json").read_text("utf-8"))
        with np.load(folder / f"{name}.npz", allow_pickle=False) as numbers:
            return cls(
                tuple(rest["labels"]),
                {feature: place for place, feature in enumerate(rest["known"])},
                *(numbers[each] for each in ("weights", "offset", "scale", "shift")),
                one_of=rest["one_of"],
            )


def learn_any_of(
    features: Sequence[Features], labels: Sequence[frozenset[str]], names: Sequence[str]
) -> Learned:
    """For labels of which several may be right, or none."""
    known, rows = _rows(features)
    weights, offset, scale, shift = [], [], [], []
    for name in names:
        right = np.asarray([name in each for each in labels], dtype=int)
        away = np.zeros(len(right))
        for seen, kept in _folds().split(rows, right):
            away[kept] = _fit(rows[seen], right[seen]).decision_function(rows[kept])
        fitted = _fit(rows, right)
        chance = LogisticRegression(C=1e3).fit(away.reshape(-1, 1), right)
        weights.append(fitted.coef_[0])
        offset.append(fitted.intercept_[0])
        scale.append(chance.coef_[0][0])
        shift.append(chance.intercept_[0])
    columns = np.ascontiguousarray(np.asarray(weights).T)
    numbers = (np.asarray(each) for each in (offset, scale, shift))
    return Learned(tuple(names), known, columns, *numbers, one_of=False)


def learn_one_of(
    features: Sequence[Features], labels: Sequence[str], names: Sequence[str]
) -> Learned:
    """For labels of which exactly one is right."""
    known, rows = _rows(features)
    right = np.asarray([names.index(each) for each in labels])
    away = np.zeros((len(right), len(names)))
    for seen, kept in _folds().split(rows, right):
        away[kept] = _fit(rows[seen], right[seen]).decision_function(rows[kept])
    fitted = _fit(rows, right)
    scale = min(np.linspace(0.5, 3, 26), key=lambda each: _surprise(away * each, right))
    return Learned(
        tuple(names),
        known,
        np.ascontiguousarray(fitted.coef_.T),
        fitted.intercept_,
        np.full(len(names), scale),
        np.zeros(len(names)),
        one_of=True,
    )


def calibrated(
    scores: np.ndarray, scale: np.ndarray, shift: np.ndarray, one_of: bool
) -> np.ndarray:
    """Scores as probabilities. Scale and shift were set on lines the learner had not seen."""
    scaled = scores * scale + shift
    if not one_of:
        return np.asarray(1 / (1 + np.exp(-scaled)))
    raised = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def midway(one: float, other: float) -> float:
    """Midway between two probabilities, as evidence counts."""
    near_one, near_other = np.clip([one, other], 1e-6, 1 - 1e-6)
    evidence = np.log(near_one / (1 - near_one)) + np.log(near_other / (1 - near_other))
    return float(1 / (1 + np.exp(-evidence / 2)))


def _surprise(scores: np.ndarray, right: np.ndarray) -> float:
    ones = np.ones(scores.shape[1])
    chances = calibrated(scores, ones, np.zeros(scores.shape[1]), True)
    return float(-np.log(chances[np.arange(len(right)), right] + 1e-12).mean())


def _rows(features: Sequence[Features]) -> tuple[dict[str, int], csr_matrix]:
    names = sorted({name for each in features for name in each})
    known = {name: place for place, name in enumerate(names)}
    amounts = [amount for each in features for amount in each.values()]
    columns = [known[name] for each in features for name in each]
    starts = np.cumsum([0, *(len(each) for each in features)])
    return known, csr_matrix((amounts, columns, starts), shape=(len(features), len(names)))


def _folds() -> StratifiedKFold:
    return StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)


def _fit(rows: csr_matrix, right: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=TRUST, max_iter=300, random_state=SEED).fit(rows, right)
