"""However pictures are sorted, each message that reads them back is as short as any other."""

import random

import pytest

from actions.laying_out_pictures import parts_of
from actions.serving import DATA
from bot.reading_words import read_library
from plan_store.chapters import Chapter
from plan_store.keeping_words import SORTED
from plan_store.plain_words import breaches, check_message, read_lists
from tests.actions.every_question import CHAPTERS

LIBRARY = read_library(DATA)
LISTS = read_lists(DATA)
WITH_PICTURES = [chapter for chapter in CHAPTERS if chapter.sorting]


def piles(chapter: Chapter) -> list[dict[str, list[str]]]:
    """All of one way; and some at random."""
    cards = [f"{chapter.chapter}.{card.card}" for card in (chapter.sorting or ()).cards]  # type: ignore[union-attr]
    found = [{way: cards if way == one else [] for way in SORTED} for one in SORTED]
    for seed in range(20):
        chance = random.Random(seed)
        gone = {card: chance.choice(SORTED) for card in cards}
        found.append({way: [card for card in cards if gone[card] == way] for way in SORTED})
    return found


@pytest.mark.parametrize("chapter", WITH_PICTURES, ids=lambda chapter: chapter.chapter)
def test_no_message_is_too_long_and_none_is_left_out(chapter: Chapter) -> None:
    for ways in piles(chapter):
        parts = parts_of(CHAPTERS, ways)
        for part in parts:
            labels = [[CHAPTERS.card(card).label for card in cards] for _, cards in part]  # type: ignore[union-attr]
            said = "\n\n".join(
                LIBRARY.text(f"said_{way}", words=", ".join(shown))
                for (way, _), shown in zip(part, labels, strict=True)
            )
            text = LIBRARY.text("read_back_pictures", said=said)
            # A list of pictures is no sentence to reckon an age from; each label was looked at.
            found = breaches(check_message(text, LISTS, ours=True))
            assert [each for each in found if each.rule != "reading_age"] == []
        read = [(way, card) for part in parts for way, cards in part for card in cards]
        assert read == [(way, card) for way in SORTED for card in ways[way]]
