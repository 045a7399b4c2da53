"""The first look at every message, before anything else and with everything else down.

Comes in: words. Goes out: the reviewed phrase of `data/safety` that stands in them, or nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Danger:
    """What was noticed: the kind, and the phrase that stands in the message."""

    kind: str
    phrase: str


class FirstLook:
    """All phrases, as one pattern; a look takes microseconds."""

    def __init__(self, phrases: dict[str, list[str]]) -> None:
        self._kinds = {
            plainly(phrase): kind for kind, listed in phrases.items() for phrase in listed
        }
        # Longest first: the phrase that says most is the one that is named.
        ordered = sorted(self._kinds, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")

    def look(self, words: str) -> Danger | None:
        """The danger these words speak of, if a phrase says so."""
        found = self._pattern.search(plainly(words))
        return Danger(self._kinds[found.group()], found.group()) if found else None


def plainly(words: str) -> str:
    """Small letters, plain apostrophes dropped, everything but letters and numbers as one space."""
    plain = unicodedata.normalize("NFKC", words).lower()
    # Zero-width signs are put between letters to slip past a look.
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    plain = re.sub(r"['’`´]", "", plain)
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def read_first_look(data: Path) -> FirstLook:
    """Read the phrase file."""
    content = yaml.safe_load((data / "safety" / "phrases.yml").read_text(encoding="utf-8"))
    return FirstLook(content["phrases"])
