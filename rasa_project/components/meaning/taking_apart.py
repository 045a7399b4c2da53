"""Second step of understanding: the parts of what was said, each with one thing in it.

In: the words of a text. Out: `Part`s in order. "I want to be a chef and live with my friends, not
on my own" has three. A list ("dogs and cats") is one part, a reason is its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from components.meaning.word_lists import WordLists
from components.meaning.words_heard import Heard

ENDS = re.compile(r"[.!?;:\n…]|\s[-–—]+\s")
COMMA = re.compile(r"[,/()]|\s[-–—]")
# These always begin a part; the word itself belongs to neither.
TURNS_AWAY = frozenset(
    {"but", "although", "though", "however", "because", "except", "unless", "cause"}
)
ADDS = frozenset({"and", "or", "also", "then", "plus", "nor"})
I_AM = frozenset({"i", "i'm", "i'd", "i've", "i'll", "we"})
SOMEBODY = I_AM | {"my", "it", "they", "he", "she", "you", "people", "me"}
ANSWERS = frozenset(
    {"no", "yes", "yeah", "yep", "ok", "nah", "nope", "well", "oh", "um", "hi", "hello"}
)
# How far behind "i" the wanting word may stand: "i really do not think that i'd like".
REACH = 4
# A part of one word is not left for a new "i".
FEWEST = 2


@dataclass(frozen=True)
class Part:
    """Words `first` to `last` (not included) of the text, and how the part hangs on the one before.

    `follows`: it has no wanting word of its own and goes on with the one before.
    `not_this`: it says what is not wanted.
    """

    first: int
    last: int
    follows: bool = False
    not_this: bool = False
    asked: bool = False


def take_apart(text: str, words: Sequence[Heard], lists: WordLists) -> list[Part]:
    """The parts, none empty. Words that only join two parts are left out."""
    return _Knife(text, words, lists).parts()


class _Knife:
    def __init__(self, text: str, words: Sequence[Heard], lists: WordLists) -> None:
        self._text, self._words, self._lists = text, words, lists
        self._reads = [word.read for word in words]

    def parts(self) -> list[Part]:
        found: list[Part] = []
        first, follows = 0, False
        # "Instead of college I want a job"
        leading = self._lists.not_this.longest_at(self._reads, 0) if self._reads else None
        not_this = leading is not None and leading[0] > 1

        def close(last: int) -> None:
            if last > first:
                asked = "?" in self._gap(last)
                found.append(Part(first, last, follows and bool(found), not_this, asked))

        at = 1
        while at < len(self._reads):
            cut = self._cut(first, at)
            if cut:
                close(at)
                first, follows, not_this = cut
                at = max(first, at)
            at += 1
        close(len(self._reads))
        return found

    def _gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        end = self._words[at].start if at < len(self._words) else len(self._text)
        return self._text[self._words[at - 1].end : end]

    def _cut(self, first: int, at: int) -> tuple[int, bool, bool] | None:
        """(where the next part begins, does it follow, is it not wanted) if one begins here."""
        gap, word = self._gap(at), self._reads[at]
        not_this = self._says_not_this(first, at)
        if ENDS.search(gap):
            return self._after_joint(at), False, False
        if word in TURNS_AWAY:
            return at + 1, False, self._opens_not_this(at + 1)
        if not_this:
            return at, True, True
        # "I also want" is one thing, "and also I want" begins one.
        joins = (word in ADDS and self._reads[at - 1] not in I_AM) or "&" in gap or "+" in gap
        if (joins or COMMA.search(gap)) and self._opens_anew(at + (word in ADDS)):
            begins = self._after_joint(at)
            own = begins < len(self._reads) and self._reads[begins] in I_AM
            return begins, not own, self._opens_not_this(begins)
        if word in I_AM and self._runs_on(first, at):
            return at, False, False
        return None

    def _after_joint(self, at: int) -> int:
        while at < len(self._reads) and self._reads[at] in ADDS | TURNS_AWAY:
            at += 1
        return at

    def _opens_anew(self, at: int) -> bool:
        """Whether a thing of its own begins here, and not the next of a list."""
        while at < len(self._reads) and self._reads[at] in ADDS | {"maybe", "just", "even", "so"}:
            at += 1
        if at >= len(self._reads):
            return False
        word, more = self._reads[at], at + 1 < len(self._reads)
        if word in SOMEBODY and (more or word == "i"):
            return word in I_AM or self._cue_near(at)
        if word == "to" and more and self._reads[at + 1] in self._lists.verbs:
            return True
        if word in self._lists.verbs and more and self._reads[at + 1] not in ADDS:
            return True
        return self._words[at].turns or self._cue_near(at, reach=1)

    def _opens_not_this(self, at: int) -> bool:
        if at >= len(self._reads) or self._lists.turn_nothing_round.longest_at(self._reads, at):
            return False
        return self._lists.not_this.longest_at(self._reads, at) is not None

    def _says_not_this(self, first: int, at: int) -> bool:
        hit = self._lists.not_this.longest_at(self._reads, at)
        if not hit or at == first or self._reads[at - 1] in self._lists.helps_a_verb:
            return False
        if self._lists.turn_nothing_round.longest_at(self._reads, at):
            return False
        if hit[0] > 1:
            return True
        if at + 1 >= len(self._reads):
            return False
        following = self._reads[at + 1]
        return (
            following in self._lists.follows_not_this
            or bool(COMMA.search(self._gap(at)))
            or self._lists.topics.longest_at(self._reads, at + 1) is not None
        )

    def _runs_on(self, first: int, at: int) -> bool:
        """Whether "i" begins a new thing though nothing stands between."""
        if at - first == 1 and self._reads[first] in ANSWERS:
            return True
        if (
            at - first < FEWEST
            or self._reads[at - 1] in self._lists.says_on | self._lists.opens_its_own_part
        ):
            return False
        return self._cue_near(at)

    def _cue_near(self, at: int, reach: int = REACH) -> bool:
        """Whether a wanting word comes soon, with something to want behind it."""
        reads = [
            (place, self._reads[place])
            for place in range(at, min(at + 2 * reach, len(self._reads)))
            if self._reads[place] not in self._lists.softeners
        ]
        only = [read for _, read in reads]
        for start in range(min(reach, len(only))):
            hit = self._lists.cues.longest_at(only, start)
            if hit:
                end = start + hit[0]
                return end < len(reads) and self._reads[reads[end][0]] not in {"and", "but"}
        return False
