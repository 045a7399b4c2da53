"""`./myway easy-read`: the whole library passes, and a fault planted in it is found on its line.

In: the data as it is, and small copies with one fault. Out: file, line, rule.
"""

import json
import shutil
from pathlib import Path

import pytest

from bot.reading_words import read_library
from bot.words import placeholders
from plan_store.plain_words import read_lists
from plan_store.plain_words.__main__ import main
from plan_store.plain_words.filling_in import read_filling
from plan_store.plain_words.going_through_the_library import Found, check_library, pieces
from plan_store.reading_data import read_yaml
from tests.plan_store.planted_words import CHOICES, LABELS, MESSAGES

DATA = Path(__file__).parents[2] / "data"
# Rules that only a whole file or folder can break; each has its own test below.
OF_FILES = {
    *("scale_faces", "no_description", "no_such_symbol", "no_such_words"),
    *("turn_messages", "turn_questions", "asks_alone"),
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder of data with the lists, the helplines, and nothing to say."""
    data = tmp_path / "data"
    shutil.copytree(DATA / "easy_read", data / "easy_read")
    shutil.copy(DATA / "helplines.yml", data)
    (data / "words").mkdir()
    (data / "chapters").mkdir()
    together(data, [])
    # The explanations are of the whole library, which is looked at by itself.
    (data / "easy_read" / "glossary.yml").write_text("glossary: {}\n")
    return data


def together(data: Path, turns: list[list[str]]) -> None:
    (data / "easy_read" / "said_together.yml").write_text(json.dumps({"said_together": turns}))


def lines_of(data: Path, rule: str) -> list[tuple[str, int]]:
    return [(each.file, each.line) for each in check_library(data)[1] if each.finding.rule == rule]


def test_everything_the_chat_can_say_is_easy_to_read() -> None:
    count, found = check_library(DATA)
    assert count > 200
    assert [shown(each) for each in found if not each.finding.advice] == []


def shown(each: Found) -> str:
    return f"{each.file}:{each.line}: {each.finding.rule}: {each.finding.piece}"


def test_every_rule_is_planted_here() -> None:
    assert set(read_lists(DATA).rules) == {*MESSAGES, *LABELS, *CHOICES, *OF_FILES}


def test_everything_the_library_can_say_is_looked_at() -> None:
    symbols = read_yaml(DATA / "symbols.yml")[0]["symbols"]
    library = read_library(DATA, dict.fromkeys(symbols, "A picture."))
    filling = read_filling(DATA)
    looked_at = {piece.text for piece in pieces(DATA, read_lists(DATA), filling)}
    for words in library.words.values():
        for wording, text in words.wordings.items():
            assert filling.fill(text).text in looked_at, (words.key, wording)
        assert all(placeholders(text) <= filling.known for text in words.wordings.values())
    labels = {button.label for button in library.buttons.values()}
    assert labels <= looked_at


@pytest.mark.parametrize("rule", MESSAGES)
def test_a_planted_sentence_is_found_on_its_line(small: Path, rule: str) -> None:
    breach, near_miss = MESSAGES[rule]
    near = json.dumps(near_miss, ensure_ascii=False)
    far = json.dumps(breach, ensure_ascii=False)
    (small / "words" / "mine.yml").write_text(
        f"# Mine.\nwords:\n  near:\n    version: 1\n    text: {near}\n"
        f"  far:\n    version: 1\n    simpler: {near}\n    text: {far}\n"
    )
    assert lines_of(small, rule) == [("data/words/mine.yml", 9)]


@pytest.mark.parametrize("rule", LABELS)
def test_a_planted_label_is_found_on_its_line(small: Path, rule: str) -> None:
    far, near = (json.dumps(label, ensure_ascii=False) for label in LABELS[rule])
    (small / "words" / "buttons.yml").write_text(
        f"buttons:\n  near: {{label: {near}, value: /x}}\n  far: {{label: {far}, value: /x}}\n"
    )
    assert lines_of(small, rule) == [("data/words/buttons.yml", 3)]


@pytest.mark.parametrize("rule", CHOICES)
def test_planted_choices_are_found_on_their_line(small: Path, rule: str) -> None:
    entries = ""
    for name, (answers, controls, scale) in zip(("far", "near"), CHOICES[rule], strict=True):
        entries += (
            f"  {name}:\n    version: 1\n    text: What do you think?\n"
            f"    buttons: {['face'] * answers}\n    controls: {['face'] * controls}\n"
            f"    scale: {str(scale).lower()}\n"
        )
    (small / "words" / "mine.yml").write_text(
        'buttons:\n  face: {label: "🙂 Good", value: /x}\nwords:\n' + entries
    )
    assert [line for _, line in lines_of(small, rule)] == [7 if rule != "controls" else 8]


def test_what_is_said_before_a_question_asks_nothing(small: Path) -> None:
    (small / "words" / "mine.yml").write_text(
        'buttons:\n  ok: {label: "👍 OK", value: /x}\nwords:\n'
        "  before: {version: 1, text: 'How are you?'}\n"
        "  asked: {version: 1, text: 'How are you?', buttons: [ok]}\n"
        "  page_help: {version: 1, text: 'Is it not your chat?'}\n"
    )
    assert lines_of(small, "asks_alone") == [("data/words/mine.yml", 4)]


def test_i_dont_know_is_an_answer_among_the_controls(small: Path) -> None:
    words = small / "words" / "mine.yml"
    entry = (
        "words:\n  how: {version: 1, text: Hello., buttons: [a, b], controls: [dont_know, c, d]}\n"
    )
    words.write_text(entry)
    assert check_library(small)[1] == []
    words.write_text(entry.replace("[a, b]", "[a, b, c]"))
    assert lines_of(small, "answers") == [("data/words/mine.yml", 2)]


def test_a_scale_has_faces(small: Path) -> None:
    (small / "words" / "mine.yml").write_text(
        'buttons:\n  good: {label: "🙂 Good", value: /x}\n  bad: {label: "🐢 Bad", value: /x}\n'
        "words:\n  how:\n    version: 1\n    text: How is it?\n"
        "    buttons: [good, good, bad]\n    scale: true\n"
    )
    assert lines_of(small, "scale_faces") == [("data/words/mine.yml", 8)]


def test_a_picture_has_a_description_and_is_there(small: Path) -> None:
    (small / "symbols.yml").write_text(
        "symbols:\n  house: {code: 1F3E0, description: A house.}\n  dog: {code: 1F415}\n"
    )
    (small / "words" / "mine.yml").write_text(
        "words:\n  near: {version: 1, text: Hello., picture: house}\n"
        "  far: {version: 1, text: Hello., picture: horse}\n"
    )
    assert lines_of(small, "no_description") == [("data/symbols.yml", 3)]
    assert lines_of(small, "no_such_symbol") == [("data/words/mine.yml", 3)]


def test_a_turn_has_two_messages_and_one_question(small: Path) -> None:
    (small / "words" / "mine.yml").write_text(
        "words:\n  hello: {version: 1, text: Hello.}\n  how: {version: 1, text: 'How are you?'}\n"
    )
    together(small, [["hello", "how"], ["how", "how"]])
    assert len(lines_of(small, "turn_questions")) == 1
    together(small, [["hello", "how"], ["hello", "hello", "how"]])
    assert len(lines_of(small, "turn_messages")) == 1
    together(small, [["hello", "nobody"]])
    assert len(lines_of(small, "no_such_words")) == 1


CHAPTER = """\
chapter: home
life_area: home
label: "🏠 My home"
title: "your home"
opens: "Let us talk about where you live."
questions:
  - question: home_hope
    part: hope
    text: "Where would you like to live one day?"
    simpler: "Where do you want to live?"
    other: "Think of a home that is good for you. Where is it?"
    example: "You can say: “I want to live near my mum.”"
    picture: house
    answers:
      - {answer: own, label: "🏡 My own flat"}
sorting:
  text: "What do you think of this?"
  cards:
    - {card: cooking, label: "Cooking", picture: house}
"""


@pytest.mark.parametrize(
    ("before", "after", "line", "rule"),
    [
        ("🏠 My home", "🏠 My accommodation", 3, "hard_word"),
        ("where you live.", "where you reside.", 5, "hard_word"),
        ("one day?", "one day? Who with?", 9, "one_question"),
        # Three sentences of its own are fine; with "Question 1 of 1." before it is too much.
        ("one day?", "one day? Say it your way. It can be small.", 9, "message_sentences"),
        # So is what is said before the example.
        ("Where is it?", "It can be big. It can be small. Where is it?", 11, "message_sentences"),
        ("near my mum.", "near my accommodation.", 12, "hard_word"),
        ("picture: house", "picture: castle", 13, "no_such_symbol"),
        ("🏡 My own flat", "My own flat", 15, "label_picture"),
        ("think of this?", "conclude of this?", 17, "hard_word"),
        ('label: "Cooking"', 'label: "Gastronomy"', 19, "hard_word"),
    ],
)
def test_a_planted_fault_in_a_chapter_is_found_on_its_line(
    small: Path, before: str, after: str, line: int, rule: str
) -> None:
    (small / "symbols.yml").write_text("symbols:\n  house: {description: A house.}\n")
    (small / "words" / "mine.yml").write_text(
        'words:\n  question_number: {version: 1, text: "Question {number} of {of}. {text}"}\n'
    )
    file = small / "chapters" / "05_home.yml"
    file.write_text(CHAPTER)
    assert check_library(small)[1] == []
    file.write_text(CHAPTER.replace(before, after, 1))
    assert ("data/chapters/05_home.yml", line) in lines_of(small, rule)


def test_words_are_checked_with_the_longest_helplines_in_them(small: Path) -> None:
    words = small / "words" / "mine.yml"
    words.write_text("words:\n  call: {version: 1, text: 'In danger now, call {childline}.'}\n")
    assert [each.finding.rule for each in check_library(small)[1]] == ["hard_word"]  # "danger"
    longer = (
        (small / "helplines.yml")
        .read_text()
        .replace(
            'name: "Childline"',
            'name: "The Line for Every Child and Every Young Person of the Land"',
        )
    )
    (small / "helplines.yml").write_text(longer)
    assert ("data/words/mine.yml", 2) in lines_of(small, "sentence_length")


def test_the_verb_says_file_line_rule_and_what_to_try(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = small / "words" / "mine.yml"
    file.write_text("words:\n  fine: {version: 1, text: Hello.}\n")
    assert main(["--data", str(small)]) == 0
    file.write_text("words:\n  bad: {version: 1, text: We assist you.}\n")
    capsys.readouterr()
    assert main(["--data", str(small)]) == 1
    said = capsys.readouterr().out
    assert "data/words/mine.yml:2: breach: hard_word: “assist”" in said
    assert "try: “help”" in said
    assert main(["--data", str(small), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["line"], finding["rule"], finding["instead"]) == (2, "hard_word", "help")
    assert main(["--say", "We assist you."]) == 1
    assert main(["--say", "We help you."]) == 0


def test_a_file_that_cannot_be_read_is_named_with_its_line(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "words" / "mine.yml").write_text("words:\n  a: [1\n")
    assert main(["--data", str(small)]) == 2
    assert "mine.yml:3:" in capsys.readouterr().err
