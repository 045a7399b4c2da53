"""A voice or a picture where something is asked beside the way: the answer, or kept with it.

Comes in: a recording, or the words of one that they said are right. Goes out: it is their answer
where words can be one; where a yes or no is asked for, it stands there and is asked again.
"""

from actions.asking import expects
from actions.deciding_together import Decide, decide
from actions.hearing import Hearing
from actions.understanding import Understood
from plan_store.answering_the_desk import locked_question
from plan_store.keeping_words import SAID_OF
from plan_store.putting_to_the_person import COME, DECIDING, DESK, OPTION, OWN_WORDS, is_private_now

RECORDED = ("voice", "photo")


def answers_with_a_recording(hearing: Hearing) -> bool:
    """A voice or picture where words are asked for is the answer; a yes or no it is not.

    Where its words come soon and may be one of the buttons, it waits for them.
    """
    what, _, number = (hearing.place.question or "").partition(":")
    if expects(what) != DECIDING or is_private_now(hearing.session, hearing.place.question):
        return False
    if what == OPTION[:-1] or what.startswith(COME):
        if hearing.message.details.get("heard_soon"):
            return False
    elif what not in {DESK[:-1], OWN_WORDS[:-1]}:
        return False
    else:
        question = locked_question(hearing.session, hearing.place, int(number))
        if (
            question is None
            or question.state != "asked"
            or (question.kind != "ask" and what == DESK[:-1])
        ):
            return False
    says_as_words(hearing)
    return True


def says_as_words(hearing: Hearing) -> None:
    """Whatever it was taken for, it is an answer in their own words, or their own voice."""
    hearing.understood = Understood("tell")
    what = (hearing.place.question or "").partition(":")[0]
    if hearing.said.kind in RECORDED and (what == OPTION[:-1] or what.startswith(COME)):
        hearing.keep_words(Decide.called, hearing.place.question or "")
    decide(hearing)


def keep_beside_what_is_asked(hearing: Hearing) -> bool:
    """A voice or picture stays with what the desk asks, which is still open; False elsewhere."""
    asked = hearing.place.question or ""
    if expects(asked) != DECIDING or is_private_now(hearing.session, asked):
        return False
    what, _, number = asked.partition(":")
    target = f"{DESK}{number}" if what == OWN_WORDS[:-1] else asked
    if target.partition(":")[0] not in SAID_OF:
        return False
    hearing.keep_words(Decide.called, target)
    return True
