"""The lists of `data/easy_read`, read once: common words, explained words, what to say instead.

Comes in: the folder. Goes out: the lists, ready to look words up in, or each mistake with its line.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from plan_store.plain_words.finding import Finding
from plan_store.plain_words.inflecting import roots
from plan_store.reading_data import Shape, read_data


class Rule(Shape):
    """What a rule says when it is broken, and what to try."""

    says: str
    try_this: str = Field(alias="try")
    most: int = 0
    advice: bool = False


class Meaning(Shape):
    """A word beside the 1,500, explained. `shown`: how it is written, if not in small letters."""

    version: int
    text: str
    also: tuple[str, ...] = ()
    shown: str | None = None


class Instead(Shape):
    """What not to say, and what to say."""

    same_word: dict[str, str]
    our_words: dict[str, str]
    easier: dict[str, str]
    not_plain: dict[str, str]
    baby_talk: tuple[str, ...]
    short_forms: dict[str, str]


class Grammar(Shape):
    """Small words that show who does what."""

    feelings_and_states: frozenset[str]
    done_to: frozenset[str]
    negatives: frozenset[str]
    not_words: frozenset[str]
    joining: frozenset[str]
    capitals: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]


class _Rules(Shape):
    rules: dict[str, Rule]


class _Glossary(Shape):
    glossary: dict[str, Meaning]


class _Irregular(Shape):
    irregular: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lists:
    """All the lists."""

    common: frozenset[str]
    irregular: Mapping[str, str]
    glossary: Mapping[str, Meaning]
    instead: Instead
    grammar: Grammar
    rules: Mapping[str, Rule]
    # The phrases that are not plain, and those for small children, each as one pattern.
    not_plain: re.Pattern[str]
    baby_talk: re.Pattern[str]
    same_phrases: re.Pattern[str]
    # Every word of the glossary, its other names too, and the entry it belongs to.
    explained: Mapping[str, str]

    def roots(self, word: str) -> list[str]:
        """The word and what it may be a form of."""
        return list(roots(word, self.irregular))

    def found(
        self, rule: str, piece: str, found: object = None, instead: str | None = None
    ) -> Finding:
        """A finding in the words of `rules.yml`."""
        entry = self.rules[rule]
        says = entry.says.format(found=piece if found is None else found, most=entry.most)
        return Finding(rule, piece, says, entry.try_this, instead, entry.advice)

    def most(self, rule: str) -> int:
        """The number of a rule."""
        return self.rules[rule].most


def read_lists(data: Path) -> Lists:
    """Read the lists under this folder of data. Raises `DataWrong` with file and line."""
    folder = data / "easy_read"
    glossary = read_data(folder / "glossary.yml", _Glossary).glossary
    instead = read_data(folder / "say_instead.yml", Instead)
    grammar = read_data(folder / "grammar.yml", Grammar)
    forms = read_data(folder / "irregular.yml", _Irregular).irregular
    return Lists(
        common=grammar.numbers.union(_lines(folder / "common_words.txt")),
        irregular={form: word for word, others in forms.items() for form in others},
        glossary=glossary,
        instead=instead,
        grammar=grammar,
        rules=read_data(folder / "rules.yml", _Rules).rules,
        not_plain=_phrases(instead.not_plain),
        baby_talk=_phrases(instead.baby_talk),
        same_phrases=_phrases(phrase for phrase in instead.same_word if " " in phrase),
        explained={
            name.lower(): word
            for word, meaning in glossary.items()
            for name in (word, *meaning.also)
        },
    )


def _lines(file: Path) -> Iterable[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return (line.strip().lower() for line in lines if line.strip() and line[0] != "#")


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    every = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    # With nothing in the list, nothing matches.
    return re.compile(rf"(?<![\w])(?:{every})(?![\w])" if every else r"(?!)", re.IGNORECASE)
