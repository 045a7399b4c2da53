"""A message in sentences, and a sentence in words; the person's own words stand apart.

Comes in: the text, what in it are somebody's own words, and names. Goes out: sentences whose words
can be counted: a quote of own words counts as none, a name as the words it has.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# What no text holds: a mark for own words, and a letter for each word of a name, while we count.
OWN, NAME, JOIN = "\ue000", "\ua66e", "\ue001"

_OWNS, _NAMES = re.compile(rf"{OWN}\.?"), re.compile(rf"{NAME}(?:{JOIN}{NAME})*")
_QUOTE = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
# Up to four words, and then nothing but own words.
_INTRODUCES = re.compile(rf"\s*(?:[^\s:]+\s+){{0,3}}[^\s:]+:\s*{OWN}\.?\s*")
_ENDS = re.compile(r"(?:(?<=[.?!…])|(?<=[.?!…][”\"’)]))\s+|\n+")
_WORD = re.compile(r"[^\W_](?:[^\s]*[^\W_])?")
_PARTS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*['’]?")


# An address is tapped, not read.
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as it was written, bare of own words and names, and its words in order.

    `introduces`: it is no sentence but a heading for own words, as in “What helps: “…””.
    """

    text: str
    bare: str
    words: tuple[str, ...]
    introduces: bool = False

    @property
    def is_question(self) -> bool:
        """Whether it asks; what is asked in a quote of own words is not ours."""
        return "?" in self.bare

    def parts(self) -> list[str]:
        """The words in letters only: "one-page" is two, "don't" is one; names are left out."""
        return [part for word in self.words for part in _PARTS.findall(word) if NAME not in part]


def sentences(
    text: str, own_words: Collection[str] = (), names: Collection[str] = ()
) -> list[Sentence]:
    """The sentences with at least one word, or a question mark, in them."""
    text = LINK.sub("", text)
    masked, own, named = _mask(text, own_words, names)
    found = []
    for piece in _ENDS.split(masked):
        bare = piece.replace(OWN, " ").replace(JOIN, " ")
        words = tuple(match.group() for match in _WORD.finditer(bare))
        shown = _NAMES.sub(lambda _: named.pop(0), _OWNS.sub(lambda _: own.pop(0), piece)).strip()
        if words or "?" in bare:
            found.append(Sentence(shown, bare, words, bool(_INTRODUCES.fullmatch(piece))))
    return found


def _mask(
    text: str, own_words: Collection[str], names: Collection[str]
) -> tuple[str, list[str], list[str]]:
    """The text with marks in it, and what each mark stands for, in order."""
    said = {_plain(words) for words in own_words}
    own: list[str] = []
    named: list[str] = []

    def hide_own(match: re.Match[str]) -> str:
        inside = _plain(match.group(1) or match.group(2) or "")
        if not inside or not any(inside in words for words in said):
            return match.group()
        own.append(match.group())
        # A quote that ends with a stop ends the sentence, as it does for a reader.
        return f"{OWN}." if match.group()[-2] in ".?!…" else OWN

    def hide_name(match: re.Match[str]) -> str:
        named.append(match.group())
        return JOIN.join(NAME for _ in match.group().split())

    masked = _QUOTE.sub(hide_own, text)
    if any(names):
        longest_first = sorted(filter(None, names), key=len, reverse=True)
        every = "|".join(re.escape(name) for name in longest_first)
        masked = re.sub(rf"(?<!\w)(?:{every})(?!\w)", hide_name, masked)
    return masked, own, named


def _plain(words: str) -> str:
    return " ".join(words.lower().split()).strip(" .!?…")


def all_parts(found: Iterable[Sentence]) -> list[str]:
    """Every word of these sentences."""
    return [part for sentence in found for part in sentence.parts()]
