"""People at one device: they come in, choose secret pictures, leave, and say who they are."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from plan_store.inviting import new_door_link
from plan_store.tables import DevicePerson
from plan_store.tables import Person as PersonRow
from tests.bot.web.at_the_page import Page, Person

SAMS = ["cat", "moon", "cat"]
DEES = ["apple", "boat", "key"]


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


async def door_link_of(door: Door, name: str) -> str:
    """A link a facilitator made for the person of this name."""

    def make(session: Session) -> str:
        (row,) = (each for each in session.scalars(select(PersonRow)) if each.called == name)
        return new_door_link(session, row.id, "facilitator:1")

    return await door.in_store.write(make)


def csrf(person: Person) -> dict[str, str]:
    """The form cookie's other half: what any form of this browser carries."""
    return {"_csrf_token": person.client.cookies["myway-form"]}


async def sams_row(door: Door) -> DevicePerson:
    """Sam, as one of the people of the device."""
    return await door.in_store.read(
        lambda session: next(
            row
            for row, called in session.execute(
                select(DevicePerson, PersonRow.called).join(
                    PersonRow, PersonRow.id == DevicePerson.person_id
                )
            )
            if called == "Sam"
        )
    )
