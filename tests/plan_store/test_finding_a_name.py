"""What somebody is called, from what they said when they were asked; unsure, their words stand."""

import pytest

from plan_store.finding_a_name import name_in

NAMES = {
    "Bee": "Bee",
    "  Mary   Jane ": "Mary Jane",
    "Hello My name is Benedicta but everyone calls me Bee.": "Bee",
    "my name is Benedicta": "Benedicta",
    "My name's Sam.": "Sam",
    "my names sam": "sam",
    "hi my name is sam and I like dogs": "sam",
    "name is Ash": "Ash",
    "I'm Cleo": "Cleo",
    "hello im cleo": "cleo",
    "Hi, I’m Cleo 🐝": "Cleo",
    "I am Mary Jane": "Mary Jane",
    "It's Bo": "Bo",
    "its bo": "bo",
    "call me Ali": "Ali",
    "You can call me Ali please": "Ali",
    "they called me Benny at school": "Benny",
    "They call me Ben but please call me Benedict": "Benedict",
    "don't call me Ben, call me Benedict": "Benedict",
    "Call me Benedict. Do not call me Ben": "Benedict",
    "call me Benedict not Ben": "Benedict",
    "I like to be called Tee": "Tee",
    "I'm called Jo-Anne": "Jo-Anne",
    "My name is Niamh O'Brien": "Niamh O'Brien",
    "my name is Zoë": "Zoë",
    "My name is Mary Jane Watson Smith": "Mary Jane Watson",
    "my name is sam nice to meet you": "sam",
    "everyone calls me J": "J",
    "my name is محمد": "محمد",
}
AS_THEY_ARE = [
    "I'm fine",
    "im not telling you",
    "I am 17",
    "it's a secret",
    "its ok",
    "call me whatever you like",
    "They call me Ben but I hate it",
    "don't call me anything",
    "my name is not important",
    "Call",
    "Im",
    "It",
    "Just",
    "I want to work with dogs",
    "Ali G",
    "it's my birthday",
    "I'm happy to be here today",
    "😀",
    "ليلى",
]


@pytest.mark.parametrize(("said", "name"), NAMES.items())
def test_the_name_is_found(said: str, name: str) -> None:
    """What they want to be called counts more than what their name is."""
    assert name_in(said) == name


@pytest.mark.parametrize("said", AS_THEY_ARE)
def test_where_it_is_not_sure_the_words_stay(said: str) -> None:
    """Nothing is guessed: a wrong name is worse than a long one."""
    assert name_in(said) == said
