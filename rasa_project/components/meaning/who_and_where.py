"""Finds people and places in words: "with my mum and Ellie", "in a cafe in Derby", "on my own".

In: a part's words and its text. Out: where each begins and ends.
"""

from collections.abc import Sequence

from components.meaning.word_lists import TOPICS_BETWEEN, WordLists
from components.meaning.words_heard import Heard

Span = tuple[int, int]
NAMES_OF_PLACES = frozenset({"countries", "cities_and_sights"})
# "From Ellie", "by Sam": a name behind these is somebody.
BEFORE_SOMEBODY = frozenset({"by", "to", "from"})


class WhoAndWhere:
    """Looks through one part."""

    def __init__(self, text: str, words: Sequence[Heard], lists: WordLists) -> None:
        self._text, self._words, self._lists = text, words, lists
        self._reads = [word.read for word in words]

    def people(self) -> list[Span]:
        """Behind "with" and "me and", and "on my own"."""
        found: list[Span] = []
        for at, read in enumerate(self._reads):
            alone = self._lists.alone.longest_at(self._reads, at)
            if alone and self._reads[max(0, at - 1) : at] not in (["left"], ["me"]):
                found.append((at, at + alone[0]))
            elif read == "with" and not self._is_work(at):
                found.append((at + 1, self._people_from(at + 1)))
            elif read in {"me", "i"} and self._reads[at + 1 : at + 3] == ["and", "my"]:
                found.append((at + 2, self._people_from(at + 2)))
        return [(first, last) for first, last in found if last > first]

    def places(self) -> list[Span]:
        """Behind "in", "at", "near" and the like, and "abroad"."""
        found: list[Span] = []
        for at, read in enumerate(self._reads):
            opens = self._lists.place_openers.longest_at(self._reads, at)
            last = self._place_from(at + opens[0]) if opens and not self._is_to_work(at) else 0
            if last:
                # "In a cafe in Derby" is one place.
                more = (
                    self._lists.place_openers.longest_at(self._reads, last)
                    if last < len(self._reads)
                    else None
                )
                found.append((at, (self._place_from(last + more[0]) if more else 0) or last))
            elif read in self._lists.around["by_itself_a_place"]:
                found.append((at, at + 1))
        return found

    def _is_work(self, at: int) -> bool:
        """ "Work with children" says what, not with whom."""
        working = at > 0 and self._reads[at - 1] in self._lists.around["work"]
        return working and self._reads[at + 1 : at + 2] != ["my"]

    def _is_to_work(self, at: int) -> bool:
        """ "To work" is a verb; "to the work" would be a place."""
        return (
            self._reads[at] == "to"
            and self._reads[at + 1 : at + 2] != []
            and (self._reads[at + 1] in self._lists.verbs | self._lists.around["work"])
        )

    def _people_from(self, at: int) -> int:
        last, place = 0, at
        while place < len(self._reads):
            people = self._lists.people.longest_at(self._reads, place)
            if people or self._is_name(place):
                place = last = place + (people[0] if people else 1)
                place += self._reads[place : place + 1] in (["and"], ["or"])
            elif self._reads[place] in self._lists.around["before_people"]:
                place += 1
            else:
                break
        return last

    def _is_name(self, at: int) -> bool:
        """A capital letter inside a text that is not all capitals, and no word of the lists."""
        letters = self._text[self._words[at].start : self._words[at].end]
        a_name = letters[:1].isupper() and letters[1:].islower()
        return a_name and self._words[at].read not in self._lists.vocabulary

    def _place_from(self, at: int) -> int:
        place, last, reads = at, 0, self._reads
        while place < len(reads) and reads[place] in self._lists.around["before_places"]:
            place += 1
        while place < len(reads) and (more := self._place_word(at, place)):
            leads_only = more < 0
            place += abs(more)
            last = last if leads_only else place
        return last

    def _place_word(self, at: int, place: int) -> int:
        """How many words of a place stand here; below zero if they only lead to one; 0 if none."""
        reads, lists = self._reads, self._lists
        hit = lists.places.longest_at(reads, place)
        if hit:
            return hit[0]
        topic = lists.topics.longest_at(reads, place)
        if topic and NAMES_OF_PLACES & set(topic[1].split(TOPICS_BETWEEN)):
            return topic[0]
        if self._is_name(place) and reads[at - 1] not in BEFORE_SOMEBODY:
            return 1
        people = lists.people.longest_at(reads, place)
        if people and place > at and reads[place - 1] == "my":
            # "Near my nan".
            return people[0]
        behind = place + topic[0] if topic else len(reads)
        # "In a drama studio".
        return (
            -topic[0]
            if topic and behind < len(reads) and lists.places.longest_at(reads, behind)
            else 0
        )
