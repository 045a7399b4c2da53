"""Decides whether to take the likeliest intent or to ask, from how sure one may be of each.

In: the chances of each intent, and the text. Out: an intent, and the three likeliest.
A wrong guess costs a person more than a question: DECISIONS.md has the curve and the number.
"""

import re
from typing import Any

from components.as_heard import as_heard
from components.telling_intents_apart import TellingIntentsApart

FALLBACK = "nlu_fallback"
# Below this the chat asks: read from the curve of costs in DECISIONS.md.
UNSURE_BELOW = 0.4
LIKELIEST = 3
# What is told and what is out of scope are no commands: at an open question both are kept as they
# were said, so neither is asked about. A chance of one in ten is enough for "out of scope": it is
# answered kindly, with the way back, where a wrong command would do something nobody asked for. But
# a wish of one's own, said plainly, must be likelier than that to be turned away.
TOLD, OTHER = "tell", "out_of_scope"
OTHER_FROM, OTHER_FROM_A_WISH = 0.1, 0.4
A_WISH = re.compile(
    r"\b(i|we|id|i'd|we'd)( (would|really|just|also|do|still|only|always|so|definitely|totally))*"
    r" (want|wanna|wish|hope|dream|plan to|(like|love) (to|a))\b|\bmy (dream|hope|wish|goal) is\b"
)
# "I want to know the weather", "I'd like you to ring her": asked of the chat, no wish for a life.
ASKED_OF_THE_CHAT = re.compile(
    r"\b(you to|(want|like) you|to (know|hear|listen|see what|watch|check|find out|ask|order|book"
    r"|play))\b"
)


def decide(
    telling: TellingIntentsApart, text: str, unsure_below: float = UNSURE_BELOW
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The intent of a text, and the ranking."""
    chances = telling.chances([text])[0]
    if not chances.any():
        return {"name": FALLBACK, "confidence": 1.0}, []
    named = dict(zip(telling.intents, map(float, chances), strict=True))
    return weigh(named, text, unsure_below)


def says_a_wish(text: str) -> bool:
    """Whether somebody says plainly what they want from life."""
    heard = as_heard(text)
    return bool(A_WISH.search(heard)) and not ASKED_OF_THE_CHAT.search(heard)


def weigh(
    chances: dict[str, float], text: str = "", unsure_below: float = UNSURE_BELOW
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The intent and the ranking, from the chance of each intent.

    The confidence of `nlu_fallback` is the chance that the likeliest is wrong.
    """
    likeliest = sorted(chances, key=lambda name: -chances[name])[:LIKELIEST]
    ranking = [{"name": name, "confidence": round(chances[name], 4)} for name in likeliest]
    best = likeliest[0]
    other = chances.get(OTHER, 0.0)
    if other >= OTHER_FROM:
        wished = other < OTHER_FROM_A_WISH and says_a_wish(text)
        best = TOLD if wished and TOLD in chances else OTHER
    if best not in {TOLD, OTHER} and chances[best] < unsure_below:
        return {"name": FALLBACK, "confidence": round(1 - chances[best], 4)}, ranking
    return {"name": best, "confidence": round(chances[best], 4)}, ranking
