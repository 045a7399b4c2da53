"""The second layer: how much a message is like those that speak of danger, and of which kind.

Comes in: plain words, without look-alikes. Goes out: a kind and how sure, from 0 to 1. One plain
file of numbers (`learning.py` makes it); a message costs the same however long it is.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.safety.counting_grams import grams
from bot.safety.reading_broken_words import BREAK
from bot.safety.sentence_vectors import SIZE, SentenceVectors

# A letter is weighed in pieces of about so many words, and its worst piece counts.
WORDS_AT_ONCE = 40
# Below this, by grams alone, no vector is asked for: two messages in five are that clear, and no
# disclosure of the development lines came below 0.4.
CLEARLY_ORDINARY = 0.1

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt. `alone`: for grams without vectors. `kinds` has a row for each name."""

    names: tuple[str, ...]
    danger: Numbers
    danger_base: float
    alone: Numbers
    alone_base: float
    kinds: Numbers
    kinds_base: Numbers


@dataclass(frozen=True, slots=True)
class Weighed:
    """How sure (0 to 1) that it is danger, the likeliest kind, and the piece that weighs most.

    `whole`: the vectors were asked too; by grams alone the scale is another one.
    """

    sure: float
    kind: str
    piece: str
    whole: bool


class Scales:
    """Weighs messages."""

    def __init__(self, weights: Weights, vectors: SentenceVectors | None) -> None:
        self._weights = weights
        self.vectors = vectors

    def weigh(self, tokens: list[str]) -> Weighed:
        """Weigh a message by its worst piece."""
        weights = self._weights
        best: tuple[float, list[str], Numbers, npt.NDArray[np.int64]] | None = None
        for piece in pieces(tokens):
            counted = grams(piece)
            at = np.fromiter(counted.keys(), dtype=np.int64, count=len(counted))
            values = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
            alone = _sure(float(values @ weights.alone[at]) + weights.alone_base)
            if best is None or alone > best[0]:
                best = (alone, piece, values, at)
        if best is None:
            return Weighed(0.0, weights.names[0], "", True)
        sure, piece, values, at = best
        text = " ".join(piece)
        rows = values @ weights.kinds[:, at].T + weights.kinds_base
        if self.vectors is None:
            return Weighed(sure, weights.names[int(rows.argmax())], text, False)
        if sure < CLEARLY_ORDINARY:
            return Weighed(sure, weights.names[int(rows.argmax())], text, True)
        vector = self.vectors.of(text)
        score = float(values @ weights.danger[at] + vector @ weights.danger[-SIZE:])
        rows = rows + vector @ weights.kinds[:, -SIZE:].T
        return Weighed(
            _sure(score + weights.danger_base), weights.names[int(rows.argmax())], text, True
        )


def pieces(tokens: list[str]) -> list[list[str]]:
    """The message in pieces of whole sentences; a sentence without end is cut."""
    found: list[list[str]] = [[]]
    sentence: list[str] = []
    for token in [*tokens, BREAK]:
        if token != BREAK:
            sentence.append(token)
        if token == BREAK or len(sentence) == WORDS_AT_ONCE:
            if found[-1] and len(found[-1]) + len(sentence) > WORDS_AT_ONCE:
                found.append([])
            found[-1].extend(sentence)
            sentence = []
    return [piece for piece in found if piece]


def save_weights(weights: Weights, file: Path) -> None:
    """Keep what was learnt, as numbers only: opening the file runs no code."""
    with file.open("wb") as opened:
        np.savez_compressed(
            opened,
            names=np.array(weights.names),
            danger=weights.danger,
            alone=weights.alone,
            kinds=weights.kinds.astype(np.float16),
            bases=np.array([weights.danger_base, weights.alone_base], dtype=np.float32),
            kinds_base=weights.kinds_base,
        )


def read_weights(file: Path) -> Weights:
    """Open what was learnt."""
    with np.load(file, allow_pickle=False) as kept:
        return Weights(
            tuple(map(str, kept["names"])),
            kept["danger"],
            float(kept["bases"][0]),
            kept["alone"],
            float(kept["bases"][1]),
            kept["kinds"].astype(np.float32),
            kept["kinds_base"],
        )


def _sure(score: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.clip(score, -60, 60))))
