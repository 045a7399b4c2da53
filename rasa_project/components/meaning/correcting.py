"""What a correction puts in place of what: "no I meant college not work".

In: the words of a text that corrects. Out: the piece that is meant, and the piece it stands
instead of where that is said, each as (first word, behind the last word).
"""

from collections.abc import Sequence

from components.meaning.words_heard import Heard

# The last words before what is meant. They are about talk, not about life: none stands in a list.
MEANT = (
    ("i", "meant"),
    ("i", "mean"),
    ("meant",),
    ("i", "said"),
    ("i", "say"),
    ("should", "be"),
    ("should", "say"),
    ("supposed", "to", "be"),
    ("it's",),
    ("it", "is"),
    ("its",),
    ("that", "is"),
    ("to",),
    ("put",),
    ("for",),
)
CHANGES = frozenset({"change", "swap", "turn"})
BEFORE = frozenset(
    {
        "no",
        "not",
        "sorry",
        "oh",
        "wait",
        "oops",
        "actually",
        "was",
        "is",
        "be",
        "to",
        "say",
        "that",
        "put",
        "the",
        "word",
        "i",
        "meant",
        "wrong",
        "and",
        "it",
        "well",
        "please",
        "hang",
        "on",
        "wanted",
        "a",
        "an",
        "my",
    }
)
NOT = frozenset({"not", "no", "don't", "isn't", "wasn't", "didn't"})
AFTER = frozenset({"please", "sorry", "thanks", "lol", "mate", "ok", "though", "silly", "and"})
Span = tuple[int, int]


def correction_in(text: str, words: Sequence[Heard]) -> tuple[Span | None, Span | None]:
    """(what is meant, what it stands instead of); either may be missing."""
    reads = [word.read for word in words]
    if reads[:1] and reads[0] in CHANGES and "to" in reads:
        to = reads.index("to")
        return _bare(reads, to + 1, len(reads)), _bare(reads, 1, to)
    meant = _behind_meant(reads)
    turns = [at for at, read in enumerate(reads) if read in NOT and at > 0]
    turns += [at for at, read in enumerate(reads) if reads[at : at + 2] == ["instead", "of"]]
    if meant:
        behind = [at for at in turns if at > meant]
        instead = [at for at in turns if at < meant]
        last = behind[0] if behind else len(reads)
        if behind:
            skip = 2 if reads[behind[0]] == "instead" else 1
            return _bare(reads, meant, last), _bare(reads, behind[0] + skip, len(reads))
        before = (
            _bare(reads, instead[-1] + 1, meant) if instead else _behind_leading_not(reads, meant)
        )
        return _bare(reads, meant, last), before
    first_not = next((at for at, read in enumerate(reads) if read == "not"), None)
    if first_not is None:
        return None, None
    right = _bare(reads, 0, first_not)
    if right:
        return right, _bare(reads, first_not + 1, len(reads))
    # "not work, college"
    for at in range(first_not + 2, len(reads)):
        if "," in text[words[at - 1].end : words[at].start] or reads[at] == "but":
            return _bare(reads, at + (reads[at] == "but"), len(reads)), _bare(
                reads, first_not + 1, at
            )
    return None, _bare(reads, first_not + 1, len(reads))


def _behind_meant(reads: Sequence[str]) -> int | None:
    for phrase in MEANT:
        for at in range(len(reads) - len(phrase), -1, -1):
            behind = at + len(phrase)
            if (
                tuple(reads[at:behind]) == phrase
                and behind < len(reads)
                and reads[behind] not in NOT
            ):
                return behind
    return None


def _behind_leading_not(reads: Sequence[str], meant: int) -> Span | None:
    if reads[0] != "not":
        return None
    last = meant
    while last > 1 and reads[last - 1] in BEFORE | {
        "said",
        "say",
        "mean",
        "it's",
        "its",
        "should",
        "supposed",
    }:
        last -= 1
    return _bare(reads, 1, last)


def _bare(reads: Sequence[str], first: int, last: int) -> Span | None:
    """Without the words around that only lead there."""
    while first < last and reads[first] in BEFORE:
        first += 1
    while last > first and reads[last - 1] in AFTER | {"i", "said", "it's"}:
        last -= 1
    return (first, last) if first < last else None
