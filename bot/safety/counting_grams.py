"""What the second layer sees of a message: which runs of words and letters stand in it.

Comes in: plain words. Goes out: numbered features and how much each counts. The numbers are hashes,
so no list of words has to be kept; the same message always gets the same ones.
"""

import math
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

BUCKETS = 1 << 16
LONGEST_RUN_OF_WORDS = 3
SHORTEST_RUN_OF_LETTERS, LONGEST_RUN_OF_LETTERS = 2, 5


def grams(tokens: list[str]) -> dict[int, float]:
    """The features of a message: each half, words and letters, has length 1 together."""
    counted: dict[int, float] = {}
    for half in (_words(tokens), _letters(tokens)):
        counts = Counter(crc32(gram.encode()) % BUCKETS for gram in half)
        weighed = {bucket: 1 + math.log(count) for bucket, count in counts.items()}
        length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
        for bucket, value in weighed.items():
            counted[bucket] = counted.get(bucket, 0.0) + value / length
    return counted


def _words(tokens: list[str]) -> Iterator[str]:
    for size in range(1, LONGEST_RUN_OF_WORDS + 1):
        for start in range(len(tokens) - size + 1):
            yield "w " + " ".join(tokens[start : start + size])


def _letters(tokens: list[str]) -> Iterator[str]:
    for token in tokens:
        padded = f" {token} "
        for size in range(SHORTEST_RUN_OF_LETTERS, LONGEST_RUN_OF_LETTERS + 1):
            for start in range(max(1, len(padded) - size + 1)):
                yield padded[start : start + size]
