"""Moving from one door to the other and going on: by a link, a code, a square picture."""

import re

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from bot.replying import put_replies
from plan_store.becoming_sixteen import months_before
from plan_store.inviting import use_invite
from plan_store.sending_out import contact_to_answer
from plan_store.tables import ComingOfAge, Contact, Invite, Outgoing, now
from plan_store.tables import Person as PersonRow
from plan_store.taking_in import keep
from tests.bot.web.at_the_page import Page, Person
from tests.bot.web.beside_the_page import facilitator_writes, until


async def code_of(person: Person) -> tuple[str, Page]:
    """Press the button for another device, and read the code off the page."""
    page = await person.opens("/device/elsewhere")
    page = await person.posts("/device/elsewhere", page.hidden("/device/elsewhere"))
    found = re.search(r"/i/([a-z0-9]{12})</p>", page.answer.text)
    assert found is not None
    return found[1], page


async def goes_on(person: Person, code: str) -> Page:
    """Open the link on this device, and press Start."""
    page = await person.opens(f"/i/{code}")
    return await person.posts("/i", page.hidden("/i"))


async def test_telegram_is_offered_from_16_on(person: Person, door: Door) -> None:
    door.telegram_name = "my_way_bot"
    await person.comes_in()
    code, page = await code_of(person)
    assert f"https://t.me/my_way_bot?start={code}" in page.answer.text

    def young(session: Session) -> None:
        person_id = session.scalars(select(PersonRow.id)).one()
        session.add(ComingOfAge(person_id=person_id, month=months_before(now())[1]))

    await door.in_store.write(young)
    _, page = await code_of(person)
    assert "t.me" not in page.answer.text
    assert "Telegram" not in page.text


async def people(door: Door) -> int:
    """How many people there are."""
    count = await door.in_store.read(
        lambda session: session.scalar(select(func.count(PersonRow.id)))
    )
    return count or 0


async def test_the_same_conversation_goes_on_on_another_device(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await person.comes_in()
    await person.says("Sam")
    for label in ("OK", "With pictures", "I read it myself", "Just like this", "on my own"):
        await person.taps(label)
    code, page = await code_of(person)
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in " ".join(page.text.split())
    page = await goes_on(somebody_else, code)
    assert ("mine", "Sam") in page.messages
    assert any("We were talking about" in words for _, words in page.messages)
    assert "Question 1 of 5." in page.last
    await somebody_else.says("I want to work with dogs")
    page = await person.opens()
    assert ("mine", "I want to work with dogs") in page.messages
    assert await people(door) == 1
    assert any("on another phone or computer" in words for _, words in page.messages)


async def test_a_code_typed_on_the_front_page_does_the_same(
    person: Person, somebody_else: Person
) -> None:
    await person.comes_in()
    await person.says("Sam")
    code, _ = await code_of(person)
    page = await somebody_else.opens()
    page = await somebody_else.posts("/i", {**page.hidden("/i"), "code": code.upper()})
    assert ("mine", "Sam") in page.messages


async def test_a_door_link_works_once_for_half_an_hour_and_only_the_newest(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await person.comes_in()
    old, _ = await code_of(person)
    code, _ = await code_of(person)
    assert (await somebody_else.opens(f"/i/{old}")).status == 410
    ends = await door.in_store.read(
        lambda session: session.scalar(select(Invite.ends_at).order_by(Invite.id.desc()).limit(1))
    )
    assert ends is not None
    assert 29 < (ends - now()).total_seconds() / 60 <= 30
    assert (await goes_on(somebody_else, code)).status == 200
    third = Person(person.app, door)
    async with third.client:
        assert (await third.opens(f"/i/{code}")).status == 410
    code, _ = await code_of(person)
    await door.in_store.write(lambda session: session.execute(update(Invite).values(ends_at=now())))
    async with Person(person.app, door).client as fresh:
        assert (await fresh.get(f"/i/{code}")).status_code == 410


async def test_looking_at_the_page_makes_no_link(person: Person, door: Door) -> None:
    await person.comes_in()
    for _ in range(2):
        page = await person.opens("/device/elsewhere")
        assert "opens our chat on your other phone" in page.text
    links = await door.in_store.read(
        lambda session: session.scalar(
            select(func.count(Invite.id)).where(Invite.used_at.is_(None))
        )
    )
    assert links == 0


async def test_the_square_is_drawn_in_the_page_and_telegram_is_there_when_it_is_on(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    _, page = await code_of(person)
    assert "<svg" in page.answer.text
    assert "data:" not in page.answer.text
    assert "Telegram" not in page.text
    door.telegram_name = "my_way_bot"
    code, page = await code_of(person)
    start = re.search(r'href="https://t\.me/my_way_bot\?start=([\w-]+)"', page.answer.text)
    assert start is not None
    assert start[1] == code
    assert "16 or older" in page.text


async def test_the_code_opens_telegram_for_the_same_person(person: Person, door: Door) -> None:
    await person.comes_in()
    await person.says("Sam")
    code, _ = await code_of(person)

    def by_telegram(session: Session) -> None:
        contact = use_invite(session, code, "telegram", "77")
        assert contact is not None
        keep(session, contact, "telegram:1", "text", "from my phone")

    await door.in_store.write(by_telegram)
    page = await person.opens()
    assert ("mine", "from my phone") in page.messages
    assert await people(door) == 1


async def test_the_desks_answer_goes_to_the_door_that_was_used_last(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await person.comes_in()
    await person.says("Sam")
    code, _ = await code_of(person)
    await goes_on(somebody_else, code)
    first, second = await contacts(door)
    assert await answered_at(door) == second
    await person.says("I am back here")
    assert await answered_at(door) == first
    await facilitator_writes(door, "Hello Sam")
    for window in (person, somebody_else):
        await until(window, lambda page: "“Hello Sam”" in page.text)


async def contacts(door: Door) -> list[int]:
    """The doors there are, the oldest first."""
    return list(
        await door.in_store.read(
            lambda session: session.scalars(select(Contact.id).order_by(Contact.id)).all()
        )
    )


async def answered_at(door: Door) -> int:
    """Where an answer of the desk would go."""

    def look(session: Session) -> int:
        contact = contact_to_answer(session, session.scalars(select(PersonRow.id)).one())
        assert contact is not None
        return contact.id

    return await door.in_store.read(look)


async def test_the_chat_can_give_the_link_in_its_own_words(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await person.comes_in()
    await person.says("Sam")

    def reply(session: Session) -> str:
        contact = session.scalars(select(Contact)).one()
        asked = keep(session, contact, "k", "text", "on my other phone please")
        assert asked is not None
        asked.state = "settled"
        put_replies(
            session,
            door.library,
            contact.id,
            asked.id,
            [
                {
                    "key": "other_door_link",
                    "filling": {"link": {"door_link": contact.person_id}},
                }
            ],
        )
        return (
            session.scalars(select(Outgoing.text).where(Outgoing.key == "other_door_link")).one()
            or ""
        )

    text = await door.in_store.write(reply)
    found = re.search(rf"{re.escape(door.settings.chat_url)}/i/(\w{{12}})\n.*: (\w{{12}})\n", text)
    assert found is not None
    assert found[1] == found[2]
    assert ("mine", "Sam") in (await goes_on(somebody_else, found[1])).messages


@pytest.mark.parametrize("again", [1, 3])
async def test_a_door_link_on_its_own_device_makes_no_second_one(
    person: Person, door: Door, again: int
) -> None:
    await person.comes_in()
    await person.says("Sam")
    for _ in range(again):
        code, _ = await code_of(person)
        page = await goes_on(person, code)
        assert ("mine", "Sam") in page.messages
    assert len(await contacts(door)) == 1
