"""Finds a time in words: "next year", "on Fridays", "when I'm 18".

In: words as they are read. Out: where each time begins and ends.
"""

from collections.abc import Sequence

from components.meaning.word_lists import WordLists

LONGEST_WHEN_I = 7
AN_AGE = range(13, 100)
LONG_ENOUGH = 2


def times_in(reads: Sequence[str], lists: WordLists) -> list[tuple[int, int]]:
    """(first word, behind the last) of each time, from the left."""
    found, at = [], 0
    while at < len(reads):
        last = _when_i(reads, at, lists) or _named(reads, at, lists) or _counted(reads, at, lists)
        if last:
            found.append((at, last))
        at = last or at + 1
    return found


def _when_i(reads: Sequence[str], at: int, lists: WordLists) -> int:
    """ "When I leave school": to its end, but not into what is said next."""
    opens = reads[at] in lists.around["opens_when_i"] and len(reads) - at > LONG_ENOUGH
    if not opens or reads[at + 1] not in lists.around["when_i"]:
        return 0
    whole = lists.times.longest_at(reads, at)
    if whole:
        return at + whole[0]
    ends = lists.around["ends_a_time"]
    following = (place for place in range(at + LONG_ENOUGH, len(reads)) if reads[place] in ends)
    return min(len(reads), at + LONGEST_WHEN_I, next(following, len(reads)))


def _named(reads: Sequence[str], at: int, lists: WordLists) -> int:
    whole = lists.times.longest_at(reads, at)
    if whole:
        return at + whole[0]
    if reads[at] in lists.days:
        return (
            at
            + 1
            + (reads[at + 1 : at + 2] != [] and reads[at + 1] in lists.around["parts_of_a_day"])
        )
    return 0


def _counted(reads: Sequence[str], at: int, lists: WordLists) -> int:
    """ "In two years", "before Christmas", "by 21"."""
    if reads[at] not in lists.around["before_a_time"]:
        return 0
    behind = at + 1
    while behind < len(reads) and reads[behind] in lists.around["inside_a_time"]:
        behind += 1
    if behind >= len(reads):
        return 0
    season = lists.seasons.longest_at(reads, behind)
    if season:
        return behind + season[0]
    if reads[behind] in lists.days:
        return _named(reads, behind, lists)
    return _by_number(reads, at, behind, lists)


def _by_number(reads: Sequence[str], at: int, behind: int, lists: WordLists) -> int:
    word, spans = reads[behind], lists.around["spans_of_time"]
    if word in lists.months or (word in spans and reads[at] != "for"):
        return behind + 1
    if word.isdigit() and reads[at] in lists.around["before_a_number"]:
        more = reads[behind + 1 : behind + 2] != [] and reads[behind + 1] in spans
        if more or int(word) in AN_AGE or reads[at] == "at":
            return behind + 1 + more
    return 0
