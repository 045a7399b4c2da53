"""A short version of what was said, to stand beside it: made only of the person's own words.

Comes in: a statement. Goes out: its main clause, or None where nothing may be left out. Nothing is
reworded, and a "no" or "not" is never lost, however it is written.
"""

import re

# Shorter than this needs no short version; a short version is never longer.
LONG = 14
# Words that turn what stands beside them round, or bind it to something.
TURNS = (
    r"no|not|nott|nto|nope|nah|never|nev+[ae]|ne?vr|nver|neaver|none|no[\s-]?1|noone|nobody|nowhere"
    r"|nowt|not?h?ing?|nothink|nuthin[gk]?|nuff?in[gk]?|neither|nor|without|witho?ut|hardly|barely"
    r"|seldom|rarely|cannot|can not|hat(?:e[ds]?|ing)|h8s?|dislike[ds]?|stop(?:s|ped|ping)?|except"
    r"|unless|until|but|if|only|instead|rather|avoid|refuse|dun+o"
)
# "Isn't" in every way it is written: with its apostrophe, with one elsewhere, with a space, with
# none. Those with none are named one by one: "want", "went", "tent" and "important" are no "not".
SHORTENED = (
    r"\w+n\s?[’'ʼ`´‘]\s?t|\w+\s?[’'ʼ`´‘]\s?nt|n\s?[’'ʼ`´‘]?t"
    r"|(?:do|does|did|is|are|was|were|has|have|had|can|could|would|should|must|might|need)n? t"
    r"|d(?:o|u|oo|oe|oes|os|ose|id|idi|ide|i|d)?n+t|w(?:o|oul|oud|ould|ud|uld|as|os|er|ere)n+t"
    r"|c(?:a|oud|ould|ud|uld)?n+t|sh(?:a|oud|ould|ud|uld)n+t|(?:is|ai|are|ar|in|im)n+t"
    r"|h(?:a[sd]|av|ave|av[ei])n+t|(?:mus|must|might|migh|need|ough|ought)n+t"
)
NOT = re.compile(rf"(?<!\w)(?:{TURNS}|{SHORTENED})(?!\w)", re.IGNORECASE)
HOPES = re.compile(
    r"\b(?:i|we)\s+(?:really\s+|just\s+)?(?:want|wanna|would like|would love|d like|hope|wish|need"
    r"|like|love|dream)\b|\bi[’']d\s+(?:really\s+)?(?:like|love)\b|\bmy dream\b",
    re.IGNORECASE,
)
CLAUSES = re.compile(
    r"(?<=[.!?…;])\s+|\n+|,\s+(?=(?:and|so|then)\b)|,?\s+(?=(?:because|becuase|cause|cos|coz)\b)",
    re.IGNORECASE,
)
# What may be left out before a hope. In "My sister and I want" or "Mum says I want" nothing may.
BEGINS = re.compile(
    r"^(?:(?:well|u+m+|er+m*|u+h+|hm+|yeah|yes|ok|okay|so|and|then|hello|hi|hey|please)\b[\s,.…-]*)+",
    re.IGNORECASE,
)


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
    short = BEGINS.sub("", hopes[0])
    return short if len(short.split()) <= LONG and len(short) < len(said) else None
