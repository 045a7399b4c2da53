"""Decides whether to take the likeliest intent or to ask, from how sure one may be of each.

In: the chances of each intent. Out: an intent, and the three likeliest.
A wrong guess costs a person more than a question: DECISIONS.md has the curve and the number.
"""

from typing import Any

from components.telling_intents_apart import TellingIntentsApart

FALLBACK = "nlu_fallback"
# Below this the chat asks.
UNSURE_BELOW = 0.4
LIKELIEST = 3
# What is told and what is out of scope are no commands. Where it is not clear which of the two,
# one is taken all the same: at an open question both are kept as they were said.
TOLD, OTHER = "tell", "out_of_scope"


def decide(
    telling: TellingIntentsApart, text: str, unsure_below: float = UNSURE_BELOW
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The intent (`nlu_fallback` when unsure: its confidence is that of the guess being wrong)."""
    if not telling.knows(text):
        return {"name": FALLBACK, "confidence": 1.0}, []
    chances = dict(zip(telling.intents, map(float, telling.chances([text])[0]), strict=True))
    return weigh(chances, unsure_below)


def weigh(
    chances: dict[str, float], unsure_below: float
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The intent and the ranking, from the chance of each intent."""
    likeliest = sorted(chances, key=lambda name: -chances[name])[:LIKELIEST]
    ranking = [{"name": name, "confidence": round(chances[name], 4)} for name in likeliest]
    first = ranking[0]
    no_command = chances.get(TOLD, 0.0) + chances.get(OTHER, 0.0)
    if first["confidence"] >= unsure_below or (
        first["name"] in {TOLD, OTHER} and no_command >= unsure_below
    ):
        return dict(first), ranking
    return {"name": FALLBACK, "confidence": round(1 - first["confidence"], 4)}, ranking
