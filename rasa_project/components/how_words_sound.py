"""What a word sounds like: used to find the word that somebody wrote by ear.

In: a word in small letters. Out: what is left of it when only its sounds, or only its consonants,
are written; words that sound alike come out alike.
"""

import re

# Sounds that are written in many ways, in the order in which they are heard.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tion|cion|ssion", "shn"),
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"ph", "f"),
        (r"th", "f"),
        (r"[ou]?ugh|igh|gh", ""),
        (r"c(?=[eiy])|z|sc(?=[eiy])", "s"),
        (r"sch|ck|q|ch(?=r)|c(?!h)", "k"),
        (r"x", "ks"),
        (r"dg|j|g(?=[eiy])", "j"),
        (r"v", "f"),
        # As in most of England: an r is heard before a vowel only.
        (r"(er|ar|or|re|a)$", ""),
        (r"r(?![aeiouy])", ""),
        (r"(?<=.)[aeiouyhw]+", ""),
        (r"^[aeiouyhw]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)
NOT_FIRST_VOWELS = re.compile(r"(?<=.)[aeiou]+")
# One sound, written as another word: a dictation cannot tell them apart. No word that says no.
HEARD_ALIKE = tuple(
    frozenset(each.split("/"))
    for each in """
    to/two/too for/four/fore your/you're there/their/they're write/right see/sea hear/here
    by/buy/bye
    be/bee i/eye would/wood who/hoo whole/hole our/hour mum/mom some/sum one/won week/weak
    """.split()  # noqa: SIM905 - a table is read more easily
)


def sound_of(word: str) -> str:
    """What is left of a word when only its sounds are written."""
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def without_vowels(word: str) -> str:
    """The word as in a hurry: "qstn" for "question"; a vowel at its beginning stays."""
    return NOT_FIRST_VOWELS.sub("", word)
