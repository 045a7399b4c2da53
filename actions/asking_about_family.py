"""At 16, sharing with family is asked again: it was their own choice, and only they change it.

Comes in: the answer, or somebody who comes back and has not answered yet. Goes out: family sees
what it saw, or nothing more; and the question that was open comes back.
"""

from actions.asking import ask, ask_present
from actions.hearing import ANYTHING, Hearing
from actions.opening_chapters import come_back
from plan_store.becoming_sixteen import (
    FAMILY_STILL,
    NOT,
    STILL,
    answers_about_family,
    asked_about_family,
    family_is_due,
)
from plan_store.moving_on import park

MEANT = {"yes": STILL, "no": NOT}


def ask_about_family(hearing: Hearing) -> bool:
    """Ask it now, as a detour; False where it is not due, or somebody is with them."""
    place = hearing.place
    if place.with_somebody or not family_is_due(hearing.session, hearing.person.id):
        return False
    if place.question != FAMILY_STILL:
        park(place)
    asked_about_family(hearing.session, hearing.person.id)
    ask(hearing, FAMILY_STILL)
    return True


def hear_about_family(hearing: Hearing, answer: str) -> None:
    """Still, or not any more. Other words are kept, and it is asked once more."""
    decided = MEANT.get(answer, answer)
    if hearing.intent == "maybe":
        # Not sure is no answer: nothing changes, and it is asked again another day.
        hearing.says("left_dont_know")
        come_back(hearing)
    elif decided in {STILL, NOT}:
        answers_about_family(hearing.session, hearing.cause, decided)
        hearing.says(f"family_{decided}")
        come_back(hearing)
    else:
        if hearing.intent == "tell" and hearing.choice is None:
            hearing.keep_words("action_confirm", ANYTHING)
            hearing.says("kept_words")
        ask_present(hearing)
