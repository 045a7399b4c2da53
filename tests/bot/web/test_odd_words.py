"""Odd words, odd addresses and odd buttons at the page: kept as they came, and answered kindly."""

import pytest
from sqlalchemy import select

from bot.opening_the_door import Door
from plan_store.tables import Contact
from plan_store.taking_in import keep
from tests.bot.web.at_the_page import Person
from tests.bot.web.beside_the_page import texts


@pytest.mark.parametrize(
    "words",
    [
        "🐶🐶🐶",
        "مرحبا، أريد أن أعمل",
        "zero\u200bwidth\u200d \u200f",
        '<script>alert(1)</script> & "quotes" {{ 7*7 }} {% raw %} {name}',
        "/begin",
        "two\nlines",
        "\u202eright to left\u202c \x07bell \x1b[31mred",
        "   spaces around   ",
    ],
)
async def test_whatever_is_typed_is_kept_and_shown_as_it_is(
    person: Person, door: Door, words: str
) -> None:
    await person.comes_in()
    page = await person.says(words)
    assert await texts(door) == [words]
    assert ("mine", words) in page.messages


async def test_new_lines_come_back_as_they_were_typed(person: Person, door: Door) -> None:
    await person.comes_in()
    await person.says("one\r\ntwo")  # as every browser sends a new line
    assert await texts(door) == ["one\ntwo"]


async def test_nul_becomes_its_sign_and_costs_nobody_the_message(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    page = await person.says("a\x00b")
    assert page.status == 200
    assert await texts(door) == ["a␀b"]


async def test_half_a_character_costs_nobody_the_message(person: Person, door: Door) -> None:
    await person.comes_in()
    kept = await door.in_store.write(
        lambda session: keep(
            session,
            session.scalars(select(Contact)).one(),
            "k",
            "text",
            "half \ud83d whole \U0001f436",
        )
    )
    assert kept is not None
    assert (await texts(door)) == ["half \ufffd whole \U0001f436"]


async def test_ten_thousand_characters_are_kept_and_more_come_back(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    long = "long words " * 909  # 9,999
    assert (await person.says(long)).status == 200
    page = await person.says(long + "and more")
    assert page.status == 413
    assert "That is too long for one message." in page.text
    assert page.box == long + "and more"
    assert await texts(door) == [long]


async def test_nothing_typed_is_said_kindly_and_kept_nowhere(person: Person, door: Door) -> None:
    await person.comes_in()
    page = await person.says("  \n ")
    assert page.status == 400
    assert "There are no words in the box yet." in page.text
    assert await texts(door) == []


@pytest.mark.parametrize("before", ["", "x", "1", "1.", "-1.2", "9" * 400 + ".1", "1.1.1", "٣.٣"])
async def test_a_strange_page_address_shows_a_page(person: Person, before: str) -> None:
    await person.comes_in()
    assert (await person.opens(f"/?before={before}")).status == 200


@pytest.mark.parametrize("behind", ["", "x", "1.x", "0.0", "9" * 400 + ".0", "1." + "9" * 5000])
async def test_a_strange_button_is_an_old_one(person: Person, behind: str) -> None:
    page = await person.comes_in()
    page = await person.posts("/tap", {**page.hidden("/tap"), "behind": behind})
    assert page.status == 200
    assert "What do you want to be called?" in page.last


async def test_another_persons_button_is_an_old_one(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await person.comes_in()
    await person.says("Sam")
    theirs = (await person.opens()).hidden("/tap", of="behind")
    behind = next(
        field.value for form in (await person.opens()).forms for field in form.get("behind", [])
    )
    assert theirs
    page = await somebody_else.comes_in()
    page = await somebody_else.posts("/tap", {**page.hidden("/tap"), "behind": behind})
    assert "👍 OK" not in [words for _, words in page.messages]
    assert "What do you want to be called?" in page.last
