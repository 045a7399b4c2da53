"""Lines as they might have been typed: slips of fingers, by ear, text speak, without marks.

In: a text and a seed. Out: the text, spoilt the same way each time. Words that turn a meaning round
are spoilt too: nobody types them better than others.
"""

import random
import re

BY_EAR = (
    ("ough", "uff"),
    ("igh", "i"),
    ("ph", "f"),
    ("ck", "k"),
    ("tion", "shun"),
    ("ou", "u"),
    ("ea", "ee"),
    ("th", "f"),
    ("wh", "w"),
    ("kn", "n"),
    ("ll", "l"),
    ("ss", "s"),
    ("tt", "t"),
    ("ing", "in"),
    ("ie", "ei"),
)
TEXT_SPEAK = {
    "you": "u",
    "are": "r",
    "to": "2",
    "for": "4",
    "be": "b",
    "see": "c",
    "because": "cos",
    "people": "ppl",
    "really": "rly",
    "want": "wnt",
    "would": "wud",
    "with": "wiv",
    "and": "n",
    "love": "luv",
    "have": "hav",
    "my": "me",
    "something": "summat",
    "going": "goin",
    "the": "da",
    "friends": "frends",
    "work": "wrk",
}
SHORT = 4


def slips(text: str, seed: int) -> str:
    """One slip of a finger in one word of three: a letter left out, doubled, or swapped."""
    chance = random.Random(f"slips {seed}")  # noqa: S311
    return " ".join(
        _slip(word, chance) if len(word) >= SHORT and chance.random() < 1 / 3 else word
        for word in text.split(" ")
    )


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def by_ear(text: str, seed: int) -> str:
    """Written as it sounds, in one word of two."""
    chance = random.Random(f"ear {seed}")  # noqa: S311
    return " ".join(
        _as_heard(word) if chance.random() < 1 / 2 else word for word in text.lower().split(" ")
    )


def _as_heard(word: str) -> str:
    for right, heard in BY_EAR:
        if right in word and len(word) >= SHORT:
            return word.replace(right, heard, 1)
    return word


def text_speak(text: str, seed: int) -> str:  # noqa: ARG001
    """As in a hurry, on a phone."""
    return " ".join(TEXT_SPEAK.get(word, word) for word in text.lower().split(" "))


def no_marks(text: str, seed: int) -> str:  # noqa: ARG001
    """No capitals and no punctuation, as a phone's dictation gives it."""
    return re.sub(r"[^\w\s]", "", text.lower())


def shouted(text: str, seed: int) -> str:  # noqa: ARG001
    """All in capitals, with an emoji behind."""
    return f"{text.upper()} 😀"


def few_words(text: str, seed: int) -> str:
    """Small words left out."""
    chance = random.Random(f"few {seed}")  # noqa: S311
    small = {"a", "an", "the", "to", "of", "is", "am", "be", "i", "my"}
    return " ".join(
        word for word in text.split(" ") if word.lower() not in small or chance.random() < 1 / 2
    )


NOISES = {
    "slips": slips,
    "by_ear": by_ear,
    "text_speak": text_speak,
    "no_marks": no_marks,
    "shouted": shouted,
    "few_words": few_words,
}
