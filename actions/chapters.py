"""The chapters of the conversation, read from `data/chapters`.

Comes in: a folder of YAML that anybody can edit. Goes out: chapters in order, or one error that
names the file and what is wrong with it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from plan_store.hoping import LIFE_AREAS

PARTS = ("hope", "help")


class ChapterWrong(Exception):
    """A chapter file cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the key of its words, and which part of the hope its answer becomes."""

    asks: str
    part: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its life area, what is said first, and its questions in order."""

    key: str
    life_area: str
    opens_with: str
    questions: tuple[Question, ...]

    def after(self, asks: str) -> Question | None:
        """The question that follows this one; None after the last."""
        keys = [question.asks for question in self.questions]
        following = keys.index(asks) + 1
        return self.questions[following] if following < len(keys) else None

    def before(self, asks: str) -> Question | None:
        """The question before this one; None before the first."""
        keys = [question.asks for question in self.questions]
        return self.questions[keys.index(asks) - 1] if keys.index(asks) else None

    def question(self, asks: str) -> Question | None:
        """The question with this key, if it is one of the chapter's."""
        return next((question for question in self.questions if question.asks == asks), None)


def read_chapters(folder: Path) -> dict[str, Chapter]:
    """Read every chapter of the folder, by key, in the order of the file names."""
    chapters = {}
    for file in sorted(folder.glob("*.yml")):
        chapter = _chapter(file, yaml.safe_load(file.read_text(encoding="utf-8")))
        chapters[chapter.key] = chapter
    if not chapters:
        raise ChapterWrong(f"{folder}: there is no chapter.")
    return chapters


def _chapter(file: Path, content: Any) -> Chapter:
    try:
        questions = tuple(
            Question(asks=question["asks"], part=question["part"])
            for question in content["questions"]
        )
        chapter = Chapter(
            content["chapter"], content["life_area"], content["opens_with"], questions
        )
    except (KeyError, TypeError) as missing:
        raise ChapterWrong(f"{file}: {missing} is missing or misplaced.") from missing
    if chapter.life_area not in LIFE_AREAS:
        raise ChapterWrong(f"{file}: life_area must be one of {', '.join(LIFE_AREAS)}.")
    wrong = [question.part for question in questions if question.part not in PARTS]
    if wrong or not questions:
        raise ChapterWrong(f"{file}: each question's part must be one of {', '.join(PARTS)}.")
    return chapter
