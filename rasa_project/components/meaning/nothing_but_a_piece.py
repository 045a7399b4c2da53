"""A part that is nothing but a time, somebody or a place: "next summer", "with my mum", "in Derby".

In: the words of one part and its text. Out: the kind, where no other word stands beside the piece.
What is told in so few words has no wanting word for the learner to go by; the lists know it.
"""

from collections.abc import Sequence

from components.meaning.when_it_is import times_in
from components.meaning.who_and_where import WhoAndWhere
from components.meaning.word_lists import WordLists
from components.meaning.words_heard import Heard

BESIDE = frozenset({"um", "so", "just", "only", "maybe", "probably", "up", "over", "down", "with"})
# "With my best mate josh": a name in small letters is in no list.
A_NAME = 1


def kind_of_a_piece(text: str, words: Sequence[Heard], lists: WordLists) -> str | None:
    """`time`, `person`, `place`, or none of them."""
    reads = [word.read for word in words]
    first = 0
    while first < len(reads) - 1 and reads[first] in BESIDE:
        first += 1
    who_and_where = WhoAndWhere(text, words, lists)
    if any(_is_all(span, first, len(reads)) for span in times_in(reads, lists)):
        return "time"
    named = A_NAME if "with" in reads[:first] else 0
    if any(_is_all(span, first, len(reads), named) for span in who_and_where.people()):
        return "person"
    if any(_is_all(span, first, len(reads)) for span in who_and_where.places()):
        return "place"
    return None


def _is_all(span: tuple[int, int], first: int, last: int, named: int = 0) -> bool:
    return span[0] <= first and span[1] >= last - named
