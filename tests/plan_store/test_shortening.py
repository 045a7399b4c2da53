"""A short version stands beside long words: a clause of their own, and never without a "not"."""

import pytest

from plan_store.shortening import LONG, NOT, shorten

# What was said, and the clause of it that may stand beside it.
SHORT = [
    (
        "I want to work with dogs. My nan has a dog called Rex and I went with her every day.",
        "I want to work with dogs.",
    ),
    (
        "I want to live in a flat near my mum because she helps me with my money and my food",
        "I want to live in a flat near my mum",
    ),
    (
        "Last year we went camping in a tent in front of the sea. I want to go camping again.",
        "I want to go camping again.",
    ),
    (
        "Um, I want to learn to drive, because the bus is slow and the bus stops a mile from here",
        None,
    ),
    (
        "Well, I want to learn to drive, because the bus is slow and my street is far away from it",
        "I want to learn to drive",
    ),
    (
        "My friends are the most important thing to me. I wanna see them every Saturday afternoon.",
        "I wanna see them every Saturday afternoon.",
    ),
    (
        "I went to a restaurant for my birthday and it was brilliant.\nI want to be a chef there.",
        "I want to be a chef there.",
    ),
    (
        "My aunt has a flat with a plant in each room, and I would like that too. It is great fun.",
        "I would like that too.",
    ),
    (
        "i want to be a parent one day coz my parents are patient and they spent a lot on me",
        "i want to be a parent one day",
    ),
    (
        "My sister and I want to open a cake shop. She is good at baking and I am good at talking.",
        "My sister and I want to open a cake shop.",
    ),
    (
        "My mum says I want to be a nurse. She is a nurse in the big hospital in the town here.",
        "My mum says I want to be a nurse.",
    ),
]
# In each of them a word turns something round: no part of it may stand alone.
TURNED = [
    "no",
    "not",
    "NOT",
    "never",
    "neva",
    "nevr",
    "nobody",
    "no one",
    "noone",
    "none",
    "nothing",
    "nuffin",
    "without",
    "cannot",
    "dont",
    "don't",
    "don’t",
    "donʼt",
    "don`t",
    "don t",
    "do n't",
    "do'nt",
    "dnt",
    "dosent",
    "doesnt",
    "dosnt",
    "didnt",
    "didn’t",
    "did'nt",
    "dident",
    "wont",
    "won't",
    "wouldnt",
    "wudnt",
    "cant",
    "can't",
    "can’t",
    "cnt",
    "couldnt",
    "shouldnt",
    "isnt",
    "isn't",
    "is'nt",
    "aint",
    "ain't",
    "arent",
    "wasnt",
    "werent",
    "hasnt",
    "havent",
    "havnt",
    "hadnt",
    "mustnt",
    "neednt",
    "hate",
    "hates",
    "stop",
    "dunno",
    "but",
    "if",
    "only",
    "except",
]
PLAIN = [
    *("want", "wanted", "wants", "went", "front", "tent", "important", "different", "apartment"),
    *("parent", "parents", "plant", "aunt", "spent", "sent", "bent", "rent", "cent", "restaurant"),
    *("student", "point", "paint", "print", "hunt", "giant", "count", "account", "amount", "month"),
    *("mount", "moment", "present", "patient", "talent", "excellent", "innocent", "event", "can"),
    *("accident", "agent", "current", "assistant", "elephant", "payment", "department", "dentist"),
    *("environment", "know", "note", "nose", "now", "north", "knot", "nice", "new", "next", "hat"),
]


@pytest.mark.parametrize(("said", "short"), SHORT)
def test_the_short_version_is_a_clause_of_their_own(said: str, short: str | None) -> None:
    """Word for word, shorter than what was said, and never longer than a sentence may be."""
    assert shorten(said) == short
    if short is not None:
        assert short in " ".join(said.split())
        assert len(short.split()) <= LONG


@pytest.mark.parametrize("turn", TURNED)
def test_no_word_that_turns_it_round_is_ever_lost(turn: str) -> None:
    """However "not" is written, and wherever it stands, nothing is left out."""
    for said in (
        f"I want to live with my dad. My dad {turn} live in the house that we had before.",
        f"I want to live in a flat because I {turn} like the house that we all live in now",
        f"{turn} I want to go to college in the town. My friends go to college there every day.",
    ):
        assert shorten(said) is None
        plain = said.replace(f" {turn} ", " now ").replace(f"{turn} I", "I", 1)
        assert plain == said or not NOT.search(plain)


@pytest.mark.parametrize("word", PLAIN)
def test_an_ordinary_word_is_no_not(word: str) -> None:
    """ "Want" ends as "isn't" does, and is the word most hopes begin with."""
    assert not NOT.search(word)
    assert not NOT.search(word.upper())


def test_short_words_and_two_hopes_have_no_short_version() -> None:
    """What is short stands as it is; of two hopes nobody chooses one."""
    assert shorten("I want to work with dogs.") is None
    assert (
        shorten(
            "I want to be a nurse in a hospital one day. I want to live by the sea with my sister."
        )
        is None
    )
    assert shorten(" ".join(["the house by the big river"] * 4)) is None


def test_spaces_do_not_matter() -> None:
    """The short version is one line."""
    said = "I  want to work   with dogs. My nan has a dog called Rex and I went with her every day."
    assert shorten(said) == "I want to work with dogs."
