"""What takes a pack back: rather too much than too little, but not that it does not work."""

import pytest

from plan_store.words_that_take_a_pack_back import read_taking_a_pack_back


@pytest.mark.parametrize(
    "words",
    [
        "do not show my pack",
        "i do not want my pack any more",
        "they can not see my pack",
        "Don't make my pack!",
        "I don’t want a pack.",
        "i can not let them see my pack",
        # It does not work, and it is taken back all the same.
        "i can not make my pack so do not show it",
        "i can't do my pack i want it back",
    ],
)
def test_it_is_taken_back(words: str) -> None:
    assert read_taking_a_pack_back().is_meant_by(words)


@pytest.mark.parametrize(
    "words",
    [
        "i can not make my pack",
        "i can't make a pack for my meeting",
        "i cant do my pack",
        "i do not know how to make my pack",
        "make my pack",
        # Of no pack.
        "do not show my plan",
    ],
)
def test_it_is_not_taken_back(words: str) -> None:
    assert not read_taking_a_pack_back().is_meant_by(words)
