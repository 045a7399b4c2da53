"""The chapters' content: what every question owes to the person who is asked.

The numbers of easy read are checked elsewhere; here is what only the whole of a chapter shows.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from plan_store.chapters import Chapter, Question, read_chapters
from plan_store.reading_data import DataWrong
from plan_store.symbols import read_symbols

DATA = Path(__file__).parents[2] / "data"
CHAPTERS = list(read_chapters(DATA / "chapters"))
QUESTIONS = [question for chapter in CHAPTERS for question in chapter.questions]
SYMBOLS = read_symbols(DATA)

# What is answered to a part, so that answers of different areas can be counted together.
ANSWERS_OF = {"when": ["now", "soon", "one_day"], "important": ["very", "a_bit", "not_much"]}
LIMIT = "If you may be in danger, I tell a person"
TAKES_FOR_GRANTED = re.compile(
    r"\b(your (mum|mother|dad|father|parents|boyfriend|girlfriend|god|church|carer)|he|she|boy|girl"
    r"|normal|special needs|suffer|realistic)\b",
    re.IGNORECASE,
)

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.chapter)
each_question = pytest.mark.parametrize(
    "question", QUESTIONS, ids=lambda question: question.question
)


def test_all_eight_are_there_and_a_hope_is_the_first_question() -> None:
    assert [chapter.life_area for chapter in CHAPTERS] == [
        *("work_learning", "good_now", "important_to_me", "support"),
        *("home", "friends_community", "health", "dream"),
    ]
    assert CHAPTERS[0].questions[0].part == "hope"
    assert {"ask_work_hope", "ask_work_help"} <= {q.question for q in CHAPTERS[0].questions}


@each_question
def test_every_picture_is_in_the_set(question: Question) -> None:
    assert question.picture in SYMBOLS


@each_chapter
def test_every_picture_to_sort_is_in_the_set_and_no_two_are_alike(chapter: Chapter) -> None:
    if chapter.sorting is None:
        assert chapter.life_area == "dream"
        return
    files = [SYMBOLS[card.picture].file for card in chapter.sorting.cards]
    assert len(set(files)) == len(files)
    assert 6 <= len(files) <= 12


def test_two_pictures_of_a_chapter_that_cannot_be_told_apart_are_named_with_their_line(
    tmp_path: Path,
) -> None:
    """Across chapters a key may come again: there its own chapter names it."""
    home = (DATA / "chapters" / "05_home.yml").read_text(encoding="utf-8")
    file = tmp_path / "05_home.yml"
    file.write_text(home.replace("{card: key, label", "{card: room, label"), encoding="utf-8")
    line = home[: home.index("{card: key, label")].count("\n") + 1
    with pytest.raises(DataWrong, match=f"05_home.yml:{line}: there is a picture with the card"):
        read_chapters(tmp_path)
    file.write_text(home.replace('"My own key"', '"My own room"'), encoding="utf-8")
    with pytest.raises(DataWrong, match=f"05_home.yml:{line}: there is a picture with the label"):
        read_chapters(tmp_path)


def test_a_question_that_says_more_needs_a_heading_for_the_plan(tmp_path: Path) -> None:
    support = (DATA / "chapters" / "04_support.yml").read_text(encoding="utf-8")
    line = '    heading: "Is there anybody you want to stay away from?"\n'
    assert line in support
    (tmp_path / "04_support.yml").write_text(support.replace(line, ""), encoding="utf-8")
    with pytest.raises(DataWrong, match=r"04_support.yml:\d+: .*needs a heading"):
        read_chapters(tmp_path)


@each_question
def test_three_wordings_are_three(question: Question) -> None:
    wordings = {question.text, question.simpler, question.other}
    assert len(wordings) == 3
    assert all(wording.endswith("?") or "?" in wording for wording in wordings)
    assert len(question.simpler.split()) <= len(question.text.split())


@each_question
def test_an_example_gives_two_ways_so_that_it_leads_to_neither(question: Question) -> None:
    given = re.findall(r"“([^”]+)”", question.example)
    assert len(given) >= 2 or "or leave this out" in question.example


@each_question
def test_nothing_is_taken_for_granted(question: Question) -> None:
    said = (question.text, question.simpler, question.other, question.example)
    assert not any(TAKES_FOR_GRANTED.search(words) for words in said)


@each_question
def test_the_same_part_has_the_same_answers_everywhere(question: Question) -> None:
    if question.part in ANSWERS_OF:
        assert [answer.answer for answer in question.answers] == ANSWERS_OF[question.part]
    assert question.scale == (question.part == "important")


@each_question
def test_every_question_can_be_answered_by_a_tap(question: Question) -> None:
    assert len(question.answers) >= 2
    labels = Counter(answer.label for answer in question.answers)
    assert max(labels.values()) == 1


def test_what_is_private_waits_for_a_moment_alone() -> None:
    assert {question.question for question in QUESTIONS if question.private} == {
        *("support_bad_day", "support_stay_away"),
        *("friends_with_whom", "health_help"),
    }


def test_who_is_asked_about_people_who_frighten_is_told_the_limit_each_time() -> None:
    (question,) = [q for q in QUESTIONS if q.question == "support_stay_away"]
    assert all(LIMIT in words for words in (question.text, question.simpler, question.other))


def test_a_wish_that_drives_a_plan_is_asked_again_as_either_or() -> None:
    again = [question for question in QUESTIONS if question.asked_again]
    assert {question.question for question in again} == {
        *("ask_work_hope", "home_hope", "friends_hope", "health_hope")
    }
    for question in again:
        assert question.asked_again is not None
        assert " or " in question.asked_again.text
        assert question.asked_again.text != question.text
