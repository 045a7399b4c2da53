"""The lists of easy read hold together: no word twice, each explanation found, each advice easy.

In: data/easy_read. Out: what a co-producer adding a word should know.
"""

from pathlib import Path

import pytest

from plan_store.plain_words import Lists, breaches, check_message, explain, read_lists
from plan_store.plain_words.inflecting import roots

DATA = Path(__file__).parents[2] / "data"
LIST = [
    line
    for line in (DATA / "easy_read/common_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def lists() -> Lists:
    return read_lists(DATA)


def test_there_are_1500_words_each_of_them_once() -> None:
    assert len(LIST) == 1500
    assert sorted(set(LIST)) == LIST


def test_days_months_and_first_numbers_are_known(lists: Lists) -> None:
    text = "Monday Sunday January December one twelve hello goodbye yes"
    assert breaches(check_message(text, lists, ours=True)) == []


def test_no_word_is_both_listed_and_explained(lists: Lists) -> None:
    # An easy word that means something of its own here.
    assert set(lists.explained) & set(LIST) == {"circle"}


def test_every_explanation_is_found_by_its_word_and_opens_with_it(lists: Lists) -> None:
    for word, meaning in lists.glossary.items():
        found = explain(f"what is {meaning.shown or word}?", lists)
        assert found is not None, word
        assert found.word == word
        assert {word, *meaning.also} & {
            root
            for part in meaning.text.lower().rstrip(".").replace(".", "").split()
            for root in roots(part, lists.irregular)
        }, f"{word} is not named in its own explanation"


def test_what_is_said_instead_is_easy_itself(lists: Lists) -> None:
    instead = lists.instead
    tables = (instead.same_word, instead.our_words, instead.easier, instead.short_forms)
    for table in (*tables, instead.not_plain):
        for hard, easy in table.items():
            assert breaches(check_message(easy, lists)) == [], f"{hard}: {easy}"


def test_every_rule_says_its_words_with_the_number(lists: Lists) -> None:
    for name, rule in lists.rules.items():
        said = rule.says.format(found="7", most=rule.most)
        assert "{" not in said, name
        assert ("{most}" in rule.says) == (rule.most > 0 and name != "two_ideas"), name
