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
# The lines that may be nearest are found by a rough likeness, in as many numbers as these, and
# only those few are then compared in full: all lines in full are 20 MB to be read for each message.
ROUGH, MAY_BE_NEAREST = 128, 200


@dataclass
class Lines:
    """Vectors of lines, each of length one, and rough ones beside them."""

    full: np.ndarray
    rough: np.ndarray

    def near(self, vectors: np.ndarray, rough: np.ndarray) -> np.ndarray:
        """How like its nearest lines each row is."""
        few = min(MAY_BE_NEAREST, len(self.full))
        count = min(NEIGHBOURS, few)
        found = np.empty(len(vectors))
        for row, (vector, short) in enumerate(zip(vectors, rough, strict=True)):
            roughly = self.rough @ short
            chosen = np.argpartition(roughly, -few)[-few:]
            likeness = self.full[chosen] @ vector
            found[row] = np.partition(likeness, -count)[-count:].mean()
        return found


class NearestLines:
    """The lines out of scope, and the others."""

    def __init__(self, outside: np.ndarray, inside: np.ndarray) -> None:
        """Vectors of length one."""
        both = np.vstack([outside, inside])
        # The directions in which the lines differ most: in them their likeness hardly changes.
        _, turned = np.linalg.eigh(both.T @ both)
        self._rough = np.ascontiguousarray(turned[:, -ROUGH:], dtype=np.float32)
        self._outside, self._inside = (
            Lines(np.ascontiguousarray(each), np.ascontiguousarray(each @ self._rough))
            for each in (outside, inside)
        )

    def lean(self, vectors: np.ndarray) -> np.ndarray:
        """A number a row, about -0.5 to 0.5: above 0 is nearer to lines out of scope."""
        rough = vectors @ self._rough
        return self._outside.near(vectors, rough) - self._inside.near(vectors, rough)
