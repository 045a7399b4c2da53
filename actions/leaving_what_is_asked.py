"""Leaving what is asked beside the way: skip, I don't know, private, and not now.

Comes in: one of the four, at a question of the desk, a step, an idea or a meeting. Goes out: kept
as just that; for "not now" it is asked another day, and the question that was open comes back.
"""

from actions.hearing import Hearing
from actions.opening_chapters import come_back
from plan_store.causes import note
from plan_store.keeping_words import LEFT_EMPTY

NOT_NOW = "not_now"


def how_left(hearing: Hearing) -> str | None:
    """Which of the four it was; None where something else was said or tapped."""
    if hearing.choice is not None:
        return None
    # Having no wish either way is not knowing one.
    intent = "dont_know" if hearing.intent == "dont_mind" else hearing.intent
    return intent if intent in LEFT_EMPTY else None


def leave(hearing: Hearing, how: str, item: str, item_id: int) -> None:
    """Say that it is left, and keep how; after "not now" the question that was open comes back."""
    note(hearing.session, hearing.cause, f"answers_{how}", item, item_id)
    hearing.says(f"left_{how}")
    if how == NOT_NOW:
        come_back(hearing)
