"""One person who does anything at all, from a seed of their own, with somebody at the desk.

Comes in: a door, and who is at the desk. Goes out: what went wrong. Of every turn: there is an
answer, of two messages at most, with five things to tap at most, and a person is one tap away;
between two of their messages the desk asks one question at most. Of their whole life: nothing said
is lost, "stop" stops, skipping comes to an end, and whatever the desk put was shown.
"""

import asyncio
import json
from collections import Counter
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from bot.terminal.talking import DOOR, Talk
from plan_store.inviting import find_contact
from plan_store.moving_on import move
from plan_store.tables import Incoming, Outgoing, Place
from tests.conversations.anything_at_the_desk import AnythingAtTheDesk
from tests.conversations.what_became_of_it import Ends, swallowed, where_they_are
from tests.review.people import hopes

THINGS_DONE, MOST_SKIPS = 14, 120
MOST_MESSAGES, MOST_BUTTONS = 2, 5
TO_A_PERSON = "/ask_person"
# The chat says so when something broke; nobody here does anything that may break it.
BROKEN = {"kept_will_answer", "gave_up"}
SAID = (
    *("yes", "no", "maybe", "idk", "skip", "not now", "private"),
    *("back", "again", "simpler", "help"),
    *("stop", "hello", "bye", "thanks", "who sees this", "show my plan", "ask a person", "read it"),
    *("I want to work with dogs", "a flat with my mates", "I dont want to live alone"),
    *("no idea m8", "can we talk about friends", "what can we talk about", "no I meant college"),
    *("delete this", "somebody is with me", "I am on my own", "later", "slower", "no pictures"),
    *("fewer choices", "this is boring", "you are stupid", "what is the weather", "🐶", "?"),
    *("asdfgh", "I was joking", "send me my plan", "change it", "my sister can help me"),
    *("it is too hard", "ok", "1"),
    *("my steps", "I did it", "not yet", "I need help", "what can I have", "my meeting"),
    *("make my pack", "take my pack back", "keep it private", "I don't want this", "big ones"),
)


class Overhearing(Talk):
    """The same turn at the same door; what came by itself is told apart from what is answered."""

    def _what_happened(
        self,
        session: Session,
        line: str,
        message_id: int | None,
    ) -> dict[str, Any]:
        return {"rows": self._new(session)}


class Anybody:
    """One random person, and what went wrong with them."""

    def __init__(self, door: Door, number: int, ann: int, ends: Ends) -> None:
        self.talk = Overhearing(door, f"random-{number}")
        self.door, self.number, self.ann = door, number, ann
        self.chance = Random(number)
        self.in_store = door.in_store
        self.ends = ends
        self.shown: list[str] = []
        self.said: list[str] = []
        self.seen: list[Outgoing] = []
        self.wrong: list[Any] = []

    async def talks(self) -> None:
        """A whole life of it."""
        await self.talk.sit_down()
        await self.does("hello")
        await self.does(f"Somebody {self.number}")
        await self._meets_the_desk()
        for _ in range(THINGS_DONE):
            await self._goes_on()
        await self._stops()
        await self._comes_to_an_end()
        await self._nothing_is_lost()

    async def does(self, line: str) -> list[str]:
        """One turn, looked at."""
        rows = self._saw((await self.talk.turn(line))["rows"])
        if not line.startswith("{"):
            self.said.append(line)
        answer = [row for row in rows if row.cause_id is not None]
        self._came_by_itself([row for row in rows if row.cause_id is None])
        heard = [row.key for row in answer]
        if not any((row.text or "").strip() for row in answer):
            self.wrong.append((line, "no answer"))
        if len(answer) > MOST_MESSAGES or sum(len(row.buttons) for row in answer) > MOST_BUTTONS:
            self.wrong.append((line, "too much at once", heard))
        if heard and "asked_person" not in heard and not any(map(_to_a_person, answer)):
            self.wrong.append((line, "no person", heard))
        if BROKEN & set(heard):
            self.wrong.append((line, "broken", heard))
        return heard

    def _saw(self, rows: list[Outgoing]) -> list[Outgoing]:
        self.seen += rows
        labels = [button["label"] for row in rows for button in row.buttons]
        self.shown = labels or self.shown
        return rows

    def _came_by_itself(self, rows: list[Outgoing]) -> None:
        """What the desk told, each with a way to a person; of questions one at most."""
        for row in rows:
            if not (row.text or "").strip() or len(row.buttons) > MOST_BUTTONS:
                self.wrong.append(("the desk", "not as it should be", row.key, row.state))
        if rows and not _to_a_person(rows[-1]):
            self.wrong.append(("the desk", "no person", [row.key for row in rows]))
        if sum(row.key == "desk_comes_in" for row in rows) > 1:
            self.wrong.append(("the desk", "too much at once", [row.key for row in rows]))

    async def _meets_the_desk(self) -> None:
        """Somebody works with them: two of three have shared a hope, and one has said yes to what
        was made of it."""
        person_id = await self.in_store.read(self._person_id)
        self.desk = AnythingAtTheDesk(self.door, person_id, self.ann, self.number)
        if self.number % 3:
            words = "I want to work with dogs"
            hope_id = await asyncio.to_thread(hopes, self.in_store.store, person_id, words)
            if self.number % 3 == 1:
                await self.in_store.write(
                    lambda session: self.desk.has_agreed_with_them(session, hope_id)
                )
            await self.in_store.write(self._was_here_before)
            await self.does("hello")

    def _was_here_before(self, session: Session) -> None:
        """Past the settings and the first chapter, and nothing is asked."""
        move(session.get_one(Place, self._person_id(session)), "nothing", None)

    async def _goes_on(self) -> None:
        """Something is done: by the desk, by them, or by both in the same moment."""
        line = self._anything()
        how = self.chance.random()
        if how < 0.2:
            await asyncio.gather(self.does(line), self.desk.does_something())
            return
        if how < 0.8:
            await self.desk.does_something()
            await self._waits(they_are_quiet=self.chance.random() < 0.7)
            # What the desk put is on the screen: they may well tap it.
            line = self._anything()
        heard = await self.does(line)
        if line == "stop" and heard != ["stopped"]:
            self.wrong.append(("stop", heard))

    async def _waits(self, *, they_are_quiet: bool = False) -> None:
        """What is to come by itself comes."""
        await self.desk.asks_what_waits(they_are_quiet=they_are_quiet)
        happened = await self.in_store.read(
            lambda session: self.talk._what_happened(session, "", None)
        )
        self._came_by_itself(self._saw(happened["rows"]))

    def _anything(self) -> str:
        """Something to do: mostly what is shown, else whatever comes to mind."""
        if self.shown and self.chance.random() < 0.55:
            return json.dumps({"tap": self.chance.choice(self.shown)})
        if self.said and self.chance.random() < 0.1:
            return self.said[-1]
        return self.chance.choice(SAID)

    async def _stops(self) -> None:
        await self._waits()
        before = await self._place()
        heard = await self.does("stop")
        after = await self._place()
        if heard != ["stopped"] or (before.question, before.serial) != (
            after.question,
            after.serial,
        ):
            self.wrong.append(("stop", heard, before.question, after.question))

    async def _comes_to_an_end(self) -> None:
        """Whoever only says yes to being ready, and skips the rest, comes to rest; also at what the
        desk asks, now and on another day. From where somebody came to an end before, all do."""
        way = []
        for _ in range(MOST_SKIPS):
            await self._waits()
            where, place, waits = await self.in_store.read(
                lambda session: where_they_are(session, self.talk._person(session))
            )
            if where in self.ends.known:
                break
            way.append(where)
            if place.question is not None:
                await self.does({"name": "Kim", "ready": "yes"}.get(place.expecting, "skip"))
                self.ends.skips += 1
            elif waits:
                await self.desk.another_day_comes()
                await self.does("hello")
            else:
                break
        else:
            self.wrong.append(("skip", "asked for ever", way[-6:]))
            return
        self.ends.known.update(way)

    async def _nothing_is_lost(self) -> None:
        """Neither what they said, nor what was put to them."""

        def look(session: Session) -> tuple[list[Incoming], list[Any]]:
            person_id = self._person_id(session)
            theirs = select(Incoming).where(Incoming.person_id == person_id)
            rows = list(session.scalars(theirs.order_by(Incoming.id)))
            return rows, list(swallowed(session, person_id, self.seen))

        rows, never_shown = await self.in_store.read(look)
        self.wrong += never_shown
        if any(row.state != "settled" for row in rows):
            self.wrong.append(("not settled", [row.state for row in rows]))
        typed = Counter(row.words for row in rows if row.kind == "text")
        lost = Counter(self.said) - typed
        # What they themselves had deleted: its words are gone, and its message stands empty.
        if lost.total() > typed[""]:
            self.wrong.append(("lost", lost))

    def _person_id(self, session: Session) -> str:
        contact = find_contact(session, DOOR, f"random-{self.number}")
        assert contact is not None
        return contact.person_id

    async def _place(self) -> Place:
        return await self.in_store.read(
            lambda session: session.get_one(Place, self._person_id(session))
        )


def _to_a_person(row: Outgoing) -> bool:
    return any(button["value"] == TO_A_PERSON for button in row.buttons)
