"""What is said to take a pack back, from `data/taking_back.yml`.

Comes in: the file. Goes out: its words; or every mistake with its line.
"""

from collections.abc import Sequence
from functools import cache

from plan_store.catalogue_rules import DATA
from plan_store.reading_data import Shape, read_data


class TakingBack(Shape):
    """`words`: what takes something back. `of`: what it is, said beside it.

    `unless`: what says that it does not work, and is left out first.
    """

    words: tuple[str, ...]
    of: frozenset[str]
    unless: tuple[str, ...]

    def is_meant_by(self, said: Sequence[str]) -> bool:
        """Whether these words, in small letters, take it back; where it may be meant, it is."""
        left = f" {' '.join(said)} "
        for phrase in self.unless:
            left = left.replace(f" {phrase} ", " ")
        return bool(self.of & set(said)) and any(f" {words} " in left for words in self.words)


@cache
def read_taking_back() -> TakingBack:
    """The words; read once."""
    return read_data(DATA / "taking_back.yml", TakingBack)
