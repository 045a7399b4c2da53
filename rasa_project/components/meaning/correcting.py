"""What a correction puts in place of what: "no I meant college not work".

In: the words of a text that corrects. Out: the piece that is meant, and the piece it stands
instead of where that is said, each as (first word, behind the last word).
"""

from collections.abc import Sequence

from components.meaning.word_lists import WordLists
from components.meaning.words_heard import Heard

Span = tuple[int, int]
Correction = tuple[Span | None, Span | None]


def correction_in(text: str, words: Sequence[Heard], lists: WordLists) -> Correction:
    """(what is meant, what it stands instead of); either may be missing."""
    return _Putting(text, words, lists).right()


class _Putting:
    def __init__(self, text: str, words: Sequence[Heard], lists: WordLists) -> None:
        self._text, self._words, self._lists = text, words, lists.correcting
        self._reads = [word.read for word in words]

    def right(self) -> Correction:
        changes = self._lists["changes"].all_in(self._reads[:3])
        if changes and "to" in self._reads:
            to = self._reads.index("to")
            return self._bare(to + 1, len(self._reads)), self._bare(changes[0][1], to)
        nots = [(start, end) for start, end, _ in self._lists["not"].all_in(self._reads)]
        meant = self._meant(nots)
        behind = [span for span in nots if span[0] >= (meant or 1)]
        if behind and (right := self._bare(meant or 0, behind[0][0])):
            # Such as: college, not work.
            return right, self._bare(behind[0][1], len(self._reads))
        if meant:
            before = [end for _, end in nots if end < meant]
            instead = self._bare(before[-1], meant) if before else None
            return self._bare(meant, len(self._reads)), instead
        return self._only_not(nots)

    def _meant(self, nots: Sequence[Span]) -> int | None:
        """Where what is meant begins: behind "I meant", but not behind "I meant not"."""
        refused = {start for start, _ in nots}
        for _, end, _ in reversed(self._lists["meant"].all_in(self._reads)):
            if end < len(self._reads) and end not in refused:
                return end
        return None

    def _only_not(self, nots: Sequence[Span]) -> Correction:
        """ "Not work, college", and "not work"."""
        if not nots:
            return None, None
        first = nots[-1][1]
        for at in range(first + 1, len(self._reads)):
            if "," in self._text[self._words[at - 1].end : self._words[at].start]:
                return self._bare(at, len(self._reads)), self._bare(first, at)
        return None, self._bare(first, len(self._reads))

    def _bare(self, first: int, last: int) -> Span | None:
        """Without the words around that only lead there."""
        before, behind = self._lists["before"].by_first, self._lists["behind"].by_first
        while first < last and self._reads[first] in before:
            first += 1
        while last > first and self._reads[last - 1] in behind:
            last -= 1
        return (first, last) if first < last else None
