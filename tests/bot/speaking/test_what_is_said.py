"""What a voice is given to say: sentences, no pictures, and numbers that can be called."""

import pytest

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from bot.speaking.fixed_words import fixed_words
from bot.speaking.what_is_said import MOST_WORDS_A_PIECE, pieces, said


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("👍 OK", "OK."),
        ("👩🏽‍🦽 Somebody with me", "Somebody with me."),
        ("1️⃣ First", "1 First."),
        ("▶️ Go on", "Go on."),
        ("You said: “I want to work with dogs”\n\nIs that right?",
         "You said: I want to work with dogs. Is that right?"),
        ("Don’t worry. It’s fine.", "Don’t worry. It’s fine."),
        ("Call 999.", "Call 9 9 9."),
        ("Childline 0800 1111", "Childline 0 8 0 0, 1 1 1 1."),
        ("Text SHOUT to 85258", "Text SHOUT to 8 5 2 5 8."),
        ("Samaritans 116 123", "Samaritans 1 1 6, 1 2 3."),
        ("I am 16. It is 2026. It costs £20000.", "I am 16. It is 2026. It costs £20000."),
        ("Question 1 of 2.", "Question 1 of 2."),
        ("Look here: https://chat.example.org/p/abc123", "Look here:"),
        ("me & my dog …", "me and my dog ."),
        ("🙂🙂", ""),
        ("…", ""),
        ("*very* _big_", "very big."),
    ],
)  # fmt: skip
def test_what_is_shown_and_what_is_said(shown: str, spoken: str) -> None:
    assert said(shown) == spoken


def test_a_long_telling_is_cut_into_pieces_and_loses_no_word() -> None:
    told = " ".join(f"word{number}" for number in range(100)) + ". And then. It was good."
    cut = pieces(told)
    assert " ".join(cut) == told
    assert max(len(piece.split()) for piece in cut) <= MOST_WORDS_A_PIECE


def test_short_sentences_stay_together() -> None:
    assert pieces("Hello. I am My Way.") == ["Hello. I am My Way."]


def test_fixed_words_have_nothing_of_a_person_in_them() -> None:
    library = read_library(DATA)
    fixed = fixed_words(library)
    assert library.text("ask_work_hope") in fixed
    assert library.text("danger_who_to_call") in fixed
    assert "👍 OK." in fixed
    assert not any("{" in text for text in fixed)
    assert library.words["read_back"].wordings["text"] not in fixed
    assert library.text("page_send") not in fixed
