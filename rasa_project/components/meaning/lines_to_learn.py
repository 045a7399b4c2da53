"""The lines the learner learns from: data/talk/meaning/lines.

In: the folder. Out: `Line`s with their life areas, details and kind. A file says by topic what its
lines mean, so that a person can add one without counting columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

AREAS = ("work_learning", "home", "friends_community", "health")
# Inside the four areas; `other` stands beside them and is no life area.
DETAILS = ("money", "travel", "fun", "other")
KINDS = ("hope", "like", "dislike", "worry", "need_help", "person", "place", "time", "none")


class LinesWrong(ValueError):
    """A line's topic says something that is not known. The sentence names file and topic."""


@dataclass(frozen=True)
class Line:
    """One line to learn from, and the topic it was written under."""

    text: str
    labels: frozenset[str]
    kind: str
    topic: str


def read_lines(folder: Path) -> list[Line]:
    """Every line of every file, in order. Raises LinesWrong."""
    lines: list[Line] = []
    for file in sorted(folder.glob("*.yml")):
        for topic in yaml.safe_load(file.read_text("utf-8"))["topics"]:
            labels = frozenset(topic["life_areas"]) | frozenset(topic.get("details", ()))
            _check(file, topic["topic"], labels, topic["kind"])
            lines += [
                Line(text.strip(), labels, topic["kind"], topic["topic"])
                for text in topic["lines"].splitlines()
                if text.strip()
            ]
    if not lines:
        raise LinesWrong(f"{folder}: there is no line to learn from")
    return lines


def _check(file: Path, topic: str, labels: frozenset[str], kind: str) -> None:
    known: Sequence[str] = (*AREAS, *DETAILS)
    odd = sorted(labels - set(known)) + [kind] * (kind not in KINDS)
    if odd:
        raise LinesWrong(f"{file.name}, topic {topic!r}: {', '.join(odd)} is not known")
