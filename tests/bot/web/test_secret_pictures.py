"""Three secret pictures: tapped one a page, kindly tried again, waited for, and helped with."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.opening_the_door import DATA, Door
from bot.web.pictures import PicturesWrong, read_pictures
from plan_store.secret_pictures import begin_try, wait_after
from plan_store.tables import DevicePerson, now
from tests.bot.web.at_the_page import Person
from tests.bot.web.people_at_one_device import (
    DEES,
    SAMS,
    chooses,
    csrf,
    door_link_of,
    leaves,
    said,
    sams_row,
    taps_name,
    taps_pictures,
    two_people,
)


async def test_forgotten_pictures_are_helped_by_a_link_and_new_ones_chosen(
    person: Person, door: Door
) -> None:
    await two_people(person)
    await leaves(person)
    page = await person.opens(f"/i/{await door_link_of(door, 'Sam')}")
    page = await person.posts("/i", page.hidden("/i"))
    assert "Other people use this phone or computer too." in page.text
    await chooses(person, DEES)
    await leaves(person)
    page = await taps_pictures(person, "Sam", DEES)
    assert said(page)[0] == "Sam"


async def test_wrong_pictures_are_kindly_tried_again_and_then_wait_longer_and_longer(
    person: Person, door: Door
) -> None:
    await two_people(person)
    await leaves(person)
    for _ in range(2):
        page = await taps_pictures(person, "Sam", DEES)
        assert "That is OK. Please try again." in page.text
        assert "Picture 1 of 3." in page.text
    for wait in ("one minute", "five minutes", "fifteen minutes", "fifteen minutes"):
        page = await taps_pictures(person, "Sam", DEES)
        assert f"Please wait {wait}." in page.text
        assert "Ask the person who invited you." in page.text
        # While they wait, not even the right ones are looked at.
        row = await sams_row(door)
        action = f"/in/{row.id}"
        for step, picture in enumerate(SAMS, start=1):
            page = await person.posts(
                action, {**csrf(person), "picture": picture, "step": str(step)}
            )
        assert f"Please wait {wait}." in page.text
        assert (await sams_row(door)).tries == row.tries
        await door.in_store.write(
            lambda session: session.execute(update(DevicePerson).values(wait_until=None))
        )
    page = await taps_pictures(person, "Sam", SAMS)
    assert said(page)[0] == "Sam"
    assert (await sams_row(door)).tries == 0


def test_two_slips_are_free_and_nobody_is_shut_out_for_good() -> None:
    minutes = [wait_after(tries).total_seconds() / 60 for tries in range(8)]
    assert minutes == [0, 0, 0, 1, 5, 15, 15, 15]


async def test_many_tries_at_once_count_one_after_the_other(person: Person, door: Door) -> None:
    await two_people(person)
    row = await sams_row(door)
    tried = [
        await door.in_store.write(lambda session: begin_try(session, row.id)) for _ in range(9)
    ]
    assert [each is not None for each in tried] == [True] * 3 + [False] * 6
    later = now() + timedelta(minutes=2)
    assert await door.in_store.write(lambda session: begin_try(session, row.id, later))


async def test_a_double_tap_on_a_picture_is_one_tap(person: Person) -> None:
    await two_people(person)
    await leaves(person)
    page = await taps_name(person, "Sam")
    action = next(action for action in page.actions if action.startswith("/in/"))
    fields = {**page.hidden(action), "picture": "cat"}
    await person.posts(action, fields)
    page = await person.posts(action, fields)
    assert "Picture 2 of 3." in page.text
    page = await person.posts(action, {**page.hidden(action), "again": "yes"})
    assert "Picture 1 of 3." in page.text


async def test_the_pictures_stand_in_no_page_and_the_store_has_a_hash(
    person: Person, door: Door
) -> None:
    await two_people(person)
    await leaves(person)
    first = await taps_name(person, "Sam")
    page = await taps_pictures(person, "Sam", SAMS[:2])
    for each in (first, page):
        assert [each.answer.text.count(f'"{key}"') for key in SAMS] == [1, 1, 1]
    row = await sams_row(door)
    assert row.secret_hash is not None
    assert row.secret_hash.startswith("$argon2id$")


async def test_pictures_can_be_taken_away_again(person: Person) -> None:
    await two_people(person)
    page = await person.opens("/device")
    page = await person.posts("/device/secret", {**page.hidden("/device/secret"), "none": "yes"})
    assert "Everybody here can open your chat." in page.text
    await leaves(person)
    assert said(await taps_name(person, "Dee"))[0] == "Dee"


@pytest.mark.parametrize("picture", ["", "nothing", "dog", "é"])
async def test_a_picture_that_is_not_there_is_no_tap(person: Person, picture: str) -> None:
    await two_people(person)
    await leaves(person)
    page = await taps_pictures(person, "Sam", [picture])
    assert "Picture 1 of 3." in page.text


def test_the_pictures_are_twelve_and_twelve_with_words_each(door_at_rest: Door) -> None:
    pictures = read_pictures(DATA / "pictures.yml", door_at_rest.symbols, "x")
    assert len(pictures.mine) == len(pictures.secret) == 12
    for each in (*pictures.mine.values(), *pictures.secret.values()):
        assert each.words.isalpha(), each.key


def test_a_wrong_file_of_pictures_is_named(tmp_path: Path, door_at_rest: Door) -> None:
    text = (DATA / "pictures.yml").read_text(encoding="utf-8")
    wrong = tmp_path / "pictures.yml"
    for there, instead, why in (
        ("  dog:", "  unicorn:", "unicorn is no picture"),
        ('  dog: "Dog"\n', "", "mine: there are 12"),
        ("  dog:", "  moon:", "moon stands in both"),
    ):
        wrong.write_text(text.replace(there, instead), encoding="utf-8")
        with pytest.raises(PicturesWrong, match=why):
            read_pictures(wrong, door_at_rest.symbols, "x")
