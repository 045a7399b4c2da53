"""Two hundred people who do anything at all: the chat never comes to a dead end.

Each taps, types, sends and repeats at random, from a seed of their own, so that a failure can be
seen again. Of every turn: there is an answer, of two messages at most, with five things to tap at
most, and a person is one tap away. Of every person: nothing said is lost, "stop" stops, and whoever
only skips comes to an end.
"""

import asyncio
import json
import random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.terminal.talking import Talk
from plan_store.inviting import find_contact
from plan_store.tables import Incoming, Place
from tests.conversations.chat import Chat

PEOPLE, AT_ONCE, THINGS_DONE = 200, 20, 14
MOST_SKIPS = 90
SAID = (
    *(
        "yes",
        "no",
        "maybe",
        "idk",
        "skip",
        "not now",
        "private",
        "back",
        "again",
        "simpler",
        "help",
    ),
    *("stop", "hello", "bye", "thanks", "who sees this", "show my plan", "ask a person", "read it"),
    *(
        "I want to work with dogs",
        "a flat with my mates",
        "I dont want to live alone",
        "no idea m8",
    ),
    *("can we talk about friends", "what can we talk about", "no I meant college", "delete this"),
    *("somebody is with me", "I am on my own", "later", "slower", "no pictures", "fewer choices"),
    *(
        "this is boring",
        "you are stupid",
        "what is the weather",
        "🐶",
        "?",
        "asdfgh",
        "I was joking",
    ),
    *("send me my plan", "change it", "my sister can help me", "it is too hard", "ok", "1"),
)


class Somebody:
    """One random person, and what went wrong with them."""

    def __init__(self, chat: Chat, number: int) -> None:
        self.talk = Talk(chat.door, f"random-{number}")
        self.chance = random.Random(number)
        self.number = number
        self.in_store = chat.door.in_store
        self.shown: list[str] = []
        self.said: list[str] = []
        self.wrong: list[Any] = []

    async def does(self, line: str) -> list[str]:
        """One turn, looked at."""
        turn = await self.talk.turn(line)
        replies = turn["replies"]
        if not line.startswith("{"):
            self.said.append(line)
        heard = [reply["key"] for reply in replies]
        labels = [button["label"] for reply in replies for button in reply["buttons"]]
        values = [button["value"] for reply in replies for button in reply["buttons"]]
        self.shown = labels or self.shown
        if not heard or not any(reply["text"].strip() for reply in replies):
            self.wrong.append((line, "no answer"))
        if len(heard) > 2 or len(values) > 5:
            self.wrong.append((line, "too much at once", heard, labels))
        if heard and "asked_person" not in heard and "/ask_person" not in values:
            self.wrong.append((line, "no person", heard, labels))
        return heard

    def anything(self) -> str:
        """Something to do: mostly what is shown, else whatever comes to mind."""
        if self.shown and self.chance.random() < 0.55:
            return json.dumps({"tap": self.chance.choice(self.shown)})
        if self.said and self.chance.random() < 0.1:
            return self.said[-1]
        return self.chance.choice(SAID)

    async def talks(self) -> None:
        """A whole life of it."""
        await self.talk.sit_down()
        await self.does("hello")
        await self.does(f"Somebody {self.number}")
        for _ in range(THINGS_DONE):
            await self.does(self.anything())
        before = await self._place()
        heard = await self.does("stop")
        after = await self._place()
        if heard != ["stopped"] or (before.question, before.serial) != (
            after.question,
            after.serial,
        ):
            self.wrong.append(("stop", heard, before.question, after.question))
        await self._skips_to_the_end()
        await self._nothing_is_lost()

    async def _skips_to_the_end(self) -> None:
        """Whoever only says yes to being ready, and skips the rest, comes to rest."""
        for _ in range(MOST_SKIPS):
            place = await self._place()
            if place.question is None:
                return
            await self.does({"name": "Kim", "ready": "yes"}.get(place.expecting, "skip"))
        self.wrong.append(("skip", "asked for ever", (await self._place()).question))

    async def _nothing_is_lost(self) -> None:
        def kept(session: Session) -> list[Incoming]:
            contact = find_contact(session, "terminal", f"random-{self.number}")
            assert contact is not None
            return list(
                session.scalars(
                    select(Incoming)
                    .where(Incoming.person_id == contact.person_id)
                    .order_by(Incoming.id)
                )
            )

        rows = await self.in_store.read(kept)
        if any(row.state != "settled" for row in rows):
            self.wrong.append(("not settled", [row.state for row in rows]))
        typed = [row.words for row in rows if row.kind == "text"]
        lost = [line for line in self.said if line not in typed and line not in self._deleted(rows)]
        if lost:
            self.wrong.append(("lost", lost))

    def _deleted(self, rows: list[Incoming]) -> list[str]:
        """What they themselves had deleted: its words are gone, and its message stands empty."""
        return self.said if any(row.kind == "text" and not row.words for row in rows) else []

    async def _place(self) -> Place:
        def theirs(session: Session) -> Place:
            contact = find_contact(session, "terminal", f"random-{self.number}")
            assert contact is not None
            return session.get_one(Place, contact.person_id)

        return await self.in_store.read(theirs)


@pytest.mark.timeout(900)
async def test_whatever_they_do_there_is_a_way_on(one_chat: Chat) -> None:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> Somebody:
        async with room:
            somebody = Somebody(one_chat, number)
            await somebody.talks()
            return somebody

    people = await asyncio.gather(*(one(number) for number in range(PEOPLE)))
    wrong = {person.number: person.wrong for person in people if person.wrong}
    assert wrong == {}, (len(wrong), list(wrong.items())[:8])
