"""The pieces of a chapter: its label, its questions as they are really asked, its cards.

Comes in: the shelf and a file of `data/chapters`. Goes out: pieces with their lines.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from plan_store.plain_words.pieces import Piece, Shelf
from plan_store.reading_data import Lines, read_yaml

# Said around a question, by these keys of data/words; without them the question stands alone.
COUNTED, LENGTH, PICTURED = "question_number", "chapter_length", "picture_number"
CONTROLS = ("help", "ask_person")


def pieces_of_chapter(shelf: Shelf, file: Path) -> Iterator[Piece]:
    """Every sentence of a chapter, and what the chat makes of them."""
    chapter, lines = read_yaml(file)
    key = chapter.get("chapter", file.stem)
    if "label" in chapter:
        yield shelf.label(file, lines.number("label"), key, chapter["label"])
    for part in ("title", "opens"):
        if chapter.get(part):
            yield shelf.message(file, lines.number(part), key, chapter[part])
    questions = chapter.get("questions") or []
    for number, question in enumerate(questions):
        # Chapters of an older form name their words by key; they are on the shelf already.
        if "text" in question:
            yield from _question(shelf, file, lines, question, number, len(questions))
    if chapter.get("opens") and questions and "text" in questions[0]:
        line = lines.number("opens")
        opening = _framed(
            shelf, LENGTH, chapter["opens"], count=len(questions), minutes=len(questions)
        )
        yield shelf.message(file, line, key, opening, of_whole=True)
        yield shelf.turn(file, line, [opening, questions[0]["text"]])
    yield from _sorting(shelf, file, lines, key, chapter.get("sorting") or {})


def _question(
    shelf: Shelf, file: Path, lines: Lines, question: dict[str, Any], number: int, of: int
) -> Iterator[Piece]:
    here = ("questions", number)
    key = question["question"]
    for wording in ("text", "simpler", "other", "example", "spoken", "heading", "named"):
        if question.get(wording):
            line = lines.number(*here, wording)
            yield shelf.message(file, line, key, question[wording])
    whole = {"text": _framed(shelf, COUNTED, question["text"], number=number + 1, of=of)}
    for wording in ("simpler", "other"):
        if question.get(wording) and question.get("example"):
            whole[wording] = f"{question[wording]} {question['example']}"
    for wording, text in whole.items():
        yield shelf.message(file, lines.number(*here, wording), key, text, of_whole=True)
    if question.get("picture"):
        yield from shelf.picture(file, lines.number(*here, "picture"), key, question["picture"])
    yield from _answers(shelf, file, lines, question, number)
    again = question.get("asked_again") or {}
    for wording in ("text", "simpler"):
        if again.get(wording):
            line = lines.number(*here, "asked_again", wording)
            yield shelf.message(file, line, key, again[wording])


def _framed(shelf: Shelf, key: str, text: str, **numbers: int) -> str:
    """The text in the words that the chat says around it; other places stay to be filled."""
    frame = str(shelf.words.get(key, {}).get("text", "{text}"))
    for name, number in numbers.items():
        frame = frame.replace(f"{{{name}}}", str(number))
    return frame.replace("{text}", text)


def _answers(
    shelf: Shelf, file: Path, lines: Lines, question: dict[str, Any], number: int
) -> Iterator[Piece]:
    answers = question.get("answers") or []
    for at, answer in enumerate(answers):
        line = lines.number("questions", number, "answers", at, "label")
        pictured = bool(answer.get("picture"))
        yield shelf.label(file, line, question["question"], answer["label"], pictured)
        if pictured:
            yield from shelf.picture(file, line, question["question"], answer["picture"])
    labels = [answer["label"] for answer in answers]
    line = lines.number("questions", number, "answers")
    if labels or question.get("scale"):
        scale = bool(question.get("scale"))
        yield shelf.choices(file, line, question["question"], labels, CONTROLS, scale)


def _sorting(
    shelf: Shelf, file: Path, lines: Lines, key: str, sorting: dict[str, Any]
) -> Iterator[Piece]:
    if not sorting:
        return
    yield shelf.message(file, lines.number("sorting", "text"), key, sorting["text"])
    cards = sorting.get("cards") or []
    for at, card in enumerate(cards):
        here = ("sorting", "cards", at)
        line = lines.number(*here, "label")
        yield shelf.label(file, line, card["card"], card["label"], pictured=True)
        said = _framed(shelf, PICTURED, sorting["text"], number=at + 1, of=len(cards))
        said = said.replace("{card}", card["label"])
        yield shelf.message(file, line, card["card"], said, True)
        yield from shelf.picture(file, line, card["card"], card.get("picture"))
