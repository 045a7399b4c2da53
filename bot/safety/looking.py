"""The look itself: a phrase acts, a likeness that is strong alerts, a doubt asks.

Comes in: words of any kind of message. Goes out: the danger, or nothing. Never raises: a look that
fails in its second layer still has its first.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from bot.safety.finding_phrases import Listed, read_listed
from bot.safety.learning import DATA, MODELS, fingerprint, model_for
from bot.safety.reading_broken_words import Reader, read_spellings
from bot.safety.sentence_vectors import load_vectors
from bot.safety.weighing import Scales, read_weights

log = logging.getLogger(__name__)

How = Literal["phrase", "model", "ask"]
# Longer than any message of a door: nobody can make a look last.
LONGEST = 12_000


@dataclass(frozen=True, slots=True)
class Limits:
    """From how sure on the model alerts, and from how sure on it asks."""

    alerts: float
    asks: float


# Measured (DECISIONS.md): with the vectors, and by grams alone.
WHOLE, ALONE = Limits(0.985, 0.94), Limits(0.985, 0.96)


@dataclass(frozen=True, slots=True)
class Danger:
    """What was noticed: the kind, the words it was noticed by, and how sure the look is."""

    kind: str
    phrase: str
    how: How = "phrase"
    sure: float = 1.0


class FirstLook:
    """Both layers; a look takes a few milliseconds at most."""

    def __init__(self, listed: Listed, reader: Reader, scales: Scales | None) -> None:
        self.listed = listed
        self.reader = reader
        self.scales = scales

    def look(self, words: str) -> Danger | None:
        """The danger these words may speak of."""
        tokens = self.reader.read(words[:LONGEST])
        if found := self.listed.find(tokens):
            return Danger(found.kind, found.words)
        mended = self.reader.mend(tokens)
        if mended != tokens and (found := self.listed.find(mended)):
            return Danger(found.kind, found.words, "ask", 0.9)
        return self._weigh(mended)

    def _weigh(self, tokens: list[str]) -> Danger | None:
        if self.scales is None or not tokens:
            return None
        try:
            weighed = self.scales.weigh(self.listed.without_look_alikes(tokens))
        except Exception as problem:  # noqa: BLE001 - the first layer has looked; say so and go on
            log.error("The second look failed: %s", type(problem).__name__)  # noqa: TRY400
            return None
        limits = WHOLE if weighed.whole else ALONE
        if weighed.sure < limits.asks:
            return None
        how: How = "model" if weighed.sure >= limits.alerts else "ask"
        return Danger(weighed.kind, weighed.piece, how, weighed.sure)


def read_first_look(data: Path = DATA, models: Path = MODELS) -> FirstLook:
    """Read the phrases and what was learnt (learnt now, if the lines have changed)."""
    return _read(fingerprint(data), data, models)


@lru_cache(maxsize=2)
def _read(_as_it_is_now: str, data: Path, models: Path) -> FirstLook:
    # Thousands of patterns take a second to make, and a look never changes.
    spellings = read_spellings(data)
    listed = read_listed(data, spellings)
    reader = Reader(spellings, listed.phrases.words())
    return FirstLook(listed, reader, _scales(data, models))


def _scales(data: Path, models: Path) -> Scales | None:
    try:
        return Scales(read_weights(model_for(data, models)), load_vectors())
    except Exception as problem:  # noqa: BLE001 - without it the phrases still act
        log.error("The first look has no second layer: %s", type(problem).__name__)  # noqa: TRY400
        return None
