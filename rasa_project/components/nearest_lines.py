"""A second opinion on whether something is out of scope: which taught lines is it nearest to?

In: sentence vectors of the taught lines, and which of them are out of scope; then of a text. Out:
how much nearer it is to lines out of scope than to the others.
Talk about the whole world cannot be taught line by line. A text may lean to no intent at all and
still be nearer to talk of football scores than to anything this chat is for.
"""

from dataclasses import dataclass

import numpy as np

# One near line may be chance; five seldom are.
NEIGHBOURS = 5


@dataclass
class NearestLines:
    """The vectors of the lines out of scope, and of the others; each of length one."""

    outside: np.ndarray
    inside: np.ndarray

    def lean(self, vectors: np.ndarray) -> np.ndarray:
        """A number a row, about -0.5 to 0.5: above 0 is nearer to lines out of scope."""
        return _near(vectors, self.outside) - _near(vectors, self.inside)


def _near(vectors: np.ndarray, lines: np.ndarray) -> np.ndarray:
    likeness = vectors @ lines.T
    count = min(NEIGHBOURS, likeness.shape[1])
    nearest = np.partition(likeness, -count, axis=1)[:, -count:]
    return np.asarray(nearest.mean(axis=1))
