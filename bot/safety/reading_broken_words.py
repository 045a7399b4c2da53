"""Reading words as they are written: misspelt, by ear, shortened, stretched, spaced out, disguised.

Comes in: a message as it came, and `data/safety/spellings.yml`. Goes out: plain words, for the look
only; what the person wrote is never changed. No library, no network: microseconds.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

# Between two sentences, so that no phrase begins in one and ends in the next.
BREAK = "|"
_ENDS = re.compile(r"(?<![.!?])[.!?]{1,2}(?=\s)")
_APOSTROPHES = re.compile(r"['’‘ʼ`´′＇]")
_APART = re.compile(r"[^\w|*@$!]+|_+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DISGUISED = str.maketrans("0134578@$!", "oieastbasi")
_SPELT_OUT = 3
_SHORTEST_GLUED = 8
_SHORTEST_KEY = 5
# A letter that looks like one of ours and is another alphabet's.
_LOOKS_LIKE = str.maketrans("аеорсухіѕԁ", "aeopcyxisd")


def plainly(words: str) -> str:
    """Small letters, plain apostrophes dropped, everything but letters and numbers as one space."""
    return " ".join(re.sub(r"[^\w]+", " ", _bare(words)).split())


@dataclass(frozen=True, slots=True)
class Spellings:
    """The table of spellings, and the words that a disguised or slipped one may stand for."""

    same: dict[str, tuple[str, ...]]
    starred: tuple[str, ...]
    key_words: tuple[str, ...]
    not_these: frozenset[str]

    def word(self, token: str) -> tuple[str, ...]:
        """The plain words that one written word stands for."""
        return self.same.get(token, (token,))


class Reader:
    """Reads messages, knowing the words that matter (`known`: those of the phrases)."""

    def __init__(self, spellings: Spellings, known: frozenset[str]) -> None:
        self.spellings = spellings
        self.known = known | spellings.same.keys() | {"i", "a"}
        self._longest = max(map(len, self.known))
        self.slipped = lru_cache(maxsize=4096)(self._slipped)

    def read(self, words: str) -> list[str]:
        """The message as plain words."""
        text = _ENDS.sub(f" {BREAK} ", _bare(words).replace(BREAK, " ") + " ")
        tokens: list[str] = []
        for token in _APART.sub(" ", text).split():
            if token == BREAK:
                tokens.append(token)
            else:
                tokens.extend(self._undisguised(token))
        return [
            word
            for token in self._spelt_out(tokens)
            for word in self.spellings.word(self._unstretched(token))
        ]

    def mend(self, tokens: list[str]) -> list[str]:
        """The same words with slips mended: a guess, which is good for a question only."""
        return [word for token in tokens for word in self.slipped(token)]

    def _undisguised(self, token: str) -> list[str]:
        if token in self.known:
            return [token]
        if "*" in token.strip("*") and re.search("[a-z]", token):
            shape = re.compile(re.escape(token.strip("@$!")).replace(r"\*", "."))
            for word in self.spellings.starred:
                if shape.fullmatch(word):
                    return [word]
        bare = token.strip("*!$@")
        for disguised in (token.rstrip("*!"), bare):
            if re.search("[a-z]", disguised) and re.search(r"[0134578@$!]", disguised):
                plain = disguised.translate(_DISGUISED)
                if plain in self.known:
                    return [plain]
        return re.sub(r"[*@$!]", " ", token).split()

    def _unstretched(self, token: str) -> str:
        if token in self.known or not _STRETCHED.search(token):
            return token
        for to in (r"\1\1", r"\1"):
            short = _STRETCHED.sub(to, token)
            if short in self.known:
                return short
        return _STRETCHED.sub(r"\1", token)

    def _spelt_out(self, tokens: list[str]) -> list[str]:
        """Letters with spaces between them, put together again."""
        found: list[str] = []
        run: list[str] = []
        for token in [*tokens, BREAK]:
            if len(token) == 1 and token.isalpha():
                run.append(token)
                continue
            if len(run) >= _SPELT_OUT:
                joined = "".join(run)
                found.extend(self._cut(joined) or [joined])
            else:
                found.extend(run)
            run = []
            found.append(token)
        return found[:-1]

    def _cut(self, joined: str) -> list[str] | None:
        """Glued words cut into known ones, as few as can be; None where they are others."""
        best: list[list[str] | None] = [[]]
        for end in range(1, len(joined) + 1):
            ways = []
            for start in range(max(0, end - self._longest), end):
                before = best[start]
                if before is not None and joined[start:end] in self.known:
                    ways.append([*before, joined[start:end]])
            best.append(min(ways, key=len) if ways else None)
        return best[-1]

    def _slipped(self, token: str) -> tuple[str, ...]:
        if token in self.known or token in self.spellings.not_these:
            return (token,)
        if token.endswith("in") and token + "g" in self.known:
            return (token + "g",)
        if len(token) >= _SHORTEST_KEY:
            near = [
                word
                for word in self.spellings.key_words
                if word[0] == token[0] and one_slip(token, word)
            ]
            if near:
                # A wrong letter is likelier than a missing one.
                return (min(near, key=lambda word: abs(len(word) - len(token))),)
        if len(token) >= _SHORTEST_GLUED and token.isalpha():
            cut = self._cut(token)
            if cut is not None and any(len(word) > 2 for word in cut):  # noqa: PLR2004
                return tuple(plain for word in cut for plain in self.spellings.word(word))
        return (token,)


def one_slip(written: str, meant: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two are swapped."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    first = next(
        (at for at, (a, b) in enumerate(zip(written, meant, strict=False)) if a != b),
        min(len(written), len(meant)),
    )
    rest, wanted = written[first:], meant[first:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )


def read_yaml(file: Path) -> Any:
    """A file of the library; read by the quick reader where there is one."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe


def read_spellings(data: Path) -> Spellings:
    """Read `data/safety/spellings.yml`."""
    content = read_yaml(data / "safety" / "spellings.yml")
    short = {key: tuple(value.split()) for key, value in content["short_forms"].items()}
    by_ear = {
        key: tuple(part for word in value.split() for part in short.get(word, (word,)))
        for key, value in content["by_ear"].items()
    }
    return Spellings(
        by_ear | short,
        tuple(content["starred"]),
        tuple(content["key_words"]),
        frozenset(content["not_these"]),
    )


def _bare(words: str) -> str:
    plain = unicodedata.normalize("NFKC", words).lower().translate(_LOOKS_LIKE)
    # Zero-width signs are put between letters to slip past a look.
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return _APOSTROPHES.sub("", plain)
