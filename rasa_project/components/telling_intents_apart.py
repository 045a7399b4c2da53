"""Tells what is meant: from taught lines to how sure one may be of each intent.

In: lines and their intents, once; then texts. Out: for each text a calibrated chance for each
intent, and whether anything in it is known at all. Knows nothing of Rasa.
Pieces of words and of letters hear what is misspelt; sentence vectors hear what is said otherwise.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

Vectors = Callable[[list[str]], np.ndarray]
SEED = 42
LETTER = re.compile(r"[a-z0-9]")
# What changes nothing in an emoji: the colour of a skin, "draw it as a picture", "he" and "she".
NOT_SEEN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u200d\u2640\u2642]")


def as_heard(text: str) -> str:
    """The same words as the taught lines have them: small letters, plain apostrophes, no gaps.

    Three and more of a letter are two: "nooooo" and "noooooooo" are one word. Nothing else is
    altered: no word is left out or exchanged, least of all a "no".
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").lower()
    return re.sub(r"([^\W\d_])\1{2,}", r"\1\1", " ".join(plain.split()))


def without_letters(text: str) -> str:
    """A text with no letter or number, so that 👍🏽👍🏽 and 👍 are one."""
    return re.sub(r"(.)\1+", r"\1", "".join(NOT_SEEN.sub("", text).split()))


def words_of(text: str) -> list[str]:
    """Words, with their apostrophe gone ("don't" is "dont"), and each emoji as one."""
    return re.findall(r"[^\W_]+|[^\w\s.,;:!'\"()-]", text.replace("'", ""))


@dataclass
class TellingIntentsApart:
    """`vectors` may be none: then pieces of words decide alone."""

    vectors: Vectors | None = None
    spelling: Callable[[str], str] | None = None
    pull: float = 10.0
    weight_of_vectors: float = 3.0
    width: int = 400
    intents: list[str] = field(default_factory=list)
    warmth: float = 1.0
    signs: dict[str, str] = field(default_factory=dict)
    held_out: dict[str, Any] = field(default_factory=dict)

    def learn(self, lines: list[str], intents: list[str], *, folds: int = 4) -> None:
        """Learn from lines; `folds` of 0 leaves the chances uncalibrated."""
        said, meant = [as_heard(line) for line in lines], np.array(intents)
        self.intents = sorted(set(intents))
        self.signs = {
            without_letters(line): intent
            for line, intent in zip(said, intents, strict=True)
            if not LETTER.search(line)
        }
        features = self._learn_features(said)
        if folds:
            self._learn_how_sure(features, meant, folds)
        self._rule = self._learner().fit(features, meant)

    def _learner(self) -> LogisticRegression:
        return LogisticRegression(
            C=self.pull, max_iter=120, tol=1e-3, class_weight="balanced", random_state=SEED
        )

    def _learn_features(self, said: list[str]) -> np.ndarray:
        self._words = TfidfVectorizer(
            tokenizer=words_of, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True, min_df=2
        )
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=3
        )
        spelt = self._spelt(said)
        pieces = hstack([self._words.fit_transform(spelt), self._letters.fit_transform(spelt)])
        self._short = TruncatedSVD(self.width, random_state=SEED).fit(csr_matrix(pieces))
        return self._features(said)

    def _spelt(self, said: list[str]) -> list[str]:
        return [self.spelling(text) for text in said] if self.spelling else said

    def _features(self, said: list[str]) -> np.ndarray:
        spelt = self._spelt(said)
        pieces = hstack([self._words.transform(spelt), self._letters.transform(spelt)])
        short = self._short.transform(csr_matrix(pieces)).astype(np.float32)
        if self.vectors is None:
            return short
        return np.hstack([short, self.vectors(said) * np.float32(self.weight_of_vectors)])

    def _learn_how_sure(self, features: np.ndarray, meant: np.ndarray, folds: int) -> None:
        """Find the warmth at which chances come true on lines unlike those learnt from.

        Lines that are alike are held out together: a line whose twin was taught says nothing about
        what a stranger will write.
        """
        alike = MiniBatchKMeans(n_clusters=min(400, len(meant) // 4), n_init=1, random_state=SEED)
        groups = alike.fit_predict(features)
        raw = np.zeros((len(meant), len(self.intents)))
        for learnt, held in GroupKFold(folds).split(features, meant, groups):
            rule = self._learner().fit(features[learnt], meant[learnt])
            places = [self.intents.index(intent) for intent in rule.classes_]
            raw[held] = -30.0
            raw[np.ix_(held, places)] = rule.decision_function(features[held])
        right = np.array([self.intents.index(intent) for intent in meant])

        def surprise(warmth: float) -> float:
            chances = _chances(raw, warmth)[np.arange(len(right)), right]
            return float(-np.log(np.maximum(chances, 1e-9)).mean())

        self.warmth = float(minimize_scalar(surprise, bounds=(0.2, 5), method="bounded").x)
        chances = _chances(raw, self.warmth)
        self.held_out = {
            "sure": chances.max(axis=1),
            "right": chances.argmax(axis=1) == right,
            "meant": meant,
            "guess": chances.argmax(axis=1),
        }

    def chances(self, texts: list[str]) -> np.ndarray:
        """A row a text, a column an intent (in the order of `intents`)."""
        said = [as_heard(text) for text in texts]
        chances = _chances(self._rule.decision_function(self._features(said)), self.warmth)
        for row, text in zip(chances, said, strict=True):
            if not LETTER.search(text):
                sign = self.signs.get(without_letters(text))
                row[:] = [float(intent == sign) for intent in self.intents]
        return chances

    def knows(self, text: str) -> bool:
        """Whether there is anything in it to go by: a sign that was taught, or a known piece."""
        said = as_heard(text)
        if not LETTER.search(said):
            return without_letters(said) in self.signs
        spelt = self._spelt([said])
        return bool(self._words.transform(spelt).nnz or self._letters.transform(spelt).nnz)


def _chances(raw: np.ndarray, warmth: float) -> np.ndarray:
    warm = raw / warmth
    powers = np.exp(warm - warm.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
