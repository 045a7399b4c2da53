"""A message in sentences, and a sentence in words; the person's own words stand apart.

Comes in: the text, what in it are somebody's own words, and names. Goes out: sentences whose words
can be counted: a quote of own words counts as none, a name as the words it has.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# What no text holds: a mark for own words, and a letter for each word of a name, while we count.
OWN, NAME = "\ue000", "\ua66e"

_QUOTE = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
_ENDS = re.compile(r"(?:(?<=[.?!…])|(?<=[.?!…][”\"’)]))\s+|\n+")
_WORD = re.compile(r"[^\W_](?:[^\s]*[^\W_])?")
_PARTS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as it was written, and its words in order."""

    text: str
    words: tuple[str, ...]
    is_question: bool

    def parts(self) -> list[str]:
        """The words in letters only: "one-page" is two, "don't" is one; names are left out."""
        return [part for word in self.words for part in _PARTS.findall(word) if NAME not in part]


def sentences(
    text: str, own_words: Collection[str] = (), names: Collection[str] = ()
) -> list[Sentence]:
    """The sentences with at least one word, or a question mark, in them."""
    masked, kept = _mask(text, own_words, names)
    found = []
    for piece in _ENDS.split(masked):
        # What a quote of own words says is not ours to count, nor to ask.
        words = tuple(match.group() for match in _WORD.finditer(piece.replace(OWN, " ")))
        shown = _unmask(piece.strip(), kept)
        if words or "?" in piece:
            found.append(Sentence(shown, words, "?" in piece))
    return found


def _mask(
    text: str, own_words: Collection[str], names: Collection[str]
) -> tuple[str, list[str]]:
    kept: list[str] = []
    own = {_plain(words) for words in own_words}

    def hide(match: re.Match[str]) -> str:
        inside = _plain(match.group(1) or match.group(2) or "")
        if inside and any(inside in words for words in own):
            kept.append(match.group())
            # A quote that ends with a stop ends the sentence, as it does for a reader.
            return f"{OWN}." if match.group()[-2] in ".?!…" else OWN
        return match.group()

    masked = _QUOTE.sub(hide, text)
    for name in sorted(filter(None, names), key=len, reverse=True):
        as_words = " ".join(NAME for _ in name.split())
        masked = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", as_words, masked)
    return masked, kept


def _unmask(piece: str, kept: list[str]) -> str:
    while OWN in piece and kept:
        piece = piece.replace(f"{OWN}.", OWN, 1).replace(OWN, kept.pop(0), 1)
    return piece.replace(NAME, "…")


def _plain(words: str) -> str:
    return " ".join(words.lower().split()).strip(" .!?…")


def all_parts(found: Iterable[Sentence]) -> list[str]:
    """Every word of these sentences."""
    return [part for sentence in found for part in sentence.parts()]
