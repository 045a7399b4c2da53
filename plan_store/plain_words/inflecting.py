"""A word and its other forms: from "walked" back to "walk", from "happier" to "happy".

Comes in: a word as it is written. Goes out: every word that it may be a form of, itself first.
"""

from collections.abc import Iterator, Mapping

SHORTEST = 2
VOWELS = "aeiou"
# What a contraction stands for; the word before it is looked at by itself.
CONTRACTED = ("n't", "'s", "'m", "'re", "'ve", "'ll", "'d")


def roots(word: str, irregular: Mapping[str, str]) -> Iterator[str]:
    """The word itself, then what it may be a form of. More than one may fit; some are no words.

    `irregular` gives the word for a form that no rule makes: {"went": "go"}.
    """
    word = word.lower().replace("’", "'")
    yield word
    if word in irregular:
        yield irregular[word]
    for ending in CONTRACTED:
        if word.endswith(ending):
            before = word.removesuffix(ending)
            # "can't" and "won't" lose a letter; "shan't" is nobody's first word.
            yield from roots({"ca": "can", "wo": "will"}.get(before, before), irregular)
            return
    if word.endswith("s'"):
        yield from roots(word[:-1], irregular)
    for root in _regular(word):
        if len(root) >= SHORTEST:
            yield root


def _regular(word: str) -> Iterator[str]:
    for ending in ("ies", "ied", "ier", "iest"):
        if word.endswith(ending):
            yield word.removesuffix(ending) + "y"
    if word.endswith("s") and not word.endswith(("ss", "is")):
        yield word[:-1]
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    if word.endswith("ves"):
        yield word[:-3] + "f"
        yield word[:-3] + "fe"
    for ending in ("ed", "ing", "er", "est", "ers", "ings"):
        if word.endswith(ending):
            yield from _without(word.removesuffix(ending), ending)


def _without(stem: str, ending: str) -> Iterator[str]:
    """The stem itself, with its e again, and with one letter where it was doubled."""
    if not any(letter in VOWELS or letter == "y" for letter in stem):
        return
    # "carer" is a form of care, "career" is not: an e at the end goes before -er, -est and -ed.
    if not stem.endswith("e") or ending.startswith("ing"):
        yield stem
    if stem[-1] not in "aio":
        yield stem + "e"
    if len(stem) > SHORTEST and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        yield stem[:-1]
    if ending == "ing" and stem.endswith("y"):
        yield stem[:-1] + "ie"
