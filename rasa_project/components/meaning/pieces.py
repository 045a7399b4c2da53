"""Fourth step of understanding: the pieces of a hope, each exactly as it was said.

In: the words of one part that is wanted. Out: `Piece`s: activity, where, with_whom, when, help,
importance. They are found by word lists that people can edit, and none crosses a "not".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from components.meaning.saying_no import Stance
from components.meaning.when_it_is import times_in
from components.meaning.who_and_where import WhoAndWhere
from components.meaning.word_lists import WordLists
from components.meaning.words_heard import Heard

# How often such a piece was right among our own held-out lines (tests/meaning).
SURE = {
    "activity": 0.9,
    "where": 0.9,
    "with_whom": 0.95,
    "when": 0.95,
    "help": 0.9,
    "importance": 0.9,
}
LONGEST_ACTIVITY, LONGEST_HELP = 16, 12


@dataclass(frozen=True)
class Piece:
    """Letters `start` to `end` of the text, for one slot. `value`: those, or a face."""

    slot: str
    start: int
    end: int
    value: str
    confidence: float


def pieces_of_a_part(
    text: str, words: Sequence[Heard], stance: Stance, kind: str, lists: WordLists
) -> list[Piece]:
    """The pieces of a part that is wanted, or that answers "who with?", "where?" or "when?"."""
    return _Finder(text, words, stance, lists).found(kind)


class _Finder:
    def __init__(self, text: str, words: Sequence[Heard], stance: Stance, lists: WordLists) -> None:
        self._text, self._words, self._stance, self._lists = text, words, stance, lists
        self._reads = [word.read for word in words]
        # Behind a "not" or "without", nothing is taken as wanted.
        harmless = {
            at
            for start, end, _ in lists.turn_nothing_round.all_in(self._reads)
            if self._reads[start + 1 : start + 2] not in (["just"], ["only"])
            for at in range(start, end)
        }
        turning = [at for at, word in enumerate(words) if word.turns and at not in harmless]
        self._stops = min(turning, default=len(words))
        self._taken: dict[str, tuple[int, int]] = {}

    def found(self, kind: str) -> list[Piece]:
        who_and_where = WhoAndWhere(self._text, self._words, self._lists)
        for slot, spans in (
            ("when", times_in(self._reads, self._lists)),
            ("with_whom", who_and_where.people()),
            ("where", who_and_where.places()),
        ):
            for first, last in spans:
                self._take(slot, first, min(last, self._stops))
        if kind in {"hope", "need_help"}:
            self._help()
        if kind == "hope":
            self._activity()
        pieces = [self._piece(slot, *span) for slot, span in self._taken.items()]
        return [*pieces, *self._importance()] if kind in {"hope", "like"} else pieces

    def _piece(self, slot: str, first: int, last: int) -> Piece:
        start, end = self._words[first].start, self._words[last - 1].end
        return Piece(slot, start, end, self._text[start:end], SURE[slot])

    def _take(self, slot: str, first: int, last: int) -> None:
        """The first of each slot, where nothing else was taken."""
        free = not any(first < end and start < last for start, end in self._taken.values())
        if free and first < last and slot not in self._taken:
            self._taken[slot] = (first, last)

    def _help(self) -> None:
        hits = self._lists.help_openers.all_in(self._reads[: self._stops])
        if not hits:
            return
        first, last, _ = hits[0]
        leads, is_help = self._lists.around["leads_to_help"], self._lists.around["is_help"]
        while (
            first < last - 1
            and self._reads[first] in leads
            and (self._reads[first] != "with" or self._reads[first + 1] in is_help)
        ):
            first += 1
        # Whoever or wherever is named in the help belongs to it.
        self._taken = {
            slot: span for slot, span in self._taken.items() if span[1] <= first or slot == "when"
        }
        when = self._taken.get("when", (len(self._reads), 0))[0]
        ends = min(
            len(self._reads), first + LONGEST_HELP, when if when >= last else len(self._reads)
        )
        self._take("help", first, ends)

    def _activity(self) -> None:
        first = self._stance.cue_end if self._stance.cue == "hope" else 0
        leads = self._lists.around["before_an_activity"] | self._lists.softeners
        while first < len(self._reads) - 1 and self._reads[first] in leads:
            first += 1
        last, trails = len(self._reads), self._lists.around["behind_an_activity"]
        while last > first:
            behind = [start for start, end in self._taken.values() if end == last and start > first]
            if behind and self._says_something(first, behind[0]):
                last = behind[0]
            elif self._reads[last - 1] in trails:
                last -= 1
            else:
                break
        if self._says_something(first, last) and last - first <= LONGEST_ACTIVITY:
            self._taken["activity"] = (first, last)

    def _says_something(self, first: int, last: int) -> bool:
        return not self._lists.around["no_activity"].issuperset(self._reads[first:last])

    def _importance(self) -> list[Piece]:
        hits = self._lists.important.all_in(self._reads)
        return [
            Piece(
                "importance",
                self._words[first].start,
                self._words[last - 1].end,
                face,
                SURE["importance"],
            )
            for first, last, face in hits[:1]
        ]
