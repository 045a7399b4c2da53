"""Several people on one device: each opens their own chat, and sees nobody else's."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.opening_the_door import DATA, Door
from bot.web.pictures import PicturesWrong, read_pictures
from plan_store.inviting import new_door_link
from plan_store.secret_pictures import begin_try, wait_after
from plan_store.tables import DevicePerson, Incoming, now
from plan_store.tables import Person as PersonRow
from tests.bot.web.at_the_page import Page, Person

SAMS = ["dog", "moon", "dog"]
DEES = ["apple", "bike", "key"]


async def is_called(person: Person, name: str) -> Page:
    """Come in with an invite of their own, and say a name."""
    page = await person.opens(f"/i/{await person.invite()}")
    await person.posts("/i", page.hidden("/i"))
    await person.says(name)
    return await person.taps("OK")


async def chooses(person: Person, pictures: list[str]) -> Page:
    """Choose three secret pictures and keep them."""
    for picture in pictures:
        page = await person.opens("/device/secret")
        await person.posts("/device/secret", {**page.hidden("/device/secret"), "picture": picture})
    page = await person.opens("/device/secret")
    return await person.posts("/device/secret", {**page.hidden("/device/secret"), "keep": "yes"})


async def leaves(person: Person, words: str = "", **more: str) -> Page:
    """Press Leave for now, with this in the box."""
    page = await person.opens()
    return await person.posts("/leave", {**page.hidden("/say"), "words": words, **more})


def tile(page: Page, name: str) -> str:
    """What the tile with this name sends."""
    return next(field.value for field in page.form("/in")["person"] if name in field.label)


async def taps_name(person: Person, name: str) -> Page:
    """Say who one is."""
    page = await person.opens()
    return await person.posts("/in", {**page.hidden("/in"), "person": tile(page, name)})


async def taps_pictures(person: Person, name: str, pictures: list[str]) -> Page:
    """Say who one is, and tap three pictures."""
    page = await taps_name(person, name)
    for picture in pictures:
        action = next(action for action in page.actions if action.startswith("/in/"))
        page = await person.posts(action, {**page.hidden(action), "picture": picture})
    return page


def said(page: Page) -> list[str]:
    """The person's own words on this page."""
    return [words for by, words in page.messages if by == "mine"]


async def two_people(person: Person) -> None:
    """Sam and then Dee on one device; both have secret pictures; Dee's chat is open."""
    await is_called(person, "Sam")
    await chooses(person, SAMS)
    await leaves(person)
    await is_called(person, "Dee")
    await chooses(person, DEES)


async def test_each_opens_their_own_chat_and_sees_nothing_of_the_other(person: Person) -> None:
    await two_people(person)
    page = await leaves(person)
    assert "Who are you?" in page.text
    assert page.messages == []
    page = await taps_pictures(person, "Sam", SAMS)
    assert said(page) == ["Sam", "👍 OK"]
    await leaves(person)
    page = await taps_pictures(person, "Dee", DEES)
    assert said(page) == ["Dee", "👍 OK"]


async def test_one_person_alone_is_never_asked_for_pictures(person: Person) -> None:
    await is_called(person, "Sam")
    page = await person.opens()
    assert "Other people use this device" not in page.text
    page = await leaves(person)
    assert "Do you want secret pictures?" in page.text
    page = await leaves(person, sure="yes")
    assert "Who are you?" in page.text
    page = await taps_name(person, "Sam")
    assert said(page) == ["Sam", "👍 OK"]


async def test_a_second_person_is_offered_pictures_and_may_go_without(person: Person) -> None:
    await two_people(person)
    await leaves(person)
    page = await person.opens(f"/i/{await person.invite()}")
    page = await person.posts("/i", page.hidden("/i"))
    assert "Other people use this device too." in page.text
    assert "Picture 1 of 3." in page.text
    page = await person.opens()
    assert "Other people use this device too." in page.text
    page = await person.posts("/leave", {**page.hidden("/say"), "words": ""})
    assert "Do you want secret pictures?" in page.text
    await leaves(person, sure="yes")
    page = await taps_name(person, "No name yet")
    assert page.last == "What do you want to be called? You can choose any name."


async def test_who_had_no_pictures_when_a_second_person_came_is_closed_not_open_to_them(
    person: Person, door: Door
) -> None:
    await is_called(person, "Sam")
    page = await person.opens(f"/i/{await person.invite()}")
    assert "A chat here has no secret pictures." in page.text
    await person.posts("/i", page.hidden("/i"))
    await leaves(person, sure="yes")
    page = await taps_name(person, "Sam")
    assert page.messages == []
    assert "Your chat is closed on this device." in page.text
    page = await person.opens(f"/i/{await door_link_of(door, 'Sam')}")
    assert "Welcome back." in page.text
    await person.posts("/i", page.hidden("/i"))
    page = await person.opens()
    assert said(page) == ["Sam", "👍 OK"]


async def door_link_of(door: Door, name: str) -> str:
    """A link a facilitator made for the person of this name."""

    def make(session: Session) -> str:
        row = session.scalars(select(PersonRow).where(PersonRow.called == name)).one()
        return new_door_link(session, row.id, "facilitator:1")

    return await door.in_store.write(make)


async def test_forgotten_pictures_are_helped_by_a_link_and_new_ones_chosen(
    person: Person, door: Door
) -> None:
    await two_people(person)
    await leaves(person)
    page = await person.opens(f"/i/{await door_link_of(door, 'Sam')}")
    page = await person.posts("/i", page.hidden("/i"))
    assert "Other people use this device too." in page.text
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


def csrf(person: Person) -> dict[str, str]:
    """The form cookie's other half: what any form of this browser carries."""
    return {"_csrf_token": person.client.cookies["myway-form"]}


async def sams_row(door: Door) -> DevicePerson:
    """Sam, as one of the people of the device."""
    return await door.in_store.read(
        lambda session: session.scalars(
            select(DevicePerson)
            .join(PersonRow, PersonRow.id == DevicePerson.person_id)
            .where(PersonRow.called == "Sam")
        ).one()
    )


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
    fields = {**page.hidden(action), "picture": "dog"}
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


async def test_an_old_page_of_somebody_who_left_does_not_speak_for_the_next(
    person: Person, door: Door
) -> None:
    await is_called(person, "Sam")
    await chooses(person, SAMS)
    old = await person.opens()
    await leaves(person)
    page = await person.posts("/say", {**old.hidden("/say"), "words": "from Sam's old page"})
    assert page.status == 401
    assert "No chat is open here now." in page.text
    assert "from Sam's old page" in page.text
    await is_called(person, "Dee")
    page = await person.posts("/say", {**old.hidden("/say"), "words": "from Sam's old page"})
    assert page.status == 409
    assert "Another chat is open here now." in page.text
    assert "from Sam's old page" in page.text
    for path in ("/tap", "/send", "/leave", "/device/secret", "/device/off", "/device/elsewhere"):
        page = await person.posts(path, {**old.hidden("/say"), "sure": "yes", "none": "yes"})
        assert page.status == 409, path
    chat = old.hidden("/say")["chat"]
    assert (await person.client.get(f"/news?chat={chat}")).status_code == 409
    kept = await door.in_store.read(
        lambda session: session.scalars(
            select(Incoming.words).where(Incoming.words.contains("old page"))
        ).all()
    )
    assert kept == []
    # In Sam's own chat the same old page works again.
    await chooses(person, DEES)
    await leaves(person)
    await taps_pictures(person, "Sam", SAMS)
    page = await person.posts("/say", {**old.hidden("/say"), "words": "I am back"})
    assert "I am back" in said(page)


async def test_words_in_the_box_are_there_again_after_leaving(person: Person) -> None:
    await is_called(person, "Sam")
    await chooses(person, SAMS)
    await leaves(person, "I want to\nwork with d")
    page = await person.opens()
    assert "work with d" not in page.text
    page = await taps_pictures(person, "Sam", SAMS)
    assert page.box == "I want to\nwork with d"
    page = await person.posts("/say", {**page.hidden("/say"), "words": page.box + "ogs"})
    assert (await person.opens()).box == ""
    await leaves(person, "x" * 10_001)
    assert "Who are you?" not in (await person.opens()).text


async def test_a_picture_of_ones_own_stands_beside_the_name(person: Person) -> None:
    await is_called(person, "Sam")
    page = await person.opens("/device/picture")
    page = await person.posts(
        "/device/picture", {**page.hidden("/device/picture"), "picture": "owl"}
    )
    assert "I keep your picture." in page.text
    await leaves(person, sure="yes")
    page = await person.opens()
    assert [field.label.split() for field in page.form("/in")["person"]] == [["🦉", "Sam"]]


async def test_pictures_can_be_taken_away_again(person: Person) -> None:
    await two_people(person)
    page = await person.opens("/device")
    page = await person.posts("/device/secret", {**page.hidden("/device/secret"), "none": "yes"})
    assert "Everybody here can open your chat." in page.text
    await leaves(person)
    assert said(await taps_name(person, "Dee"))[0] == "Dee"


async def test_a_chat_taken_off_a_device_is_not_named_there_and_nothing_is_lost(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await two_people(person)
    page = await person.opens("/device")
    page = await person.posts("/device/off", page.hidden("/device/off"))
    assert "Take your chat off this device?" in page.text
    page = await person.posts("/device/off", {**page.hidden("/device/off"), "sure": "yes"})
    assert [field.label.split()[1] for field in page.form("/in")["person"]] == ["Sam"]
    page = await somebody_else.opens(f"/i/{await door_link_of(door, 'Dee')}")
    page = await somebody_else.posts("/i", page.hidden("/i"))
    assert said(page)[0] == "Dee"


async def test_nobody_of_another_device_can_be_tapped(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await two_people(person)
    row = await sams_row(door)
    await is_called(somebody_else, "Eli")
    fields = {**csrf(somebody_else), "person": str(row.id)}
    page = await somebody_else.posts("/in", fields)
    assert said(page)[0] == "Eli"
    page = await somebody_else.opens(f"/in/{row.id}")
    assert said(page)[0] == "Eli"
    for odd in ("0", "-1", "²", "9" * 40, "x"):
        assert (await somebody_else.opens(f"/in/{odd}")).status == 200


@pytest.mark.parametrize("picture", ["", "nothing", "owl", "é"])
async def test_a_picture_that_is_not_there_is_no_tap(person: Person, picture: str) -> None:
    await two_people(person)
    await leaves(person)
    page = await taps_pictures(person, "Sam", [picture])
    assert "Picture 1 of 3." in page.text


def test_the_pictures_are_twelve_and_twelve_with_words_each() -> None:
    pictures = read_pictures(DATA / "pictures.yml", "x")
    for each in (*pictures.mine.values(), *pictures.secret.values()):
        assert 1 <= len(each.words) <= 20


def test_a_wrong_file_of_pictures_is_named(tmp_path: Path) -> None:
    text = (DATA / "pictures.yml").read_text(encoding="utf-8")
    wrong = tmp_path / "pictures.yml"
    wrong.write_text(text.replace("🦉", "🦊"), encoding="utf-8")
    with pytest.raises(PicturesWrong, match=r"mine: there are 12"):
        read_pictures(wrong, "x")
    wrong.write_text(text.replace("🦉", "🍎"), encoding="utf-8")
    with pytest.raises(PicturesWrong, match="stands in both"):
        read_pictures(wrong, "x")
    wrong.write_text(text.replace('words: "Owl"', 'said: "Owl"'), encoding="utf-8")
    with pytest.raises(PicturesWrong, match="words"):
        read_pictures(wrong, "x")
