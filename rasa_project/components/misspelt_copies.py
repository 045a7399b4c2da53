"""Writes a taught line as somebody might misspell it, so that the listener learns from that too.

In: a line and a seeded source of chance. Out: the line with slips of fingers and ears in some of
its words. Rules of our own; what misspelling costs is measured on words that people misspelt. A
word that says no is left as it is: no copy may teach that "no" and "on" are one.
"""

import random

from components.how_far_words_are import NEXT_KEYS
from components.misspelt_words import SAYS_NO

# One word in this many is misspelt.
ONE_WORD_IN = 3
# One sound, written as another.
SOUNDS = tuple(
    tuple(each.split(":"))
    for each in """
    tion:shun ight:ite ough:uff ph:f kn:n ck:k ould:ud th:f ea:ee ie:ei ei:ie oo:u er:a qu:kw x:ks
    ce:se wh:w ai:ay ee:ea ow:ou y:ie le:el c:k
    """.split()  # noqa: SIM905 - a table is read more easily
)
VOWELS = "aeiou"
SHORTEST = 2


def misspelt_copy(line: str, chance: random.Random) -> str:
    """The line, misspelt here and there; now and then as it was."""
    return " ".join(_perhaps(word, chance) for word in line.split())


def _perhaps(word: str, chance: random.Random) -> str:
    bare = word.strip(".,!?")
    if (
        len(bare) < SHORTEST
        or SAYS_NO.match(bare.replace("'", ""))
        or chance.randrange(ONE_WORD_IN)
    ):
        return word
    slip = chance.choice((_left_out, _twice, _swapped, _another_vowel, _a_key_beside, _by_ear))
    return word.replace(bare, slip(bare, chance))


def _left_out(word: str, chance: random.Random) -> str:
    """A vowel more often than another letter, and never the first."""
    vowels = [at for at in range(1, len(word)) if word[at] in VOWELS]
    at = chance.choice(vowels or range(1, len(word)))
    return word[:at] + word[at + 1 :]


def _twice(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _another_vowel(word: str, chance: random.Random) -> str:
    vowels = [at for at in range(len(word)) if word[at] in VOWELS]
    if not vowels:
        return _twice(word, chance)
    at = chance.choice(vowels)
    return word[:at] + chance.choice(VOWELS) + word[at + 1 :]


def _a_key_beside(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    beside = sorted(NEXT_KEYS.get(word[at], word[at]))
    return word[:at] + chance.choice(beside) + word[at + 1 :]


def _by_ear(word: str, chance: random.Random) -> str:
    sounds = [each for each in SOUNDS if each[0] in word]
    return word.replace(*chance.choice(sounds), 1) if sounds else _swapped(word, chance)
