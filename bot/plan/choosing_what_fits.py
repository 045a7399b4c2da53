"""Choosing what stands on paper: a plan can be long, and the paper has at most four pages.

Comes in: a whole plan. Goes out: the same plan with fewer items, in the order they had. Of every
area something stands before any has two: what is most important to the person first, then the
newest. Very long words are cut with a …; all of them are on the page.
"""

import unicodedata
from dataclasses import replace
from itertools import zip_longest

from bot.plan.putting_in_words import ORDER
from plan_store.whole_plan import Item, Part, Plan, Said

MOST_WORDS = 60
MOST_SIGNS = 360
LONGEST_NAME = 60
RANK = {"very": 0, "not_much": 2}
# No letters have them, or nobody sees them: they would be empty boxes on paper.
NOT_FOR_PAPER = {"Cc", "Cn", "Co", "Cs"}
JOINS = {"Mn", "Me", "Mc", "Cf", "Sk"}


def by_weight(plan: Plan) -> list[Item]:
    """The items that have words or pictures, what must stand on paper first."""
    areas = [
        sorted(
            (item for item in plan.of(area) if item.said or item.cards),
            key=lambda item: (_rank(item), -item.id),
        )
        for area in ORDER
    ]
    return [item for row in zip_longest(*areas) for item in row if item is not None]


def with_items(plan: Plan, items: list[Item]) -> Plan:
    """The plan with these items only, their words made ready for paper."""
    wanted = {item.id for item in items}
    return replace(
        plan,
        called=_cut(plan.called or "", LONGEST_NAME),
        items=tuple(_for_paper(item) for item in plan.items if item.id in wanted),
        told=(),
        left=(),
        waiting=(),
        answers=(),
    )


def is_all_of(plan: Plan, chosen: Plan) -> bool:
    """Whether everything the person said stands in `chosen` in full, in the form they picked."""
    return not plan.told and [_words(item) for item in plan.items if item.said or item.cards] == [
        _words(item) for item in chosen.items
    ]


def for_paper(words: str) -> str:
    """The words without signs that no letters have."""
    return "".join(
        " " if sign in "\t\r\n\u2028\u2029" else sign
        for sign in words
        if sign in "\t\r\n\u2028\u2029" or unicodedata.category(sign) not in NOT_FOR_PAPER
    ).strip()


def _words(item: Item) -> list[str]:
    return [" ".join(for_paper(_picked(part.said)).split()) for part in item.said]


def _rank(item: Item) -> int:
    important = item.part("important")
    return RANK.get(important.chosen or "", 1) if important else 1


def _for_paper(item: Item) -> Item:
    return replace(
        item,
        parts=tuple(Part(part.name, _said(part.said), part.before) for part in item.said),
        answers=(),
    )


def _said(said: Said) -> Said:
    return replace(said, words=_cut(_picked(said)), short=None, short_first=False)


def _picked(said: Said) -> str:
    """Of two forms one stands on paper: the short one, where the person picked it."""
    return said.short if said.short_first and said.short else said.words


def _cut(words: str, most_signs: int = MOST_SIGNS) -> str:
    """At most so many words and signs, ending with … where there were more."""
    plain = " ".join(for_paper(words).split())
    kept = " ".join(plain.split()[:MOST_WORDS])
    if len(kept) > most_signs:
        whole, space, _ = kept[:most_signs].rpartition(" ")
        kept = whole if space else kept[:most_signs]
        # A sign is not cut from what belongs to it: an accent, a skin colour, half an emoji.
        while kept and not space and unicodedata.category(kept[-1]) in JOINS:
            kept = kept[:-1]
    return plain if kept == plain else f"{kept} …"
