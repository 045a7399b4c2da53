"""What is said to take a pack back, from `data/taking_back.yml`.

Comes in: the file. Goes out: its words; or every mistake with its line.
"""

from functools import cache

from plan_store.catalogue_rules import DATA
from plan_store.reading_data import Shape, read_data


class TakingBack(Shape):
    """`words`: what takes something back. `of`: what it is, said beside it."""

    words: tuple[str, ...]
    of: frozenset[str]


@cache
def read_taking_back() -> TakingBack:
    """The words; read once."""
    return read_data(DATA / "taking_back.yml", TakingBack)
