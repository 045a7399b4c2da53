"""Whether a typed control is meant as one, where an answer in own words is awaited.

In: what the model understood, and what the chat was expecting. Out: the same, or `tell`.
"Help me cook" is an answer, not a call for help. Taking an answer for a control loses it from the
plan; taking a control for an answer costs one more question: so a control must be sure.
"""

from typing import Any

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
# One or two words are seldom a whole answer; a sentence often is.
FEW_WORDS = 2
# Measured (DECISIONS.md): no hope of others is lost to a control, 95 of 100 controls are heard.
SURE_OF_FEW, SURE_OF_MANY = 0.5, 0.7
# A name may look like anything ("Cy", "May", "Joy"): only what was taught word for word, or is as
# sure as that, is none.
SURE_BESIDE_A_NAME = 0.9
# "Go back to college", "stop smoking": where a part of life is surely spoken of, it is an answer.
SURE_BESIDE_A_LIFE_AREA = 0.9

# Spoken to a question that is still open, these answer it as if they were typed.
ANSWERS = frozenset({"affirm", "deny", "maybe"})
HEARD = "heard"


def sure_enough(heard: dict[str, Any], expecting: str) -> dict[str, Any]:
    """The same understanding, with an unsure control turned into something that is told."""
    intent = heard["intent"]
    few = len(str(heard["text"]).split()) <= FEW_WORDS
    sure = SURE_OF_FEW if few else SURE_OF_MANY
    if expecting == "name":
        sure = SURE_BESIDE_A_NAME
    elif any(entity["entity"] == "life_area" for entity in heard.get("entities", ())):
        sure = SURE_BESIDE_A_LIFE_AREA
    if expecting in OPEN and intent["name"] in CONTROLS and intent["confidence"] < sure:
        # How sure it is that this is no such control.
        told = {**intent, "name": "tell", "confidence": round(1 - intent["confidence"], 4)}
        return {**heard, "intent": told}
    return heard


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
