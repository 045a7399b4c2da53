"""Several people on one device: each opens their own chat, and sees nobody else's."""

from sqlalchemy import select

from bot.opening_the_door import Door
from plan_store.tables import Incoming
from tests.bot.web.at_the_page import Person
from tests.bot.web.people_at_one_device import (
    DEES,
    SAMS,
    chooses,
    csrf,
    door_link_of,
    is_called,
    leaves,
    said,
    sams_row,
    taps_name,
    taps_pictures,
    two_people,
)


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
    assert "Other people use this phone" not in page.text
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
    assert "Other people use this phone or computer too." in page.text
    assert "Picture 1 of 3." in page.text
    page = await person.opens()
    assert "Other people use this phone or computer too." in page.text
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
    assert "Your chat is closed here." in page.text
    page = await person.opens(f"/i/{await door_link_of(door, 'Sam')}")
    assert "Welcome back." in page.text
    await person.posts("/i", page.hidden("/i"))
    page = await person.opens()
    assert said(page) == ["Sam", "👍 OK"]


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
    kept = await door.in_store.read(lambda session: session.scalars(select(Incoming.words)).all())
    assert not any("old page" in words for words in kept)
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
        "/device/picture", {**page.hidden("/device/picture"), "picture": "dog"}
    )
    assert "I kept your picture." in page.text
    await leaves(person, sure="yes")
    page = await person.opens()
    assert [field.label.split() for field in page.form("/in")["person"]] == [["Sam"]]


async def test_a_chat_taken_off_a_device_is_not_named_there_and_nothing_is_lost(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await two_people(person)
    page = await person.opens("/device")
    page = await person.posts("/device/off", page.hidden("/device/off"))
    assert "Take your chat away from here?" in page.text
    page = await person.posts("/device/off", {**page.hidden("/device/off"), "sure": "yes"})
    assert [field.label.split()[0] for field in page.form("/in")["person"]] == ["Sam"]
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
