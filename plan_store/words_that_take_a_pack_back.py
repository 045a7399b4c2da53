"""What is said to take a pack back, from `data/taking_a_pack_back.yml`.

Comes in: the file, and what somebody said. Goes out: whether they mean it; or every mistake of the
file with its line.
"""

import re
from functools import cache

from plan_store.catalogue_rules import DATA
from plan_store.reading_data import Shape, read_data

WORD = re.compile(r"\w+")
# "Don't" and "dont" are one word.
APOSTROPHES = re.compile("['’]")


class TakingAPackBack(Shape):
    """`words`: what takes something back. `of`: what it is, said beside it.

    `unless`: what says that it does not work, and is left out first.
    """

    words: tuple[str, ...]
    of: frozenset[str]
    unless: tuple[str, ...]

    def is_meant_by(self, said: str) -> bool:
        """Whether this takes it back; where it may be meant, it is."""
        plain = WORD.findall(APOSTROPHES.sub("", said.lower()))
        left = f" {' '.join(plain)} "
        for phrase in self.unless:
            left = left.replace(f" {phrase} ", " ")
        return bool(self.of & set(plain)) and any(f" {words} " in left for words in self.words)


@cache
def read_taking_a_pack_back() -> TakingAPackBack:
    """The words; read once."""
    return read_data(DATA / "taking_a_pack_back.yml", TakingAPackBack)
