"""Naming the pictures that somebody sorted, for the desk: by the labels they saw themselves.

Comes in: the life area of what was sorted, and the part a picture is kept as. Goes out: its label.
"""

from functools import cache
from pathlib import Path

from plan_store.chapters import Chapters, read_chapters
from plan_store.life_areas import CARD

DATA = Path(__file__).parent.parent / "data"


def picture_label(life_area: str, part: str) -> str:
    """The label, from the chapter about this life area; the key of one that is no longer there."""
    key = part.removeprefix(CARD)
    chapter = _chapters().about(life_area)
    card = chapter.card(key) if chapter else None
    return card.label if card else key.replace("_", " ").capitalize()


@cache
def _chapters() -> Chapters:
    return read_chapters(DATA / "chapters")
