"""How a recogniser that learnt from American speech spells, and how it is spelt here.

Comes in: words as they were written down. Goes out: the same with the spellings of
`data/british_words.yml`: a hand-checked list, and only of what is the same word.
"""

import re
from pathlib import Path

import yaml


class BritishWords:
    """The list, as one pattern."""

    def __init__(self, spellings: dict[str, str]) -> None:
        self._spellings = {american.lower(): british for american, british in spellings.items()}
        ordered = sorted(self._spellings, key=len, reverse=True)
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b", re.IGNORECASE)

    def spelt(self, words: str) -> str:
        """The words with British spellings, capitals as they were."""
        return self._pattern.sub(self._instead, words)

    def _instead(self, found: re.Match[str]) -> str:
        british = self._spellings[found.group().lower()]
        return british.capitalize() if found.group()[0].isupper() else british


def read_british_words(data: Path) -> BritishWords:
    """Read the list."""
    content = yaml.safe_load((data / "british_words.yml").read_text(encoding="utf-8"))
    return BritishWords(content["spellings"])
