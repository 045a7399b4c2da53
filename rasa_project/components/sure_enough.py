"""Whether a typed control is meant as one, where an answer in own words is awaited.

In: what the model understood, and what the chat was expecting. Out: the same, or `tell`, or
`may_be_answer`: then the chat asks which of the two it is.
"Help me cook" is an answer, not a call for help. A control taken for an answer stands in the plan
as if it were a wish, an answer taken for a control is lost: either costs more than one question.
"""

import re
from typing import Any

from components.asking_or_guessing import says_a_wish
from components.may_be_answers import MAY_BE_ANSWER

# Where anything that is said may be the answer.
OPEN = frozenset({"words", "name", "deciding"})
CONTROLS = frozenset(
    {
        *("help", "again", "simpler", "back", "stop", "change"),
        *("skip", "dont_know", "not_now", "private"),
        *("ask_person", "who_sees", "show_plan", "bot_challenge"),
        *("greet", "goodbye", "thanks", "how_long", "bored", "hard", "rude", "praise", "joking"),
        *("about_you", "dont_mind"),
        *("listen", "slower", "faster", "pictures", "no_pictures", "read_to_me", "no_reading"),
        *("fewer_choices", "more_choices", "with_somebody", "on_my_own", "later_alone"),
        *("talk_about", "chapters", "send_plan", "delete_this", "correct", "other_door"),
        *("who_looked", "know_about_me", "send_me_everything", "forget_me", "out_of_scope"),
        *("my_steps", "show_options", "my_meeting"),
    }
)
# A yes or a no may be all of an answer; these say something else than an answer.
SAYS_SOMETHING_ELSE = CONTROLS | {"what_means", "stop_sharing"}
HOPE = "hope"
PIECES_OF_A_HOPE = frozenset({"activity", "where", "with_whom", "when", "help", "importance"})
# Answered kindly with one more button, "It is my answer": that is a question already.
ASKED_ANYWAY = frozenset({"out_of_scope"})
TOLD = "tell"
# The model learnt from about as many lines of each intent; where words are awaited, four messages
# of five are answers. With a wrong guess at three questions (evaluation/figures.py) it costs least
# to take it for an answer below the first number, for a control from the second, and to ask between
# them. DECISIONS.md has what was measured.
AN_ANSWER_BELOW, A_CONTROL_FROM = 2 / 3, 0.9
FEW_WORDS, SURE_OF_FEW, SURE_OF_MANY = 2, 0.5, 0.7
# A name may look like anything ("Cy", "May", "Joy"): only what was taught word for word, or is as
# sure as that, is none.
SURE_BESIDE_A_NAME = 0.9
# "Go back to college", "stop smoking": where a part of life is surely spoken of, it is an answer;
# where the control is sure too, up to so many words may be either, unless nothing is surer ("help
# please").
SURE_BESIDE_A_LIFE_AREA, SURE_OF_ALL, EITHER_IN_SO_MANY_WORDS = 0.9, 0.97, 4
# "With my key worker" is who shall be there, "my key worker is here" who is.
WHO_IS_THERE = frozenset({"with_somebody", "on_my_own", "later_alone"})
HERE_AND_NOW = re.compile(
    r"\b(here'?s?|hear|now|gone|left|went|sat|come|came|later|wait|until|till|next to me|\w+'s"
    r"|(is|are|am|im) with)\b",
    re.IGNORECASE,
)
# "2", "18", "10-11": a number alone is an answer, whatever it looks like.
DIGITS = re.compile(r"[\d\s.,:/-]*\d[\d\s.,:/-]*")


def as_the_chat_takes_it(heard: dict[str, Any], expecting: str) -> dict[str, Any]:
    """What the model understood, as it is acted on where the chat was expecting this."""
    return hopes_only_where_told(sure_enough(heard, expecting))


def hopes_only_where_told(heard: dict[str, Any]) -> dict[str, Any]:
    """The same, without a hope and its pieces where something else than an answer was said.

    "Can I talk to a human?" is no hope. Where a wish is said plainly and the control is not sure,
    it stays.
    """
    intent = heard["intent"]
    meaning = heard.get("meaning") or {}
    if intent["name"] not in SAYS_SOMETHING_ELSE or meaning.get("kind") != HOPE:
        return heard
    if intent["confidence"] < A_CONTROL_FROM and says_a_wish(str(heard["text"])):
        return heard
    kinds = [kind for kind in meaning["kinds"] if kind != HOPE]
    told = {**meaning, "kind": kinds[0] if kinds else None, "kinds": kinds, "slots": {}}
    entities = [
        entity
        for entity in heard.get("entities", ())
        if entity["entity"] not in PIECES_OF_A_HOPE
        and (entity["entity"], entity["value"]) != ("kind", HOPE)
    ]
    return {**heard, "entities": entities, "meaning": told}


# Spoken to a question that is still open, these answer it as if they were typed.
ANSWERS = frozenset({"affirm", "deny", "maybe"})
HEARD = "heard"


def sure_enough(heard: dict[str, Any], expecting: str) -> dict[str, Any]:
    """The same understanding; an unsure control turned into something told, or asked about."""
    intent = heard["intent"]
    if expecting == "words" and DIGITS.fullmatch(str(heard["text"])):
        return {**heard, "intent": {**intent, "name": TOLD}}
    # A yes is an answer to much; to "What do you want to be called?" it is none.
    doubted = CONTROLS | ANSWERS if expecting == "name" else CONTROLS
    if expecting not in OPEN or intent["name"] not in doubted:
        return heard
    taken = _at_a_name(heard) if expecting == "name" else _at_an_open_question(heard)
    if taken == intent["name"]:
        return heard
    # How sure it is that this is no such control.
    sure = round(1 - intent["confidence"], 4)
    return {**heard, "intent": {**intent, "name": taken, "confidence": sure}}


def _at_a_name(heard: dict[str, Any]) -> str:
    control: str = heard["intent"]["name"]
    return TOLD if heard["intent"]["confidence"] < SURE_BESIDE_A_NAME else control


def _at_an_open_question(heard: dict[str, Any]) -> str:
    """The control, `tell`, or `may_be_answer`."""
    control, sure = heard["intent"]["name"], heard["intent"]["confidence"]
    words = len(str(heard["text"]).split())
    of_life = any(entity["entity"] == "life_area" for entity in heard.get("entities", ()))
    if DIGITS.fullmatch(str(heard["text"])) or (of_life and sure < SURE_BESIDE_A_LIFE_AREA):
        return TOLD
    if control in ASKED_ANYWAY:
        return TOLD if sure < (SURE_OF_FEW if words <= FEW_WORDS else SURE_OF_MANY) else control
    told_of_others = control in WHO_IS_THERE and not HERE_AND_NOW.search(str(heard["text"]))
    few_of_life = of_life and words <= EITHER_IN_SO_MANY_WORDS and sure < SURE_OF_ALL
    if heard.get(MAY_BE_ANSWER) or told_of_others or few_of_life:
        return MAY_BE_ANSWER
    if sure < AN_ANSWER_BELOW:
        return TOLD
    return MAY_BE_ANSWER if sure < A_CONTROL_FROM else str(control)


def as_spoken(heard: dict[str, Any], *, still: bool) -> dict[str, Any]:
    """What follows from the words of a voice, given how they were understood.

    A yes, a no or a sure control to the question that is `still` open is that. A sure control that
    was taken for an answer a moment ago stands as the choice of `heard`, so that the hands can take
    the answer back. All else is `heard`: the person is asked whether the words are right.
    """
    name = heard["intent"]["name"]
    if still and name in CONTROLS | ANSWERS:
        return heard
    control = [{"entity": "choice", "value": name}] if not still and name in CONTROLS else []
    return {**heard, "intent": {"name": HEARD, "confidence": 1.0}, "entities": control}
