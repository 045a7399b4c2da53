"""The first look: what must be noticed, and what only sounds alike."""

import pytest

from bot.opening_the_door import DATA
from bot.safety import FirstLook, plainly, read_first_look


@pytest.fixture(scope="module")
def look() -> FirstLook:
    return read_first_look(DATA)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("I want to die", "suicide"),
        ("i don't want to be alive", "suicide"),
        ("sometimes he HITS me when hes angry", "abuse"),
        ("i’m not safe", "abuse"),
        ("k\u200bill myself", None),
        ("I cut myself last night", "self_harm"),
        ("they dont feed me", "neglect"),
    ],
)
def test_danger_is_noticed(look: FirstLook, words: str, kind: str | None) -> None:
    found = look.look(words)
    # Zero-width signs inside a word do not hide it.
    assert (found.kind if found else None) == (kind or "suicide")


@pytest.mark.parametrize(
    "words",
    ["this game kills me", "I'm dying to go to college", "my phone died", "I hate broccoli", ""],
)
def test_what_only_sounds_alike_is_left(look: FirstLook, words: str) -> None:
    assert look.look(words) is None


def test_every_phrase_finds_itself(look: FirstLook) -> None:
    for phrase, kind in look._kinds.items():
        found = look.look(f"well, {phrase.upper()}!")
        assert found is not None
        assert phrase in found.phrase or found.kind == kind


def test_plainly_keeps_letters_of_any_language() -> None:
    assert plainly("  Ça VA?  أريد ") == "ça va أريد"
