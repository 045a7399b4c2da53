"""The chapters of the conversation, from `data/chapters`, which anybody may edit without Python.

Comes in: a folder of YAML, one chapter a file, in the order of the file names. Goes out: checked
chapters, or every mistake with its file and line.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from plan_store.life_areas import CARD, ENTRY, HOPE_PARTS, HopePart, LifeArea, is_profile
from plan_store.reading_data import DataWrong, Lines, Shape, read_data_with_lines

Key = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
Sentence = Field(min_length=1, max_length=400)
# A label on a phone; longer ones are cut off by it.
Label = Field(min_length=1, max_length=20)

# A sentence ends, and another follows.
SAYS_MORE = re.compile(r"[.?!]\s")


class ReadyAnswer(Shape):
    """An answer that can be tapped. Its label is kept as the person's words."""

    answer: str = Key
    label: str = Label
    picture: str | None = None
    also: tuple[str, ...] = ()
    offers_person: bool = False


class AskedAgain(Shape):
    """The same wish on another day, in another form; its answers are those of the question."""

    version: int = 1
    text: str = Sentence
    simpler: str | None = None


class Question(Shape):
    """One question in its three wordings. `private`: it waits while somebody is with the person.

    `scale`: the answers are three faces in order, and are never shuffled. `heading`: what heads the
    answer in the plan, where the text says more than the question; without it, the text does.
    `named`: what stands before the answer when it is read back, in a profile chapter.
    """

    question: str = Key
    version: int = 1
    part: HopePart | Literal["entry"]
    text: str = Sentence
    simpler: str = Sentence
    other: str = Sentence
    example: str = Sentence
    heading: str | None = Field(default=None, min_length=1, max_length=80)
    named: str | None = Field(default=None, min_length=1, max_length=60)
    picture: str
    spoken: str | None = None
    private: bool = False
    scale: bool = False
    answers: tuple[ReadyAnswer, ...] = Field(default=(), max_length=3)
    asked_again: AskedAgain | None = None

    @model_validator(mode="after")
    def _holds(self) -> Self:
        keys = [answer.answer for answer in self.answers]
        if len(set(keys)) != len(keys):
            raise ValueError("two answers have the same key.")
        if self.part == ENTRY and not self.heading and SAYS_MORE.search(self.text):
            raise ValueError("the text is more than a question: it needs a heading for the plan.")
        if self.asked_again and len(self.answers) < 2:  # noqa: PLR2004  (either, or)
            raise ValueError("asked_again needs at least two answers to choose from.")
        return self


class Card(Shape):
    """One picture to be sorted: like, not sure, don't like."""

    card: str = Key
    label: str = Label
    picture: str


class Sorting(Shape):
    """A topic sorted the Talking Mats way, one picture at a time."""

    version: int = 1
    text: str = Sentence
    cards: tuple[Card, ...] = Field(min_length=3, max_length=12)

    def after(self, sorted_already: set[str]) -> Card | None:
        """The first picture that is not sorted yet."""
        return next((card for card in self.cards if card.card not in sorted_already), None)


class Chapter(Shape):
    """One chapter: what it is about, what is said first, and its questions in order."""

    chapter: str = Key
    version: int = 1
    life_area: LifeArea
    label: str = Label
    title: str = Sentence
    opens: str = Sentence
    questions: tuple[Question, ...] = Field(min_length=1, max_length=5)
    sorting: Sorting | None = None

    @model_validator(mode="after")
    def _holds(self) -> Self:
        parts = [question.part for question in self.questions]
        if is_profile(self.life_area):
            if set(parts) != {ENTRY}:
                raise ValueError(f"each question of a profile chapter has the part {ENTRY!r}.")
        elif parts[0] != "hope" or len(set(parts)) != len(parts) or ENTRY in parts:
            raise ValueError(
                f"the first part is 'hope', and each of {', '.join(HOPE_PARTS)} stands once."
            )
        return self

    @property
    def is_profile(self) -> bool:
        """Whether its answers become entries of the one-page profile."""
        return is_profile(self.life_area)

    @property
    def first_private(self) -> str | None:
        """The first question that waits while somebody is there: the limits are said before it."""
        return next((asked.question for asked in self.questions if asked.private), None)

    def question(self, key: str | None) -> Question | None:
        """The question with this key, if it is one of the chapter's."""
        return next((question for question in self.questions if question.question == key), None)

    def card(self, key: str) -> Card | None:
        """The picture to be sorted that has this key here; another chapter may have it too."""
        cards = self.sorting.cards if self.sorting else ()
        return next((card for card in cards if card.card == key), None)

    def of_part(self, part: str) -> Question | None:
        """The question whose answer becomes this part."""
        return next((question for question in self.questions if question.part == part), None)

    def after(self, key: str) -> Question | None:
        """The question that follows this one; None after the last."""
        following = self.number(key)
        return self.questions[following] if following < len(self.questions) else None

    def before(self, key: str) -> Question | None:
        """The question before this one; None before the first."""
        number = self.number(key)
        return self.questions[number - 2] if number > 1 else None

    def number(self, key: str) -> int:
        """The place of this question in the chapter, from 1."""
        return [question.question for question in self.questions].index(key) + 1


class Chapters:
    """All chapters, in the order of the menu."""

    def __init__(self, chapters: dict[str, Chapter]) -> None:
        self._chapters = chapters

    def __iter__(self) -> Iterator[Chapter]:
        return iter(self._chapters.values())

    def __getitem__(self, key: str) -> Chapter:
        return self._chapters[key]

    def get(self, key: str | None) -> Chapter | None:
        """The chapter with this key, if there is one."""
        return self._chapters.get(key) if key else None

    def keys(self) -> list[str]:
        """The chapters' keys in order."""
        return list(self._chapters)

    def first(self) -> Chapter:
        """The chapter that everybody begins with: it opens with a hope."""
        return next(iter(self._chapters.values()))

    def about(self, life_area: str) -> Chapter | None:
        """The chapter of this life area."""
        return next((c for c in self._chapters.values() if c.life_area == life_area), None)

    def with_question(self, question: str | None) -> tuple[Chapter, Question] | None:
        """The chapter and the question with this key."""
        for chapter in self._chapters.values():
            if found := chapter.question(question):
                return chapter, found
        return None

    def card(self, named: str) -> Card | None:
        """The picture that is named by its chapter and key, as "home.cooking"."""
        chapter, _, key = named.partition(".")
        found = self.get(chapter)
        return found.card(key) if found else None


def read_chapters(folder: Path) -> Chapters:
    """Read every chapter. Raises `DataWrong` with every mistake in every file."""
    chapters: dict[str, Chapter] = {}
    asked: dict[str, str] = {}
    wrong: list[str] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            chapter, lines = read_data_with_lines(file, Chapter)
        except DataWrong as mistakes:
            wrong.append(str(mistakes))
            continue
        if chapter.chapter in chapters:
            wrong.append(f"{lines.at('chapter')}: there is a chapter {chapter.chapter!r} already.")
        if any(other.life_area == chapter.life_area for other in chapters.values()):
            wrong.append(f"{lines.at('life_area')}: another chapter is about this already.")
        wrong += _asked_twice(chapter, lines, asked)
        wrong += _sorted_twice(chapter, lines)
        chapters[chapter.chapter] = chapter
    if not chapters and not wrong:
        wrong.append(f"{folder}: there is no chapter.")
    if wrong:
        raise DataWrong("\n".join(wrong))
    return Chapters(chapters)


def _asked_twice(chapter: Chapter, lines: Lines, asked: dict[str, str]) -> list[str]:
    wrong = []
    for number, question in enumerate(chapter.questions):
        if question.question in asked:
            wrong.append(
                f"{lines.at('questions', number, 'question')}: {question.question!r} is asked in "
                f"{asked[question.question]} already; each question has its own key."
            )
        asked[question.question] = chapter.chapter
    return wrong


def _sorted_twice(chapter: Chapter, lines: Lines) -> list[str]:
    """In a chapter each picture has its own key, and its own label: by it they are read back."""
    cards = chapter.sorting.cards if chapter.sorting else ()
    return [
        f"{lines.at('sorting', 'cards', number, name)}: there is a picture with the {name} "
        f"{getattr(card, name)!r} in this chapter already."
        for number, card in enumerate(cards)
        for name in ("card", "label")
        if getattr(card, name) in [getattr(before, name) for before in cards[:number]]
    ]


def card_part(card: str) -> str:
    """The part of a plan item that a sorted picture is kept as; the item is of one life area."""
    return f"{CARD}{card}"
