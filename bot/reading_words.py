"""Reading the library from `data`: the words, the chapters' questions, and who to call.

Comes in: the folder. Goes out: one library, or every mistake with its file and line.
"""

from pathlib import Path

import yaml
from pydantic import Field, model_validator

from bot.words import LABEL_LENGTH, Button, Library, Words, placeholders
from plan_store.chapters import Chapter, Chapters, Question, read_chapters
from plan_store.plain_words import explanations, read_lists
from plan_store.reading_data import DataWrong, Shape, mistake, read_data_with_lines

# What every question has below its answers.
CONTROLS = ("help", "ask_person")
MOST_ANSWERS = 3
MINUTES_A_QUESTION = 1
SORTED_AS = ("sort_like", "sort_not_sure", "sort_dislike")


class ButtonRead(Shape):
    """A button in a file."""

    label: str = Field(min_length=1, max_length=LABEL_LENGTH)
    value: str = Field(pattern=r"^/[a-z_]+(\{.*\})?$", max_length=64)
    stays: bool = False
    also: tuple[str, ...] = ()


class WordsRead(Shape):
    """One entry of words in a file."""

    version: int
    text: str = Field(min_length=1)
    simpler: str | None = None
    other: str | None = None
    spoken: str | None = None
    picture: str | None = None
    small: bool = False
    shuffled: bool = False
    buttons: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _holds(self) -> "WordsRead":
        for wording in self.wordings().values():
            placeholders(wording)
        return self

    def wordings(self) -> dict[str, str]:
        """The wordings there are."""
        every = {"text": self.text, "simpler": self.simpler, "other": self.other}
        return {name: wording for name, wording in every.items() if wording is not None}


class FileRead(Shape):
    """A file of words."""

    buttons: dict[str, ButtonRead] = Field(default_factory=dict)
    words: dict[str, WordsRead] = Field(default_factory=dict)


def read_library(data: Path, descriptions: dict[str, str] | None = None) -> Library:
    """Read everything a person can be told. Raises `DataWrong` with every mistake.

    `descriptions`: what each picture shows, by its key; without them nothing has a picture.
    """
    buttons: dict[str, Button] = {}
    words: dict[str, Words] = {}
    places: dict[str, str] = {}
    wrong: list[str] = []
    for file in sorted((data / "words").glob("*.yml")):
        try:
            read, lines = read_data_with_lines(file, FileRead)
        except DataWrong as mistakes:
            wrong.append(str(mistakes))
            continue
        for key, button in read.buttons.items():
            buttons[key] = Button(button.label, button.value, button.stays, button.also)
        for key, entry in read.words.items():
            if key in words:
                wrong.append(mistake(lines.at("words", key), f"{key} stands in two files."))
            words[key] = _words(key, entry)
            places[key] = lines.at("words", key)
    try:
        chapters = read_chapters(data / "chapters")
    except DataWrong as mistakes:
        wrong.append(str(mistakes))
    if wrong:
        raise DataWrong("\n".join(wrong))
    _shelve_chapters(chapters, words, buttons)
    words |= _meanings(data)
    for key, shelved in words.items():
        where = f"{places.get(key, data / 'chapters')}: {key}"
        wrong += _missing(where, shelved, buttons, descriptions)
    if wrong:
        raise DataWrong("\n".join(wrong))
    return Library(words, buttons, chapters, _helplines(data / "helplines.yml"), descriptions or {})


def _meanings(data: Path) -> dict[str, Words]:
    """What a word means, for who asks "what is a facilitator?"."""
    return {
        meaning.key: Words(meaning.key, meaning.version, {"text": meaning.text})
        for meaning in explanations(read_lists(data))
    }


def _missing(
    where: str, words: Words, buttons: dict[str, Button], descriptions: dict[str, str] | None
) -> list[str]:
    wrong = [
        mistake(where, f"there is no button called {button!r}.")
        for button in words.buttons
        if button not in buttons
    ]
    if descriptions is not None and words.picture is not None and words.picture not in descriptions:
        wrong.append(mistake(where, f"there is no symbol called {words.picture!r}."))
    return wrong


def _words(key: str, entry: WordsRead) -> Words:
    return Words(
        key,
        entry.version,
        entry.wordings(),
        entry.buttons,
        entry.controls,
        entry.shuffled,
        entry.small,
        entry.picture,
        entry.spoken,
    )


def _shelve_chapters(
    chapters: Chapters, words: dict[str, Words], buttons: dict[str, Button]
) -> None:
    """The chapters' questions, answers and pictures to sort, as words and buttons like others."""
    counted = words["question_number"].wordings["text"]
    lengths = words["chapter_length"].wordings["text"]
    pictured = words["picture_number"].wordings["text"]
    for chapter in chapters:
        buttons[f"chapter.{chapter.chapter}"] = Button(
            chapter.label, f'/talk_about{{"chapter": "{chapter.chapter}"}}', stays=True
        )
        buttons[f"sort.{chapter.chapter}"] = Button(
            buttons["sort"].label, f'/sort{{"chapter": "{chapter.chapter}"}}', stays=True
        )
        words[f"{chapter.chapter}.opens"] = Words(
            f"{chapter.chapter}.opens",
            chapter.version,
            {
                "text": lengths.format(
                    text=chapter.opens,
                    count=len(chapter.questions),
                    minutes=len(chapter.questions) * MINUTES_A_QUESTION,
                )
            },
        )
        for number, question in enumerate(chapter.questions, start=1):
            _shelve_question(chapter, number, question, counted, words, buttons)
        if chapter.sorting:
            cards = chapter.sorting.cards
            for number, card in enumerate(cards, start=1):
                key = f"{chapter.chapter}.{card.card}"
                buttons[f"card.{key}"] = Button(card.label, f'/choose{{"choice": "{card.card}"}}')
                words[key] = Words(
                    key,
                    chapter.sorting.version,
                    {
                        "text": pictured.format(
                            number=number,
                            of=len(cards),
                            card=card.label,
                            text=chapter.sorting.text,
                        )
                    },
                    SORTED_AS,
                    CONTROLS,
                    picture=card.picture,
                )


def _shelve_question(
    chapter: Chapter,
    number: int,
    question: Question,
    counted: str,
    words: dict[str, Words],
    buttons: dict[str, Button],
) -> None:
    answers = []
    for answer in question.answers:
        key = f"{question.question}.{answer.answer}"
        buttons[key] = Button(
            answer.label, f'/tell{{"choice": "{answer.answer}"}}', also=answer.also
        )
        answers.append(key)
    words[question.question] = Words(
        question.question,
        question.version,
        {
            "text": counted.format(number=number, of=len(chapter.questions), text=question.text),
            "simpler": f"{question.simpler} {question.example}",
            "other": f"{question.other} {question.example}",
        },
        tuple(answers),
        # "I don't know" is never shuffled among the answers: it stands before the controls.
        CONTROLS if len(answers) == MOST_ANSWERS else ("dont_know", *CONTROLS),
        shuffled=not question.scale,
        picture=question.picture,
        spoken=question.spoken,
        example=question.example,
    )
    if question.asked_again:
        key = f"{question.question}.again"
        wordings = {"text": question.asked_again.text}
        if question.asked_again.simpler:
            wordings["simpler"] = question.asked_again.simpler
        for answer in question.answers:
            buttons[f"{key}.{answer.answer}"] = Button(
                answer.label, f'/choose{{"choice": "{answer.answer}"}}', also=answer.also
            )
        words[key] = Words(
            key,
            question.asked_again.version,
            wordings,
            tuple(f"{key}.{answer.answer}" for answer in question.answers),
            CONTROLS,
            shuffled=not question.scale,
            picture=question.picture,
        )


def _helplines(file: Path) -> dict[str, str]:
    lines = yaml.safe_load(file.read_text(encoding="utf-8"))["helplines"]
    return {
        key: f"{line['name']} {line.get('call') or line.get('text')}"
        if key != "emergency"
        else str(line["call"])
        for key, line in lines.items()
    }
