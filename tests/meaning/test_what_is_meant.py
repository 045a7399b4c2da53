"""Negation is never lost, pieces are a person's own words, and the figures hold, in the real model.

In: the sets beside this file, and lines that others wrote, where they are. Out: what is misheard.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.meaning.asking_the_listener import DEV, ask, lines_of, understood

pytest_plugins = ["tests.real_rasa"]


def expected(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "text"}


def test_no_want_is_ever_lost_to_a_no(model: Path) -> None:
    lines = lines_of("negation")
    assert len(lines) >= 60
    answers = understood(model, lines)
    wrong = [
        (line["text"], answer["kinds"], answer["slots"])
        for line, answer in zip(lines, answers, strict=True)
        if not answer["right_about_no"]
    ]
    assert wrong == []


def test_a_planted_lost_no_would_be_found(model: Path) -> None:
    (answer,) = understood(model, [{"text": "I want to live alone", "kinds": ["dislike"]}])
    assert not answer["right_about_no"]


def test_pieces_are_found_and_are_the_persons_own_words(model: Path) -> None:
    lines = lines_of("pieces")
    for line, answer in zip(lines, understood(model, lines), strict=True):
        assert answer["slots"] == expected(line), line["text"]
        for start, end, value in answer["places"]:
            assert line["text"][start:end] == value


def test_two_hopes_are_told_apart_each_with_its_words(model: Path) -> None:
    lines = lines_of("two_at_once")
    for line, answer in zip(lines, understood(model, lines), strict=True):
        assert answer["apart"] == line["areas"], line["text"]


def test_a_correction_says_what_is_meant(model: Path) -> None:
    lines = lines_of("corrections")
    for line, answer in zip(lines, understood(model, lines), strict=True):
        assert answer["corrected"] == expected(line), line["text"]


def test_a_question_is_no_hope_and_kinds_are_told_apart(model: Path) -> None:
    lines = lines_of("kinds")
    said = [
        (line["kind"], answer["kind"], line["text"])
        for line, answer in zip(lines, understood(model, lines), strict=True)
    ]
    assert [each for each in said if each[0] == "none" and each[1] in {"hope", "like"}] == []
    wrong = [each for each in said if each[0] != (each[1] or "none")]
    assert len(wrong) <= 0.15 * len(said), wrong


def test_odd_texts_mean_nothing_wanted_and_break_nothing(model: Path) -> None:
    odd = ["", " ", "...", "😀", "☃" * 50, "a" * 4000, "no " * 900, "и да", "\x00", "xkcd qqq"]
    answers = understood(model, [{"text": text} for text in odd])
    assert [answer["kinds"] for answer in answers if {"hope", "like"} & set(answer["kinds"])] == []


def test_the_figures_hold(model: Path) -> None:
    others = [str(DEV)] if DEV.is_file() else []
    figures = json.loads(ask(model, *others))
    assert figures["negation"] == 1
    # However it is spelt: at most one refusal in fifty may pass for a wish.
    assert min(figures["negation_under_noise"].values()) >= 0.98
    assert figures["own"]["any"] >= 0.9
    assert figures["kind"] >= 0.85
    assert figures["milliseconds"] <= 3
    if not others:
        pytest.skip("the lines that others wrote are not here (set MYWAY_SHARED)")
    assert figures["others"]["any"] >= 0.9
