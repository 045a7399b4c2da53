"""Chatting on the page without JavaScript: every word comes in once, and is answered."""

import asyncio
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from plan_store.tables import Alert, Contact, Incoming, Statement
from plan_store.taking_in import keep
from tests.bot.web.at_the_page import Page, Person
from tests.bot.web.beside_the_page import facilitator_writes, texts, until
from tests.bot.web.small_listener import SmallListener


async def test_a_whole_chapter_by_forms_alone(person: Person, door: Door) -> None:
    page = await person.comes_in()
    assert page.last == "What do you want to be called? You can choose any name."
    page = await person.says("Sam")
    assert ("mine", "Sam") in page.messages
    assert page.labels("behind") == ["👍 OK", "👀 Who sees this?"]
    page = await person.taps("OK")
    assert ("mine", "👍 OK") in page.messages
    assert page.last == "Do you like pictures with the words?"
    for label in ("With pictures", "I read it myself", "Just like this", "on my own"):
        page = await person.taps(label)
    assert "Question 1 of 5." in page.last
    # The picture of the question stands above its words, with what it shows.
    assert re.search(r'<img class="symbol" src="/symbols/\w+\.svg" alt="[A-Z]', page.answer.text)
    await person.says("I want to work with dogs")
    for label in ("Somebody with me", "With a friend", "Soon", "Very important"):
        page = await person.taps(label)
    assert "“I want to work with dogs”" in page.last
    await person.taps("Yes")
    for label in ("My facilitator", "My facilitator", "Yes, any day", "Tell a person"):
        page = await person.taps(label)
    said = await door.in_store.read(lambda session: session.scalars(select(Statement.words)).all())
    assert list(said)[:3] == ["Sam", "I want to work with dogs", "🧑 Somebody with me"]


async def test_a_form_sent_twice_is_one_message(person: Person, door: Door) -> None:
    page = await person.comes_in()
    fields = {**page.hidden("/say"), "words": "Sam"}
    await asyncio.gather(*(person.posts("/say", fields) for _ in range(5)))
    assert await texts(door) == ["Sam"]


async def test_the_same_form_with_other_words_is_another_message(
    person: Person, door: Door
) -> None:
    page = await person.comes_in()
    fields = page.hidden("/say")
    await person.posts("/say", {**fields, "words": "Sam"})
    await person.posts("/say", {**fields, "words": "Sam Smith"})
    assert await texts(door) == ["Sam", "Sam Smith"]


async def test_saying_the_same_again_on_purpose_is_kept_again(person: Person, door: Door) -> None:
    await person.comes_in()
    await person.says("yes")
    await person.says("yes")
    assert await texts(door) == ["yes", "yes"]


async def test_only_the_present_questions_answers_can_be_tapped(person: Person) -> None:
    await person.comes_in()
    before = await person.says("Sam")
    old = before.form("/tap")  # the controls
    ok = next(field for form in before.forms for field in form.get("behind", []))
    page = await person.taps("OK")
    assert "👍 OK" not in page.labels("behind")
    assert "control" in old
    page = await person.posts("/tap", {**page.hidden("/tap"), "behind": ok.value})
    assert ("theirs", "We already did that. This is where we are now.") in page.messages
    assert page.last == "Do you like pictures with the words?"


async def test_help_and_a_person_are_always_there(person: Person) -> None:
    page = await person.comes_in()
    assert page.labels("control") == ["❓ Help", "🙋 Ask a person"]
    page = await person.taps("Ask a person")
    assert ("mine", "🙋 Ask a person") in page.messages
    assert any("I told a person" in words for _, words in page.messages)
    assert page.labels("control") == ["❓ Help", "🙋 Ask a person"]


async def test_never_more_than_three_answers_and_two_controls(person: Person) -> None:
    await person.comes_in()
    await person.says("Sam")
    await person.taps("OK")
    for label in ("Help", "Ask a person", "With pictures", "Help"):
        page = await person.taps(label)
        buttons = page.labels("behind") + page.labels("control")
        assert len(buttons) <= 5
        assert "🙋 Ask a person" in buttons


async def test_danger_is_answered_at_once_with_the_listener_gone(
    person: Person, door: Door, listener: SmallListener
) -> None:
    await person.comes_in()
    listener.gone = True
    phrase = "i want to die"
    page = await person.says(f"I think {phrase} is so")
    assert "Thank you for telling me." in page.messages[-2][1]
    assert "999" in page.last
    alerts = await door.in_store.read(lambda session: session.scalars(select(Alert.words)).all())
    assert list(alerts) == [f"I think {phrase} is so"]


@pytest.mark.parametrize("how", ["problem", "gone"])
async def test_with_the_listener_down_the_message_is_kept_and_answered_later(
    person: Person, door: Door, listener: SmallListener, how: str
) -> None:
    await person.comes_in()
    if how == "gone":
        listener.gone = True
    else:
        listener.problem = "hands_down"
    page = await person.says("Sam")
    assert page.last == "I kept your message. I need some time. I will answer you here."
    page = await person.says("I like dogs")
    assert page.last == "I kept your message. I need some time. I will answer you here."
    listener.gone, listener.problem = False, None
    await until(person, lambda page: "Hello Sam." in page.text)
    assert await texts(door) == ["Sam", "I like dogs"]


async def test_a_slow_listener_does_not_hold_the_page(
    person: Person, listener: SmallListener, monkeypatch: pytest.MonkeyPatch
) -> None:
    await person.comes_in()
    monkeypatch.setattr("bot.web.taking_in.WAIT_SECONDS", 0.2)
    listener.hold = asyncio.Event()
    page = await person.says("Sam")
    assert page.messages[-1] == ("mine", "Sam")
    listener.hold.set()
    await until(person, lambda page: "Hello Sam." in page.text)


async def test_a_facilitators_answer_stands_apart_and_leaves_the_question_open(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    await person.says("Sam")
    await facilitator_writes(door, "Shall we meet on Monday?")
    page = await until(person, lambda page: page.messages[-1][0] == "person")
    assert "“Shall we meet on Monday?”" in page.last
    assert page.labels("behind") == ["👍 OK", "👀 Who sees this?"]


async def test_two_doors_are_one_conversation(person: Person, door: Door) -> None:
    await person.comes_in()
    await person.says("Sam")

    def by_telegram(session: Session) -> None:
        mine = session.scalars(select(Contact)).one()
        other = Contact(person_id=mine.person_id, door="telegram", address="77")
        session.add(other)
        session.flush()
        keep(session, other, "telegram:1", "text", "from my phone")

    await door.in_store.write(by_telegram)
    page = await person.opens()
    assert ("mine", "from my phone") in page.messages


async def test_a_long_conversation_turns_back_page_by_page(person: Person, door: Door) -> None:
    await person.comes_in()

    def many(session: Session) -> None:
        contact = session.scalars(select(Contact)).one()
        for number in range(120):
            keep(session, contact, f"k{number}", "sticker", f"number {number}")

    await door.in_store.write(many)
    seen: list[str] = []
    path: str | None = "/"
    while path is not None:
        answer = await person.client.get(path)
        seen = [words for _, words in Page(answer).messages] + seen
        earlier = re.search(r'href="(/\?before=[^"]+)"', answer.text)
        path = earlier.group(1) if earlier else None
    assert [words for words in seen if words.startswith("number")] == [
        f"number {number}" for number in range(120)
    ]
    assert seen[:2] == [
        "Hello. I am My Way. I am a computer, not a person.",
        "What do you want to be called? You can choose any name.",
    ]


async def test_news_says_nothing_where_nothing_is_new(person: Person, door: Door) -> None:
    chat = (await person.comes_in()).hidden("/say")["chat"]
    first = await person.client.get(f"/news?chat={chat}&after=")
    assert first.status_code == 200
    _, _, rest = first.text.partition('data-mark="')
    mark = rest.partition('"')[0]
    assert (await person.client.get(f"/news?chat={chat}&after={mark}")).status_code == 204
    await facilitator_writes(door, "Hello")
    await until(person, lambda page: page.messages[-1][0] == "person")
    assert (await person.client.get(f"/news?chat={chat}&after={mark}")).status_code == 200


async def test_words_spoken_to_the_device_are_marked_so(person: Person, door: Door) -> None:
    page = await person.comes_in()
    await person.posts("/say", {**page.hidden("/say"), "how": "dictated", "words": "Sam"})
    page = await person.opens()
    await person.posts("/say", {**page.hidden("/say"), "how": "made up", "words": "dogs"})
    hows = await door.in_store.read(
        lambda session: session.scalars(
            select(Incoming.how).where(Incoming.kind == "text").order_by(Incoming.id)
        ).all()
    )
    assert list(hows) == ["dictated", "typed"]
