"""Decides whether to take the likeliest intent or to ask, from how sure one may be of each.

In: the chances of each intent. Out: an intent, and the three likeliest.
A wrong guess costs a person more than a question: DECISIONS.md has the curve and the number.
"""

from typing import Any

from components.telling_intents_apart import TellingIntentsApart

FALLBACK = "nlu_fallback"
# Below this the chat asks: read from the curve of costs in DECISIONS.md.
UNSURE_BELOW = 0.4
LIKELIEST = 3
# What is told and what is out of scope are no commands: at an open question both are kept as they
# were said, so neither is asked about. A chance of one in seven is enough for "out of scope": it is
# answered kindly, with the way back, where a wrong command would do something nobody asked for.
TOLD, OTHER = "tell", "out_of_scope"
OTHER_FROM = 0.15


def decide(
    telling: TellingIntentsApart, text: str, unsure_below: float = UNSURE_BELOW
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The intent of a text, and the ranking."""
    chances = telling.chances([text])[0]
    if not chances.any():
        return {"name": FALLBACK, "confidence": 1.0}, []
    return weigh(dict(zip(telling.intents, map(float, chances), strict=True)), unsure_below)


def weigh(
    chances: dict[str, float], unsure_below: float = UNSURE_BELOW
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The intent and the ranking, from the chance of each intent.

    The confidence of `nlu_fallback` is the chance that the likeliest is wrong.
    """
    likeliest = sorted(chances, key=lambda name: -chances[name])[:LIKELIEST]
    ranking = [{"name": name, "confidence": round(chances[name], 4)} for name in likeliest]
    best = likeliest[0]
    if chances.get(OTHER, 0.0) >= OTHER_FROM:
        best = OTHER
    if best not in {TOLD, OTHER} and chances[best] < unsure_below:
        return {"name": FALLBACK, "confidence": round(1 - chances[best], 4)}, ranking
    return {"name": best, "confidence": round(chances[best], 4)}, ranking
