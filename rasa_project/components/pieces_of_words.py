"""What a text is written with: words, pairs of words, and runs of letters, each with its weight.

In: the lines to learn which pieces there are; then texts. Out: rows of weights for many texts, or
for one text its few pieces and their weights, which is quicker than a row of mostly nothing.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from components.as_heard import words_of


class PiecesOfWords:
    """Knows which pieces the lines have, and how telling each of them is."""

    def __init__(self, lines: Sequence[str]) -> None:
        """`lines` as they are heard."""
        self._words = TfidfVectorizer(
            tokenizer=words_of, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True, min_df=2
        ).fit(lines)
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=3
        ).fit(lines)
        # The same two by name, for one text at a time.
        self._readers = []
        first = 0
        for kind in (self._words, self._letters):
            self._readers.append((kind.build_analyzer(), kind.vocabulary_, kind.idf_, first))
            first += len(kind.vocabulary_)

    def of_all(self, texts: Sequence[str]) -> csr_matrix:
        """A row a text, a column a piece."""
        both = [self._words.transform(texts), self._letters.transform(texts)]
        return csr_matrix(hstack(both), dtype=np.float32)

    def of_one(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The columns of its pieces, and their weights: as in a row of `of_all`."""
        places: list[int] = []
        weights: list[float] = []
        for pieces_in, known, telling, first in self._readers:
            times = Counter(known[piece] for piece in pieces_in(text) if piece in known)
            found = [(1 + math.log(many)) * telling[place] for place, many in times.items()]
            length = math.sqrt(sum(each * each for each in found))
            places += [first + place for place in times]
            weights += [each / length for each in found]
        return np.array(places, dtype=np.intp), np.array(weights, dtype=np.float32)
