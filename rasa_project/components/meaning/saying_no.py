"""Third step of understanding: is a thing wanted, or not wanted? It comes before any guess.

In: the words of one part. Out: a `Stance`. "I don't want to live alone" is no hope to live alone;
where two such words meet, or a word could be either, nothing is said and the chat asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from components.meaning.word_lists import Phrases, WordLists
from components.meaning.words_heard import Heard

WANTED = frozenset({"hope", "like"})


@dataclass(frozen=True)
class Stance:
    """`cue` is the kind its wanting word speaks of, if it has one; `cue_end` the place behind it.

    `turned`: a word turned it round. `kind`: what it is then, if that is certain. `open`: it cannot
    be told, so nothing is. `in_its_own_part`: such a word stands further in, and turns something
    else ("people who don't shout"), or belongs to the wanting word ("can't wait").
    """

    cue: str | None = None
    turned: bool = False
    kind: str | None = None
    open: bool = False
    cue_end: int = 0
    in_its_own_part: bool = False


def stance_of(words: Sequence[Heard], lists: WordLists) -> Stance:
    """How the person stands to what this part says."""
    return _Weighing(words, lists).stance()


class _Weighing:
    def __init__(self, words: Sequence[Heard], lists: WordLists) -> None:
        self._words, self._lists = words, lists
        self._reads = [word.read for word in words]
        self._kept = [at for at, read in enumerate(self._reads) if read not in lists.softeners]
        self._plain = [self._reads[at] for at in self._kept]
        cues = lists.cues.all_in(self._plain)
        self._cue = cues[0][2] if cues else None
        self._cue_first = self._kept[cues[0][0]] if cues else len(words)
        self._cue_end = self._kept[cues[0][1] - 1] + 1 if cues else 0
        quiet = {self._kept[at] for start, end, _ in cues for at in range(start, end)}
        for start, end in self._anywhere(lists.turn_nothing_round):
            quiet.update(range(start, end))
        self._turning = [at for at, word in enumerate(words) if word.turns and at not in quiet]

    def _anywhere(self, phrases: Phrases) -> list[tuple[int, int]]:
        """Where these stand, with or without softening words between."""
        found = [(start, end) for start, end, _ in phrases.all_in(self._reads)]
        return found + [
            (self._kept[start], self._kept[end - 1] + 1)
            for start, end, _ in phrases.all_in(self._plain)
        ]

    def stance(self) -> Stance:
        """What stands nearest to the wanting word decides."""
        if self._cannot_be_told():
            return self._turned(None, open_=True)
        if self._refused():
            return self._turned("dislike")
        if not self._turning:
            plainly = any(word.turns for word in self._words[: self._cue_end])
            return Stance(self._cue, cue_end=self._cue_end, in_its_own_part=plainly)
        if self._cue is None:
            return self._no_wanting_word()
        before = self._turning[0] < self._cue_first
        return self._turned_before() if before else self._turned_behind()

    def _turned(self, kind: str | None, *, open_: bool = False) -> Stance:
        return Stance(self._cue, True, kind, open_, self._cue_end)

    def _cannot_be_told(self) -> bool:
        if any(word.doubtful for word in self._words):
            return True
        neither = [start for start, _ in self._anywhere(self._lists.neither_way)]
        return bool(neither) and (min(neither) < self._cue_end or self._cue is None)

    def _refused(self) -> bool:
        refused = self._lists.refusals.all_in(self._reads)
        if not refused or (self._cue is not None and refused[0][0] >= self._cue_end):
            return False
        return all(at in range(refused[0][0], refused[0][1]) for at in self._turning)

    def _is(self, name: str, at: int) -> bool:
        """Whether a word or phrase of a list stands here."""
        here = 0 <= at < len(self._reads)
        return here and self._lists.no[name].longest_at(self._reads, at) is not None

    def _no_wanting_word(self) -> Stance:
        first = 0
        while first < len(self._words) - 1 and self._is("before_a_refusal", first):
            first += 1
        at, more = self._turning[0], len(self._words) - first > 1
        refuses = (
            self._is("refuse_what_follows", first)
            and more
            and not (self._reads[first] == "not" and self._is("say_how_it_is", first + 1))
        )
        will_not = (
            self._reads[0] in {"i", "i'm"}
            and self._is("refuse_to_go", at)
            and self._is("goes", at + 1)
        )
        sure = len(self._turning) == 1 and (refuses or will_not)
        return Stance(None, True, "dislike" if sure else None)

    def _turned_before(self) -> Stance:
        if self._cue not in WANTED:
            # "I am not worried", "I don't hate it": the opposite is not said either.
            return self._turned(None, open_=True)
        before = [at for at in self._turning if at < self._cue_first]
        if self._is("said_of_others", before[-1]):
            return self._turned(None)
        directly = any(self._cue_end <= at <= self._cue_end + 1 for at in self._turning)
        only_stressed = {"never", "no"} & {self._reads[at] for at in self._turning[1:]}
        if directly or (len(before) > 1 and not only_stressed):
            # "I don't want to not go".
            return self._turned(None, open_=True)
        return self._turned("dislike")

    def _turned_behind(self) -> Stance:
        if self._cue not in WANTED:
            return Stance(self._cue, cue_end=self._cue_end)
        turning = self._turning[0]
        between = self._reads[self._cue_end : turning]
        its_own_part = Stance(self._cue, cue_end=self._cue_end, in_its_own_part=True)
        without = self._reads[turning] == "without" and between
        if without or set(between) & self._lists.opens_its_own_part - {"that"}:
            return its_own_part
        if turning == len(self._reads) - 1 and between:
            # "I want to go to college NOT": a joke, perhaps.
            return self._turned(None, open_=True)
        says_little = (
            self._is("empty", at) or self._reads[at] in self._lists.softeners
            for at in range(self._cue_end, turning)
        )
        return self._turned("dislike") if all(says_little) else its_own_part
