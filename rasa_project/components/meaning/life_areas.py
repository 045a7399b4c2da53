"""Which life areas some words are about: learned from lines, by their words, pieces and topics.

In: words as they are heard. Out: each life area and detail with its probability.
"""

from collections.abc import Sequence
from pathlib import Path

from components.meaning.learning import Learned, learn_any_of
from components.meaning.lines_to_learn import AREAS, DETAILS
from components.meaning.what_stands_out import what_stands_out
from components.meaning.word_lists import WordLists
from components.meaning.words_heard import Heard


class LifeAreas:
    """What was learned, with the word lists it was learned with."""

    def __init__(self, learned: Learned, lists: WordLists) -> None:
        """The lists must be those it was learned with."""
        self._learned, self._lists = learned, lists

    @classmethod
    def learn(
        cls, said: Sequence[Sequence[Heard]], labels: Sequence[frozenset[str]], lists: WordLists
    ) -> "LifeAreas":
        """Learn from lines and their labels."""
        features = [what_stands_out(words, lists) for words in said]
        return cls(learn_any_of(features, labels, (*AREAS, *DETAILS)), lists)

    def keep(self, folder: Path) -> None:
        """Write what was learned."""
        self._learned.keep(folder, "areas")

    @classmethod
    def kept(cls, folder: Path, lists: WordLists) -> "LifeAreas":
        """Read what `keep` wrote."""
        return cls(Learned.kept(folder, "areas"), lists)

    def of(self, words: Sequence[Heard]) -> dict[str, float]:
        """Each life area and detail, sure or not."""
        return self._learned.probabilities(what_stands_out(words, self._lists))
