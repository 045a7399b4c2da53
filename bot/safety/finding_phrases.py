"""The first layer: the reviewed phrases of `data/safety`, found in plain words.

Comes in: plain words. Goes out: the first phrase that stands in them, its kind, and its words. What
`look_alikes.yml` covers is not counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.safety.reading_broken_words import BREAK, Spellings, read_yaml

# How the pieces of a phrase are told apart.
_PIECES = re.compile(r"\.\.\.|[()\[\]|]|<[^>]+>|[^\s()\[\]|<>]+")
_CLOSED_BY = {"(": ")", "[": "]"}
_GAP = rf"(?:[^{re.escape(BREAK)} ]+ ){{0,4}}?"


# A look-alike of so many words that runs into a danger phrase says what it is about.
LEADS_WITH = 4


class PhraseWrong(Exception):
    """A phrase cannot be read; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a phrase: ways of saying it (each some words), or a gap (no ways)."""

    ways: tuple[tuple[str, ...], ...]
    needed: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: its kind, as it stands in the file, and what finds it."""

    kind: str
    written: str
    pieces: tuple[Piece, ...]
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a message: its kind, its words there, and where they begin and end."""

    kind: str
    words: str
    start: int
    end: int


class Phrases:
    """Many phrases, found quickly: only those are tried whose rarest piece is in the message."""

    def __init__(self, phrases: list[Phrase]) -> None:
        self.all = phrases
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for word in min(phrase.needs, key=len):
                self._by_word.setdefault(word, []).append(phrase)

    def find(self, tokens: list[str]) -> Iterator[Found]:
        """Every place where a phrase stands."""
        present = set(tokens)
        text = f" {' '.join(tokens)} "
        tried: set[int] = set()
        for word in present & self._by_word.keys():
            for phrase in self._by_word[word]:
                if id(phrase) in tried:
                    continue
                tried.add(id(phrase))
                if any(need.isdisjoint(present) for need in phrase.needs):
                    continue
                for match in phrase.pattern.finditer(text):
                    yield Found(phrase.kind, match.group().strip(), match.start(), match.end())

    def words(self) -> frozenset[str]:
        """Every word that stands in a phrase."""
        return frozenset(
            word
            for phrase in self.all
            for piece in phrase.pieces
            for way in piece.ways
            for word in way
        )


class Listed:
    """The phrases of danger and what sounds like them."""

    def __init__(self, phrases: Phrases, look_alikes: Phrases) -> None:
        self.phrases = phrases
        self.look_alikes = look_alikes

    def find(self, tokens: list[str]) -> Found | None:
        """The danger that the words speak of: of several, the longest phrase."""
        found = list(self.phrases.find(tokens))
        if not found:
            return None
        harmless = list(self.look_alikes.find(tokens))
        counted = [each for each in found if not any(hides(other, each) for other in harmless)]
        return max(counted, key=lambda each: each.end - each.start) if counted else None

    def without_look_alikes(self, tokens: list[str]) -> list[str]:
        """The words with what only sounds alike taken out: the rest is still looked at."""
        text = f" {' '.join(tokens)} "
        for each in sorted(self.look_alikes.find(tokens), key=lambda each: -each.start):
            text = f"{text[: each.start]} {BREAK} {text[each.end :]}"
        return text.split()


def hides(look_alike: Found, danger: Found) -> bool:
    """Whether a look-alike says more than the danger does: it covers it, goes on after it, or leads
    to it with several words.

    "Beats me" is a saying, and hides nothing of "my dad beats me"; "beats me at chess" does.
    """
    covers = look_alike.start <= danger.start and look_alike.end >= danger.end
    goes_on = look_alike.start < danger.end < look_alike.end and look_alike.start >= danger.start
    leads_to = look_alike.start < danger.start < look_alike.end
    return covers or goes_on or (leads_to and len(look_alike.words.split()) >= LEADS_WITH)


def read_listed(data: Path, spellings: Spellings) -> Listed:
    """Read the phrase file and the look-alikes; one error names the phrase that is wrong."""
    content = read_yaml(data / "safety" / "phrases.yml")
    alike = read_yaml(data / "safety" / "look_alikes.yml")
    lists = content["lists"]
    phrases = [
        read_phrase(kind, written, lists, spellings)
        for kind, listed in content["phrases"].items()
        for written in listed
    ]
    look_alikes = [
        read_phrase("none", written, lists, spellings) for written in alike["look_alikes"]
    ]
    return Listed(Phrases(phrases), Phrases(look_alikes))


def read_phrase(
    kind: str, written: str, lists: dict[str, list[str]], spellings: Spellings
) -> Phrase:
    """Read one phrase as the file explains it. Raises `PhraseWrong`."""
    marks = _PIECES.findall(written)
    reading = _Reading(written, lists, spellings)
    pieces: list[Piece] = []
    at = 0
    while at < len(marks):
        if marks[at] == "...":
            pieces.append(Piece((), False))
            at += 1
            continue
        needed = marks[at] != "["
        ways, at = reading.one(marks, at)
        pieces.append(Piece(tuple(way for way in ways if way), needed))
    needs = tuple(frozenset(way[0] for way in piece.ways) for piece in pieces if piece.needed)
    if not needs:
        raise PhraseWrong(f"{written!r}: no word of it must be there.")
    pattern = re.compile("(?<= )" + "".join(map(_as_pattern, pieces)))
    return Phrase(kind, written, tuple(pieces), pattern, needs)


Ways = dict[tuple[str, ...], None]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the pieces of one phrase, choices within choices too."""

    written: str
    lists: dict[str, list[str]]
    spellings: Spellings

    def one(self, marks: list[str], at: int) -> tuple[Ways, int]:
        """The ways of saying the piece that begins at `at`, and where the next one begins."""
        mark = marks[at]
        if mark in _CLOSED_BY:
            ways, at = self._choice(marks, at + 1, _CLOSED_BY[mark])
            return (ways | {(): None} if mark == "[" else ways), at
        if mark in ("...", "|", *_CLOSED_BY.values()):
            raise PhraseWrong(f"{self.written!r}: {mark} cannot stand there.")
        if mark.startswith("<"):
            if mark[1:-1] not in self.lists:
                raise PhraseWrong(f"{self.written!r}: there is no list called {mark}.")
            return {self._plain(entry.split()): None for entry in self.lists[mark[1:-1]]}, at + 1
        return {self._plain([mark]): None}, at + 1

    def _choice(self, marks: list[str], at: int, close: str) -> tuple[Ways, int]:
        chosen: Ways = {}
        ways: Ways = {(): None}
        while at < len(marks) and marks[at] != close:
            if marks[at] == "|":
                chosen |= ways
                ways, at = {(): None}, at + 1
                continue
            more, at = self.one(marks, at)
            ways = {(*way, *other): None for way in ways for other in more}
        if at == len(marks):
            raise PhraseWrong(f"{self.written!r}: there is no {close}.")
        chosen |= ways
        if () in chosen:
            raise PhraseWrong(f"{self.written!r}: a choice is empty.")
        return chosen, at + 1

    def _plain(self, words: list[str]) -> tuple[str, ...]:
        return tuple(part for word in words for part in self.spellings.word(word))


def _as_pattern(piece: Piece) -> str:
    if not piece.ways:
        return _GAP
    # Longest first: of "any" and "any more" the one that says most is taken.
    ordered = sorted(piece.ways, key=lambda way: -sum(map(len, way)))
    ways = "|".join(re.escape(" ".join(way)).replace("\\ ", " ") + " " for way in ordered)
    return f"(?:{ways})" + ("" if piece.needed else "?")
