"""Choosing what stands on paper: a plan can be long, and the paper has at most four pages.

Comes in: a whole plan. Goes out: the same plan with fewer items, in the order they had. Of every
area something stands before any has two: what is most important to the person first, then the
newest. Very long words are cut with a …; all of them are on the page.
"""

import unicodedata
from dataclasses import replace
from itertools import zip_longest

from bot.plan.finding_letters import can_be_drawn
from bot.plan.putting_in_words import ORDER
from plan_store.whole_plan import Item, Part, Plan, Said

MOST_WORDS = 60
MOST_SIGNS = 360
LONGEST_NAME = 60
RANK = {"very": 0, "not_much": 2}
# Stands for a sign that no letters of this machine have.
NO_LETTER = "□"
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
    wanted = [_words(item) for item in plan.items if item.said or item.cards]
    return not plan.told and wanted == [_words(item) for item in chosen.items]


def for_paper(words: str) -> str:
    """The words in signs that can be drawn, with a plain space for every break."""
    # Accents in their usual order: they look the same, and a file can name them one by one.
    usual = unicodedata.normalize("NFC", words)
    return " ".join("".join(_sign(sign) for sign in usual).split())


def _sign(sign: str) -> str:
    if sign.isspace():
        return " "
    if can_be_drawn(sign):
        return sign
    return NO_LETTER if unicodedata.category(sign) in {"Lo", "Ll", "Lu", "So"} else ""


def _words(item: Item) -> list[str]:
    return [" ".join(_picked(part.said).split()) for part in item.said]


def _rank(item: Item) -> int:
    important = item.part("important")
    return RANK.get(important.chosen or "", 1) if important else 1


def _for_paper(item: Item) -> Item:
    return replace(
        item,
        parts=tuple(Part(part.name, _said(part.said), part.before) for part in item.said),
        answers=(),
        outcomes=tuple(
            replace(
                made,
                words=_cut(made.words),
                before=(),
                steps=tuple(replace(step, words=_cut(step.words)) for step in made.steps),
            )
            for made in item.outcomes
        ),
    )


def _said(said: Said) -> Said:
    return replace(said, words=_cut(_picked(said)), short=None, short_first=False)


def _picked(said: Said) -> str:
    """Of two forms one stands on paper: the short one, where the person picked it."""
    return said.short if said.short_first and said.short else said.words


def _cut(words: str, most_signs: int = MOST_SIGNS) -> str:
    """At most so many words and signs, ending with … where there were more."""
    plain = for_paper(words)
    kept = " ".join(plain.split()[:MOST_WORDS])
    if len(kept) > most_signs:
        whole, space, _ = kept[:most_signs].rpartition(" ")
        kept = whole if space else kept[:most_signs]
        # A sign is not cut from what belongs to it: an accent, a skin colour, half an emoji.
        while kept and not space and unicodedata.category(kept[-1]) in JOINS:
            kept = kept[:-1]
    return plain if kept == plain else f"{kept} …"
