"""What of a text is said aloud: no emoji, no marks, numbers to call digit by digit.

Comes in: a text as it is shown. Goes out: the same in plain sentences, in pieces short enough to
be heard one by one.
"""

import re
import unicodedata

# At the slowest pace of a voice that is about 15 seconds.
MOST_WORDS_A_PIECE = 30
# Nothing longer is a word; a voice would take a minute over it.
LONGEST_WORD = 30

ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
# 999, 111 and their kind, what starts with 0, and what is too long to be a year or an age.
TO_CALL = re.compile(r"(?<![\w£$€.,])(?:0[\d ]{5,}\d|116 ?\d{3}|\d{5,}|999|112|111|101)(?![\w%])")
MARKS = frozenset('\u201c\u201d\u201e\u00ab\u00bb"*_~`#|<>')
NOT_LETTERS = {"So", "Sk", "Cs", "Co", "Cn", "Cc"}
SPOKEN_MARKS = {"&": " and ", "\u2026": ". ", " \u2013 ": ", ", " \u2014 ": ", ", "\u2014": ", "}
ENDS = (".", "!", "?", ":", ",", ";")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def said(text: str) -> str:
    """The text as a voice should get it; empty when there is nothing to say."""
    text = TO_CALL.sub(_digit_by_digit, ADDRESS.sub(" ", text))
    for mark, spoken in SPOKEN_MARKS.items():
        text = text.replace(mark, spoken)
    lines = (" ".join("".join(map(_sayable, line)).split()) for line in text.splitlines())
    return " ".join(_ended(line) for line in lines if re.search(r"\w", line))


def pieces(text: str) -> list[str]:
    """What is said, cut at sentences, and inside one only where it goes on too long."""
    found: list[list[str]] = []
    for sentence in SENTENCE_END.split(said(text)):
        words = [word[:LONGEST_WORD] for word in sentence.split()]
        if found and len(found[-1]) + len(words) <= MOST_WORDS_A_PIECE:
            found[-1] += words
            continue
        found += [
            words[at : at + MOST_WORDS_A_PIECE] for at in range(0, len(words), MOST_WORDS_A_PIECE)
        ]
    return [" ".join(words) for words in found if words]


def _sayable(sign: str) -> str:
    """The sign itself, or a blank for a picture, or nothing for what only joins pictures."""
    kind = unicodedata.category(sign)
    if sign in MARKS or kind in NOT_LETTERS or "\u2190" <= sign <= "\u2bff":
        return " "
    return "" if kind in {"Cf", "Me"} or "\ufe00" <= sign <= "\ufe0f" else sign


def _digit_by_digit(number: re.Match[str]) -> str:
    return ", ".join(" ".join(group) for group in number.group().split())


def _ended(line: str) -> str:
    """A line stands for itself: the voice pauses after it."""
    return line if line.endswith(ENDS) else f"{line}."
