"""Third step of understanding: is a thing wanted, or not wanted? It comes before any guess.

In: the words of one part. Out: a `Stance`. "I don't want to live alone" is no hope to live alone;
where two such words meet, or a word could be either, nothing is said and the chat asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from components.meaning.word_lists import WordLists
from components.meaning.words_heard import Heard

WANTED = frozenset({"hope", "like"})
# "Nobody likes me" is no dislike of mine.
SAID_OF_OTHERS = frozenset({"nobody", "none", "nothing", "neither"})
# At the start, these refuse what follows.
REFUSES = frozenset({"not", "never", "don't", "won't"})
# They say little, so a "not" behind them still belongs to the wanting word.
EMPTY = frozenset(
    {
        *(
            "to",
            "for",
            "be",
            "it",
            "i",
            "a",
            "the",
            "my",
            "me",
            "we",
            "they",
            "them",
            "he",
            "she",
            "you",
            "your",
        ),
        *(
            "that",
            "there",
            "things",
            "is",
            "was",
            "would",
            "could",
            "will",
            "please",
            "him",
            "her",
            "his",
            "have",
        ),
        *(
            "had",
            "get",
            "mum",
            "dad",
            "people",
            "everyone",
            "everybody",
            "someone",
            "staff",
            "brother",
            "sister",
        ),
    }
)
# "I am not going", "I ain't doing that".
GOES = frozenset({"going", "gonna", "doing", "having", "moving", "living", "coming", "staying"})
BEFORE_A_REFUSAL = frozenset(
    {"please", "oh", "well", "just", "um", "and", "me", "ugh", "hell", "so", "but"}
)


@dataclass(frozen=True)
class Stance:
    """`cue` is the kind its wanting word speaks of, if it has one.

    `turned`: a word turned it round. `kind`: what it is then, if that is certain. `open`: it cannot
    be told, so nothing is. `cue_end`: the place behind the wanting word.
    """

    cue: str | None = None
    turned: bool = False
    kind: str | None = None
    open: bool = False
    cue_end: int = 0
    # A word that turns stands further in, and turns something else: "people who don't shout".
    in_its_own_part: bool = False


def stance_of(words: Sequence[Heard], lists: WordLists) -> Stance:
    """How the person stands to what this part says."""
    reads = [word.read for word in words]
    kept = [at for at, read in enumerate(reads) if read not in lists.softeners]
    plain = [reads[at] for at in kept]
    quiet = {
        at
        for phrases in (lists.turn_nothing_round,)
        for sequence, places in ((reads, range(len(reads))), (plain, kept))
        for start, end, _ in phrases.all_in(sequence)
        for at in list(places)[start:end]
    }
    cues = lists.cues.all_in(plain)
    inside_cues = {kept[at] for start, end, _ in cues for at in range(start, end)}
    turning = [
        at
        for at, word in enumerate(words)
        if word.turns and at not in quiet and at not in inside_cues
    ]
    refused = lists.refusals.all_in(reads)
    cue = cues[0][2] if cues else None
    cue_first = kept[cues[0][0]] if cues else len(words)
    cue_end = kept[cues[0][1] - 1] + 1 if cues else 0
    if any(word.doubtful for word in words):
        return Stance(cue, True, None, True, cue_end)
    neither = [kept[start] for start, *_ in lists.neither_way.all_in(plain)]
    neither += [start for start, *_ in lists.neither_way.all_in(reads)]
    if neither and (min(neither) < cue_end or not cues):
        return Stance(cue, True, None, True, cue_end)
    if (
        refused
        and all(at in range(refused[0][0], refused[0][1]) for at in turning)
        and (refused[0][0] < cue_end or not cues)
    ):
        return Stance(cue, True, "dislike", False, cue_end)
    if not turning:
        # "Can't wait" and "can't stand" have such a word in them and are plain.
        plainly = any(word.turns for word in words[:cue_end])
        return Stance(cue, cue_end=cue_end, in_its_own_part=plainly)
    if cue is None:
        return _no_wanting_word(words, turning)
    before = [at for at in turning if at < cue_first]
    if before:
        return _turned_before(reads, cue, before, turning, cue_end)
    if cue not in WANTED:
        return Stance(cue, False, None, False, cue_end)
    return _turned_behind(reads, cue, cue_end, turning[0], lists)


def _no_wanting_word(words: Sequence[Heard], turning: Sequence[int]) -> Stance:
    first = 0
    while first < len(words) - 1 and words[first].read in BEFORE_A_REFUSAL:
        first += 1
    reads = [word.read for word in words]
    at = turning[0]
    if len(turning) == 1 and reads[:1] in (["i"], ["i'm"]) and at + 1 < len(reads):
        goes = reads[at + 1] in GOES or (
            reads[at] == "won't" and reads[at + 1] not in {"be", "have"}
        )
        if goes and reads[at] in {"not", "never", "won't", "ain't"}:
            return Stance(None, True, "dislike")
    opening, said_more = words[first].read, len(words) - first > 1
    following = words[first + 1].read if said_more else ""
    refuses = opening in REFUSES or (opening == "no" and following in {"more", "way", "need"})
    if opening == "not" and following in {
        "safe",
        "happy",
        "well",
        "good",
        "much",
        "many",
        "great",
        "ok",
        "okay",
    }:
        refuses = False
    sure = refuses and said_more and len(turning) == 1
    return Stance(None, True, "dislike" if sure else None)


def _turned_before(
    reads: Sequence[str], cue: str, before: Sequence[int], turning: Sequence[int], cue_end: int
) -> Stance:
    if cue not in WANTED:
        # "I am not worried", "I don't hate it": the opposite is not said either.
        return Stance(cue, True, None, True, cue_end)
    if reads[before[-1]] in SAID_OF_OTHERS:
        return Stance(cue, True, None, False, cue_end)
    twice = len(turning) > 1 and not {"never", "no", "ever"} & {reads[at] for at in turning[1:]}
    directly = [at for at in turning if cue_end <= at <= cue_end + 1]
    if (twice and len(before) > 1) or directly:
        return Stance(cue, True, None, True, cue_end)
    return Stance(cue, True, "dislike", False, cue_end)


def _turned_behind(
    reads: Sequence[str], cue: str, cue_end: int, turning: int, lists: WordLists
) -> Stance:
    between = reads[cue_end:turning]
    if reads[turning] == "without" and between:
        return Stance(cue, cue_end=cue_end, in_its_own_part=True)
    if set(between) & (lists.opens_its_own_part - {"that"}):
        return Stance(cue, cue_end=cue_end, in_its_own_part=True)
    if turning == len(reads) - 1 and between:
        # "I want to go to college. Not!": a joke, perhaps.
        return Stance(cue, True, None, True, cue_end)
    if all(read in EMPTY or read in lists.softeners for read in between):
        return Stance(cue, True, "dislike", False, cue_end)
    return Stance(cue, cue_end=cue_end, in_its_own_part=True)
