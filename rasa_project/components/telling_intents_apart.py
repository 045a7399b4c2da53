"""Tells what is meant: from taught lines to how sure one may be of each intent.

In: lines and their intents, once; then texts. Out: for each text a calibrated chance for each
intent. Knows nothing of Rasa.
Pieces of words and of letters hear what is misspelt; sentence vectors hear what is said otherwise.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from components.as_heard import LETTER, apart, as_heard, without_letters
from components.misspelt_copies import misspelt_copy
from components.misspelt_words import MisspeltWords
from components.nearest_lines import NearestLines
from components.pieces_of_words import PiecesOfWords

Vectors = Callable[[list[str]], np.ndarray]
SEED = 42
# What this chat is not for.
OTHER = "out_of_scope"
# Word for word as it was taught; the same once its misspelt words are guessed.
AS_TAUGHT, AS_GUESSED = 0.9, 0.5
# A misspelt copy counts this much beside its line.
A_COPY = 0.5


@dataclass
class Rule:
    """A logistic regression, laid out so that a product with one sparse row copies nothing."""

    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def learned(
        cls, features: Any, meant: np.ndarray, counts: np.ndarray, intents: list[str], pull: float
    ) -> "Rule":
        """Columns in the order of `intents`; one that no line has is out of the question."""
        found = LogisticRegression(
            C=pull, max_iter=80, tol=1e-3, class_weight="balanced", random_state=SEED
        ).fit(features, meant, sample_weight=counts)
        places = [intents.index(intent) for intent in found.classes_]
        weights = np.zeros((features.shape[1], len(intents)), dtype=np.float32)
        bias = np.full(len(intents), -30.0, dtype=np.float32)
        weights[:, places], bias[places] = found.coef_.T, found.intercept_
        return cls(weights, bias)

    def raw(self, features: Any) -> np.ndarray:
        """What speaks for each intent, a row a text."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float64)

    def raw_of_one(self, places: np.ndarray, amounts: np.ndarray) -> np.ndarray:
        """The same for one text, of which only the columns that are not empty are given."""
        return np.asarray(amounts @ self.weights[places] + self.bias, dtype=np.float64)


@dataclass
class Lessons:
    """Rows to learn from: the lines, then copies of them; `line_of` names each row's line."""

    pieces: csr_matrix
    senses: np.ndarray
    meant: np.ndarray
    line_of: np.ndarray
    lines: int

    def rows_of(self, lines: np.ndarray) -> np.ndarray:
        """The rows of these lines, their copies too: no copy of a held-out line is learnt from."""
        return np.flatnonzero(np.isin(self.line_of, lines))


@dataclass
class TellingIntentsApart:
    """`vectors` may be none: then pieces of words decide alone."""

    vectors: Vectors | None = None
    pull: float = 5.0
    pull_of_senses: float = 45.0
    intents: list[str] = field(default_factory=list)
    hears_misspelt: bool = True
    warmth: float = 1.0
    signs: dict[str, str] = field(default_factory=dict)
    held_out: dict[str, Any] = field(default_factory=dict)

    def learn(self, lines: list[str], intents: list[str], *, folds: int = 2) -> None:
        """Learn from lines; the chances are fitted on lines held out in `folds` turns."""
        self.intents = sorted(set(intents))
        self.signs, taught = apart(lines, intents)
        said, meant = list(taught), np.array(list(taught.values()))
        self._taught = taught
        if self.hears_misspelt:
            self._misspelt = MisspeltWords(said)
        copies, copied = self._copies(said) if self.hears_misspelt else ([], [])
        self._pieces = PiecesOfWords(said)
        lines_of_all = [*said, *copies]
        pieces, senses = self._pieces.of_all(lines_of_all), self._senses(lines_of_all)
        # Which line each row is, itself or a copy of it.
        rows = np.array([*range(len(said)), *copied])
        lessons = Lessons(pieces, senses, meant[rows], rows, len(said))
        self._learn_how_sure(lessons, folds)
        self._rules = self._learn_rules(lessons, np.arange(len(said)))
        self._nearest = _nearest(senses[: len(said)], meant)

    def _copies(self, said: list[str]) -> tuple[list[str], list[int]]:
        """Misspelt copies, as they are heard, and the place of the line that each is a copy of."""
        chance = random.Random(SEED)  # noqa: S311 - no secret, and the same each time
        copies, copied = [], []
        for place, line in enumerate(said):
            copy = self._misspelt.put_right(misspelt_copy(line, chance))
            # What was put right again teaches nothing new.
            if copy != line and copy not in self._taught:
                copies.append(copy)
                copied.append(place)
        return copies, copied

    def chances(self, texts: list[str]) -> np.ndarray:
        """A row a text, a column an intent (in the order of `intents`).

        A text with nothing in it to go by, no known piece and no sign that was taught, has none.
        """
        heard = [as_heard(text) for text in texts]
        # What was taught misspelt stays as it was taught; only what comes in is put right.
        said = [self.put_right(text) for text in heard]
        senses = self._senses(said)
        raw, known = self._by_pieces(said)
        if senses.shape[1]:
            raw += self._rules[1].raw(senses)
        chances = self._weighed(raw, self._nearest, senses)
        for row, text, guessed, is_known in zip(chances, heard, said, known, strict=True):
            if not LETTER.search(text):
                sign = self.signs.get(without_letters(text))
                row[:] = [float(intent == sign) for intent in self.intents]
            elif text in self._taught:
                # Word for word as it was taught; what it is like cannot outvote that.
                self._as_taught(row, text, AS_TAUGHT)
            elif guessed in self._taught:
                self._as_taught(row, guessed, AS_GUESSED)
            elif not is_known:
                row[:] = 0.0
        return chances

    def put_right(self, text: str) -> str:
        """A text with its misspelt words guessed, as it is heard."""
        return self._misspelt.put_right(as_heard(text)) if self.hears_misspelt else as_heard(text)

    def _as_taught(self, row: np.ndarray, text: str, much: float) -> None:
        row *= 1 - much
        row[self.intents.index(self._taught[text])] += much

    def _learn_rules(self, lessons: "Lessons", lines: np.ndarray) -> list["Rule"]:
        """One rule for how it is written, one for what it is near to; what they say is added."""
        rows = lessons.rows_of(lines)
        meant, counts = lessons.meant[rows], np.where(rows < lessons.lines, 1.0, A_COPY)
        rules = [Rule.learned(lessons.pieces[rows], meant, counts, self.intents, self.pull)]
        if lessons.senses.shape[1]:
            # Vectors are of length one, and need a stronger pull than a line's many pieces.
            senses = lessons.senses[rows]
            rules.append(Rule.learned(senses, meant, counts, self.intents, self.pull_of_senses))
        return rules

    def _by_pieces(self, said: list[str]) -> tuple[np.ndarray, list[bool]]:
        """What the pieces of each text speak for, and whether any of them is known."""
        raw, known = np.zeros((len(said), len(self.intents))), []
        for row, text in zip(raw, said, strict=True):
            places, amounts = self._pieces.of_one(text)
            row[:] = self._rules[0].raw_of_one(places, amounts)
            known.append(len(places) > 0)
        return raw, known

    def _senses(self, said: list[str]) -> np.ndarray:
        if self.vectors is None:
            return np.zeros((len(said), 0), dtype=np.float32)
        return self.vectors(said)

    def _learn_how_sure(self, lessons: "Lessons", folds: int) -> None:
        """Find the warmth at which chances come true on lines unlike those learnt from.

        Lines that are alike are held out together: a line whose twin was taught says nothing about
        what a stranger will write.
        """
        pieces, senses = lessons.pieces[: lessons.lines], lessons.senses[: lessons.lines]
        meant = lessons.meant[: lessons.lines]
        alike = MiniBatchKMeans(n_clusters=min(400, len(meant) // 4), n_init=1, random_state=SEED)
        shapes = senses
        if not senses.shape[1]:
            short = TruncatedSVD(min(100, pieces.shape[1] - 1), random_state=SEED)
            shapes = short.fit_transform(pieces)
        groups = alike.fit_predict(shapes)
        raw, lean = np.zeros((len(meant), len(self.intents))), np.zeros(len(meant))
        for learnt, held in GroupKFold(folds).split(shapes, meant, groups):
            rules = self._learn_rules(lessons, learnt)
            for rule, each in zip(rules, (pieces, senses), strict=False):
                raw[held] += rule.raw(each[held])
            if nearest := _nearest(senses[learnt], meant[learnt]):
                lean[held] = nearest.lean(senses[held])
        right = np.array([self.intents.index(intent) for intent in meant])

        def surprise(warmth: float) -> float:
            chances = _chances(raw, warmth)[np.arange(len(right)), right]
            return float(-np.log(np.maximum(chances, 1e-9)).mean())

        self.warmth = float(minimize_scalar(surprise, bounds=(0.2, 5), method="bounded").x)
        chances = _chances(raw, self.warmth)
        self._second: tuple[np.ndarray, float] | None = None
        if lean.any():
            asked = np.column_stack([_odds(chances[:, self.intents.index(OTHER)]), lean])
            fitted = LogisticRegression(C=100).fit(asked, meant == OTHER)
            self._second = (fitted.coef_[0], float(fitted.intercept_[0]))
            chances = self._with_second_opinion(chances, lean)
        self.held_out = {"chances": chances, "meant": meant}

    def _weighed(
        self, raw: np.ndarray, nearest: NearestLines | None, senses: np.ndarray
    ) -> np.ndarray:
        chances = _chances(raw, self.warmth)
        if nearest is None or self._second is None:
            return chances
        return self._with_second_opinion(chances, nearest.lean(senses))

    def _with_second_opinion(self, chances: np.ndarray, lean: np.ndarray) -> np.ndarray:
        """The same chances, with that of being out of scope weighed anew and the others with it."""
        place = self.intents.index(OTHER)
        asked = np.column_stack([_odds(chances[:, place]), lean])
        weights, bias = self._second
        anew = 1 / (1 + np.exp(-(asked @ weights + bias)))
        rest = (1 - anew) / np.maximum(1 - chances[:, place], 1e-9)
        weighed = chances * rest[:, None]
        weighed[:, place] = anew
        return np.asarray(weighed)


def _nearest(senses: np.ndarray, meant: np.ndarray) -> NearestLines | None:
    other = meant == OTHER
    if senses.shape[1] == 0 or not other.any() or other.all():
        return None
    return NearestLines(senses[other], senses[~other])


def _odds(chances: np.ndarray) -> np.ndarray:
    kept = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(kept / (1 - kept)))


def _chances(raw: np.ndarray, warmth: float) -> np.ndarray:
    warm = raw / warmth
    powers = np.exp(warm - warm.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
