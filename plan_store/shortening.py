"""A short version of what was said, to stand beside it: made only of the person's own words.

Comes in: a statement. Goes out: its main clause, or None where nothing may be left out. Nothing is
reworded, and a "no" or "not" is never lost.
"""

import re

# Shorter than this needs no short version; a short version is never longer.
LONG = 14
NOT = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|without|cannot|hate|stop|except|unless|but"
    r"|\w+n[’'ʼ]?t|dont|cant|wont)\b",
    re.IGNORECASE,
)
HOPES = re.compile(
    r"\b(?:i|we)\s+(?:really\s+|just\s+)?(?:want|wanna|would like|would love|d like|hope|wish|need"
    r"|like|love|dream)\b|\bi[’']d\s+(?:really\s+)?(?:like|love)\b|\bmy dream\b",
    re.IGNORECASE,
)
CLAUSES = re.compile(r"(?<=[.!?…;])\s+|\n+|,\s+(?=(?:and|so|because|cause|cos|then)\b)")


def shorten(words: str) -> str | None:
    """The clause that says the hope, word for word; None for short or unclear words."""
    said = " ".join(words.split())
    if len(said.split()) <= LONG or NOT.search(said):
        return None
    clauses = [clause.strip(" ,;") for clause in CLAUSES.split(words) if clause.strip(" ,;")]
    hopes = [" ".join(clause.split()) for clause in clauses if HOPES.search(clause)]
    # Two hopes in one answer: choosing one of them would be deciding for the person.
    if len(hopes) != 1:
        return None
    begins = HOPES.search(hopes[0])
    short = hopes[0][begins.start() :] if begins else hopes[0]
    return short if len(short.split()) <= LONG and len(short) < len(said) else None
