"""The repair ladder: what came was no answer, so it is asked in other words, and then by a person.

Comes in: a hearing. Goes out: one more miss at the present question, and what follows from it.
"""

from actions.asking import MISSES_BEFORE_A_PERSON, ask_present
from actions.hearing import Hearing

OTHER_WORDS = ("simpler", "other")


def one_too_many(hearing: Hearing) -> bool:
    """Count one more miss; where it is the third, a person is offered, and nothing is asked."""
    hearing.place.misses += 1
    if hearing.place.misses <= MISSES_BEFORE_A_PERSON:
        return False
    hearing.says("offer_person")
    return True


def ask_in_other_words(hearing: Hearing) -> None:
    """The present question: simpler after the first miss, in yet other words after the second."""
    ask_present(hearing, OTHER_WORDS[hearing.place.misses - 1])
