"""Money as blocks: the key says all that is drawn, and no other key draws anything."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.drawing import DATA, Drawings
from bot.drawing_blocks import draw_blocks, key_of, read_key
from plan_store.counting_money import BLOCKS, MOST_OVER, Blocks
from plan_store.symbols import read_symbols

EVERY = [
    *(Blocks(used, BLOCKS - used, 0) for used in range(BLOCKS + 1)),
    *(Blocks(BLOCKS, 0, over) for over in range(1, MOST_OVER + 1)),
]


@pytest.mark.parametrize("blocks", EVERY, ids=key_of)
def test_full_empty_and_over_are_told_apart_without_colour(blocks: Blocks) -> None:
    assert read_key(key_of(blocks)) == blocks
    drawing = ElementTree.fromstring(draw_blocks(blocks))
    filled = [each.get("fill", "") for each in drawing if each.get("rx")]
    assert sum(fill.startswith("#") for fill in filled) == blocks.used
    assert filled.count("none") == blocks.free
    assert filled.count("url(#stripes)") == blocks.over
    assert bool([each for each in drawing if each.tag.endswith("line")]) == bool(blocks.over)


@pytest.mark.parametrize(
    "key",
    [
        "blocks",
        "blocks_1_1_0",
        "blocks_04_6_0",
        "blocks_10_0_6",
        "blocks_4_6_0.svg",
        "blocks_٤_٦_٠",
    ],
)
def test_another_key_is_no_picture(key: str) -> None:
    assert read_key(key) is None


def test_it_is_a_picture_like_the_others(tmp_path: Path) -> None:
    drawings = Drawings(read_symbols(DATA), tmp_path / "symbols")
    assert "blocks_4_6_0" in drawings
    assert "dog" in drawings
    assert "blocks_4_7_0" not in drawings
    assert drawings.content("blocks_4_6_0", "svg").startswith(b"<svg")
    file = drawings.png("blocks_4_6_0", "wide")
    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.name.startswith("my-way-blocks_4_6_0-")
