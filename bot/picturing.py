"""The picture beside some words: the words' own, one of this reply alone, or money as blocks.

Comes in: the symbol of the words, and what the reply names. Goes out: its key and what it shows, in
one sentence; None for somebody who likes just words.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.drawing_blocks import key_of
from plan_store.counting_money import Blocks
from plan_store.tables import Person


class Shelf(Protocol):
    """What a library has for this: what each symbol shows, and words of its own."""

    @property
    def descriptions(self) -> Mapping[str, str]:
        """What each symbol shows, by its key."""

    def text(self, key: str, **filling: str) -> str:
        """Words of the library's own."""


def picture_of(
    library: Shelf, symbol: str | None, person: Person | None, of_this: dict[str, Any] | None
) -> dict[str, str] | None:
    """`of_this`: {"symbol": key} or {"blocks": [used, free, over]}, in the place of the words'."""
    if person is not None and person.pictures is False:
        return None
    if of_this is not None and "blocks" in of_this:
        return _blocks(library, Blocks(*of_this["blocks"]))
    symbol = of_this["symbol"] if of_this is not None else symbol
    if symbol is None or symbol not in library.descriptions:
        return None
    return {"symbol": symbol, "description": library.descriptions[symbol]}


def _blocks(library: Shelf, shown: Blocks) -> dict[str, str]:
    key = "blocks_over" if shown.over else "blocks_fit"
    numbers = {"used": str(shown.used), "free": str(shown.free), "over": str(shown.over)}
    return {"symbol": key_of(shown), "description": library.text(key, **numbers)}
