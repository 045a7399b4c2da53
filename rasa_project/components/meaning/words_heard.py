"""First step of understanding: the words of a text, how each is read, and where it stands.

In: a text as it was typed. Out: `Heard` words. Only the reading is put right, never the text: each
word knows the letters it came from. A word that turns a meaning round is never read as another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from components.meaning.word_lists import WordLists

WORD = re.compile(r"[^\W_]+(?:['’`´/-][^\W_]+)*|[❌🚫👎👍❤😍]")
STRETCHED = re.compile(r"(.)\1{2,}")
APOSTROPHES = str.maketrans("’`´", "'''")
# Shorter words have too many neighbours to guess at, unless it is "want", "like", "need" and such.
SHORTEST_GUESSED, SHORTEST_WANTING = 5, 4
# "id like" is "I'd like"; any other "id" is a card.
AFTER_ID = frozenset(
    {"like", "love", "rather", "want", "prefer", "be", "really", "also", "lyk", "luv"}
)
# "i wont a job" is "want" written by ear, "i wont go" is "will not": what stands behind tells.
AFTER_WANT = frozenset({"to", "a", "an", "my", "the", "some", "more", "2"})
# A slip of a finger in "dont" leaves its first letter and its end ("dlnt", "dutn"), and in any
# other word of that kind the end alone: "wln't".
LIKE_DONT = re.compile(r"d[a-z]{0,2}(?:[nm]'?t|tn)|[a-z]+n't")
NEARLY_NEVER = frozenset({"newer", "nerve"})
# A dictation hears "eye" and "two" where "I" and "to" were said: what stands beside them tells.
AFTER_I = frozenset({"am", "was", "have", "had", "used", "would", "wood", "think", "can", "will"})
BEFORE_TO = frozenset(
    {"want", "need", "like", "love", "have", "had", "got", "going", "used", "wish", "hope", "able"}
)
AFTER_TO = frozenset({"not", "be", "live", "see", "go", "have", "get"})


@dataclass(frozen=True)
class Heard:
    """One word: how it is read, where it stands in the text, and whether it turns a meaning."""

    read: str
    start: int
    end: int
    turns: bool = False
    # The plain spelling is not certain enough to build on.
    doubtful: bool = False


class Listening:
    """Reads words with the lists of the library."""

    def __init__(self, lists: WordLists, known: Iterable[str]) -> None:
        """`known` are the words that need no guess."""
        self._lists = lists
        self._known = frozenset(known) | frozenset(lists.plain.values()) | frozenset(lists.turning)
        self._by_gap: dict[str, set[str]] = {}
        for word in self._known:
            shortest = SHORTEST_WANTING if word in lists.wanting else SHORTEST_GUESSED
            if len(word) >= shortest and word.isalpha():
                for gap in gaps_of(word):
                    self._by_gap.setdefault(gap, set()).add(word)

    def words(self, text: str) -> list[Heard]:
        """The words in order. One that stands for two ("wanna") gives two at the same place."""
        found = [
            (m.start(), m.end(), m.group().lower().translate(APOSTROPHES))
            for m in WORD.finditer(text)
        ]
        heard: list[Heard] = []
        skip = False
        for at, (start, end, word) in enumerate(found):
            if skip:
                skip = False
                continue
            following = found[at + 1][2] if at + 1 < len(found) else ""
            if following == "t" and f"{word}'t" in self._lists.turning:
                # "don t": the apostrophe was lost, the word must not be.
                heard.append(Heard(self._lists.turning[f"{word}'t"], start, found[at + 1][1], True))
                skip = True
                continue
            before = heard[-1].read if heard else ""
            if word in {"two", "too"} and (before in BEFORE_TO or following in AFTER_TO):
                word = "to"  # noqa: PLW2901
            heard += self._one(word, following, start, end)
        return heard

    def _one(self, word: str, following: str, start: int, end: int) -> list[Heard]:
        if word in {"wont", "wount"}:
            doubtful = following in AFTER_WANT
            return [Heard("want" if doubtful else "won't", start, end, not doubtful, doubtful)]
        turning = self._turning(word, following)
        if turning:
            return [Heard(turning, start, end, True)]
        read = self._by_what_follows(word, following) or self._plain(word)
        if read in self._lists.turning:
            return [Heard(self._lists.turning[read], start, end, True)]
        return [Heard(each, start, end) for each in read.split()]

    def _turning(self, word: str, following: str) -> str | None:
        """The word that turns a meaning round which this is, or is a slip away from."""
        if word in self._lists.turning:
            return self._lists.turning[word]
        if word in self._lists.dont_before_wanting and following in self._lists.wanting:
            return "don't"
        if word in self._known:
            return None
        if LIKE_DONT.fullmatch(word):
            return "don't"
        nearly = word[0] == "n" and word not in NEARLY_NEVER and one_slip("never", word)
        return "never" if nearly else None

    def _by_what_follows(self, word: str, following: str) -> str | None:
        """Read "I" for "eye" and "I'd" for "id", where what stands behind tells."""
        if word == "id" and following in AFTER_ID:
            return "i'd"
        wanting = following in self._lists.wanting or following in self._lists.turning
        return "i" if word == "eye" and (wanting or following in AFTER_I) else None

    def _plain(self, word: str) -> str:
        if word in self._lists.plain:
            return self._lists.plain[word]
        if word in self._known or not word[0].isalpha():
            return word
        once = STRETCHED.sub(r"\1", word)
        twice = STRETCHED.sub(r"\1\1", word)
        for shorter in (twice, once):
            if shorter != word and (shorter in self._known or shorter in self._lists.turning):
                return shorter
            if shorter in self._lists.plain:
                return self._lists.plain[shorter]
        return self._nearest(word) or word

    def _nearest(self, word: str) -> str | None:
        """The one known word that a slip of one letter made this of, if there is just one."""
        if len(word) < SHORTEST_WANTING:
            return None
        near: set[str] = set()
        for gap in (word, *gaps_of(word)):
            near |= self._by_gap.get(gap, set())
        near = {each for each in near if each[0] == word[0] and one_slip(each, word)}
        if len(word) < SHORTEST_GUESSED:
            near &= self._lists.wanting
        if len(near) > 1:
            # A doubled or missing letter is likelier than another letter.
            near = {each for each in near if len(each) != len(word)} or near
        return near.pop() if len(near) == 1 else None


def gaps_of(word: str) -> list[str]:
    """The word, and the word with each letter left out."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def one_slip(right: str, written: str) -> bool:
    """Whether one letter is missing, too many, another, or swapped with its neighbour."""
    if abs(len(right) - len(written)) > 1:
        return False
    if len(right) != len(written):
        longer, shorter = sorted((right, written), key=len, reverse=True)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    differ = [at for at in range(len(right)) if right[at] != written[at]]
    if len(differ) == 1:
        return True
    return (
        len(differ) == len("ab")
        and differ[1] == differ[0] + 1
        and right[differ[0]] == written[differ[1]]
        and right[differ[1]] == written[differ[0]]
    )
