"""Writes lines with words misspelt as people really misspelt them.

In: codespell's list of misspellings (gathered from Wikipedia and many projects, CC BY-SA 3.0; a
part of the tests, never of the listener, and nothing is learnt from it). Out: the same lines with
words exchanged for a way in which somebody once wrote them. Words that say no are left whole.
"""

import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.noise import says_no

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Of the words that somebody misspelt: about one word in six of all, since small ones are seldom.
SHARE = 0.3

Misspellings = Mapping[str, Sequence[str]]


def read_misspellings(file: Path) -> Misspellings:
    """Word → the ways it was misspelt. A way that may be several words is left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in file.read_text("utf-8").splitlines():
        written, _, meant = line.strip().lower().partition("->")
        if written.isalpha() and WORD.fullmatch(meant):
            found[meant].append(written)
    return found


def misspelt(texts: list[str], misspellings: Misspellings, seed: int = 42) -> list[str]:
    """Every text, the same each time."""
    chance = random.Random(seed)  # noqa: S311 - the same each time

    def perhaps(found: re.Match[str]) -> str:
        word = found.group()
        ways = () if says_no(word) else misspellings.get(word.lower(), ())
        return chance.choice(ways) if ways and chance.random() < SHARE else word

    return [WORD.sub(perhaps, text) for text in texts]
