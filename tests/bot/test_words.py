"""The library: every word an action or a door uses is there, and every place in it gets filled."""

import ast
import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from bot.words import CALLBACK_BYTES, LABEL_LENGTH, Library, placeholders
from plan_store.opening import Store
from plan_store.reading_data import DataWrong
from plan_store.symbols import read_symbols
from plan_store.tables import Person

ROOT = DATA.parent
# What the library can fill: the person's name, the helplines, and what an action names.
FILLED = {
    "named",
    "card",
    "name",
    "hope",
    "words",
    "facilitator",
    "writer",
    "said",
    "short",
    "like",
    "not_sure",
    "dislike",
} | {
    *("before", "chapter", "link", "first", "now"),
    # What the chapters' own words are made with.
    *("number", "of", "text", "count", "minutes"),
    # What a plan is put in words with.
    *("date", "time", "code"),
    # What is known of somebody is: the month in which they are 16, and who agreed.
    *("month", "who"),
    # The next day on which somebody is there.
    "day",
    # What is decided together, found, and met about.
    *("agreed", "ending"),
    *("title", "says", "place", "cost", "step", "used", "free", "over", "clock"),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(DATA, read_symbols(DATA).descriptions)


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
                    # What fills the words is named by kind, and is no key.
                    for given in node.args
                    for arg in ast.walk(given)
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


def test_who_gave_no_name_is_spoken_to_without_one(library: Library) -> None:
    for name, hello, goodbye in (
        ("", "Hello.", "Goodbye. I keep your words."),
        ("Cy", "Hello Cy.", "Goodbye, Cy. I keep your words."),
    ):
        person = Person(called=name or None)
        with Session() as session:
            said = [library.say(session, person, {"key": key}) for key in ("greeting", "goodbye")]
        assert [each.text for each in said] == [hello, goodbye]


def test_labels_are_short_and_have_words(library: Library) -> None:
    for key, button in library.buttons.items():
        assert len(button.label) <= LABEL_LENGTH, key
        assert re.search(r"[A-Za-z]{2}", button.label), key
        assert len(button.value.encode()) <= CALLBACK_BYTES, key


def test_at_most_three_answers_and_two_controls(library: Library) -> None:
    assert all(len(words.buttons) <= 5 for words in library.words.values())


def test_a_wrong_file_is_named_with_line_and_rule(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    file = data / "words" / "mine.yml"
    for content, said in (
        ("words:\n  mine:\n    version: 1\n", "mine.yml:2: words.mine.text is missing"),
        ("words:\n  mine: {version: 1, text: 'A.', buttons: [nowhere]}\n", "'nowhere'"),
        ("words:\n  mine: {version: 1, text: 'A.', picture: nowhere}\n", "symbol called 'nowhere'"),
        ("buttons:\n  b: {label: 'A label that is much too long', value: '/x'}\n", "mine.yml:2"),
        ("words:\n  hello: {version: 1, text: 'A.'}\n", "hello stands in two files"),
        ("words:\n  a: {version: 1, text: 'A.'}\n  a: {version: 1, text: 'B.'}\n", "mine.yml:3"),
        ("words:\n  - : [\n", "this is not YAML"),
        ("words:\n  mine: {version: 1, text: 'A.', wording: 'B.'}\n", "is not known here"),
    ):
        file.write_text(content)
        with pytest.raises(DataWrong, match=re.escape(said)):
            read_library(data, {})


def test_sorted_pictures_are_read_back_under_the_label_they_were_shown_with(
    store: Store, library: Library
) -> None:
    """Two chapters have a picture with the same key; each is called as its own chapter calls it."""
    shown = {
        (f"{chapter.chapter}.{card.card}", card.label)
        for chapter in library.chapters
        for card in (chapter.sorting.cards if chapter.sorting else ())
    }
    assert ("good_now.films", "Films and TV") in shown
    assert ("friends_community.films", "Going to see a film") in shown
    with store.reading() as session:
        for card, label in shown:
            said = library.say(
                session, None, {"key": "said_like", "filling": {"words": {"cards": [card]}}}
            )
            assert said.text == library.words["said_like"].wordings["text"].format(words=label)
