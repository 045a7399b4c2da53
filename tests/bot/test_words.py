"""The library: every word an action or a door uses is there, and every place in it gets filled."""

import ast
import re
from pathlib import Path

import pytest

from bot.opening_the_door import DATA
from bot.words import CALLBACK_BYTES, LABEL_LENGTH, Library, WordsWrong, placeholders, read_library

ROOT = DATA.parent
# What the library can fill: the person's name, the helplines, and what an action names.
FILLED = {"day", "name", "hope", "help", "words", "facilitator"}
MOST_WORDS, MOST_SENTENCES, MOST_WORDS_A_SENTENCE = 40, 3, 15


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(DATA)


def keys_in(room: str) -> set[str]:
    """String constants of a room that look like keys of words."""
    found = set()
    for file in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(
                node.func, "attr", getattr(node.func, "id", "")
            ) in {"says", "ask", "_say"}:
                found |= {
                    arg.value
                    for arg in ast.walk(node)
                    if isinstance(arg, ast.Constant)
                    and isinstance(arg.value, str)
                    and re.fullmatch(r"[a-z]+(_[a-z]+)+", arg.value)
                }
    return found


def test_every_key_the_hands_and_the_door_say_is_in_the_library(library: Library) -> None:
    wanted = keys_in("actions") | keys_in("bot")
    assert len(wanted) > 20
    assert wanted - set(library.words) == set()


def test_every_place_is_filled(library: Library) -> None:
    for words in library.words.values():
        for text in words.wordings.values():
            assert placeholders(text) <= FILLED | set(library.always), words.key


def test_labels_are_short_and_have_words(library: Library) -> None:
    for key, button in library.buttons.items():
        assert len(button.label) <= LABEL_LENGTH, key
        assert re.search(r"[A-Za-z]{2}", button.label), key
        assert len(button.value.encode()) <= CALLBACK_BYTES, key


def test_at_most_three_answers_and_two_controls(library: Library) -> None:
    assert all(len(words.buttons) <= 5 for words in library.words.values())


def test_sentences_are_short_and_one_thing_is_asked(library: Library) -> None:
    for words in library.words.values():
        for text in words.wordings.values():
            plain = placeholder_free(text)
            sentences = [s for s in re.split(r"(?<=[.?!])\s+|\n+", plain) if re.search(r"\w", s)]
            assert plain.count("?") <= 1, words.key
            assert len(plain.split()) <= MOST_WORDS, words.key
            assert len(sentences) <= MOST_SENTENCES, words.key
            for sentence in sentences:
                assert len(sentence.split()) <= MOST_WORDS_A_SENTENCE, (words.key, sentence)


def placeholder_free(text: str) -> str:
    """The text with short values in its places."""
    return re.sub(r"\{\w+\}", "Sam", text)


def test_a_wrong_file_is_named_with_the_key(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "helplines.yml").write_text("helplines: {}")
    file = tmp_path / "words" / "mine.yml"
    file.write_text("words:\n  hello:\n    version: 1\n")
    with pytest.raises(WordsWrong, match=r"mine\.yml: hello"):
        read_library(tmp_path)
    file.write_text("words:\n  hello: {version: 1, text: 'Hello.', buttons: [nowhere]}\n")
    with pytest.raises(WordsWrong, match="nowhere"):
        read_library(tmp_path)
    file.write_text("buttons:\n  b: {label: 'A label that is much too long', value: '/x'}\n")
    with pytest.raises(WordsWrong, match="20 characters"):
        read_library(tmp_path)
