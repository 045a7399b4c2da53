"""Each control, said at each question, is answered and comes back to that question.

Generated from the chapters and the chat's own questions: a new question is tried without a word
here. The person is put at the question in the store, which is the truth; the rest is the real chat.
"""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.tables import Aspiration, Place
from tests.actions.every_question import (
    NEEDED,
    NOT_UNDERSTOOD,
    Asked,
    every_question,
    missing,
    stand_at,
)
from tests.conversations.chat import Chat
from tests.conversations.easy_turns import hard_to_read

# What is typed, and the reply that comes before the question; None: the question alone.
CONTROLS: dict[str, str | None] = {
    "say it again": None,
    "help": "help",
    "can you say it simpler please": None,
    "who can see this?": "who_sees_shared",
    "I want to talk to a person": "asked_person",
    "are you a robot?": "i_am_a_computer",
    "how long does this take?": "how_long_it_takes",
    "this is too hard for me": "this_is_hard",
    "no pictures please": "now_no_pictures",
    "please go slower": "now_slower",
    "show my plan": "my_plan",
    "thank you": "thanks",
}
# Thanks may be a name, and how somebody likes to talk is the answer here.
OTHER_ANSWERS = ("ask_name", "ask_pictures", "ask_listening", "ask_pace")
LEAVING = ("skip", "I don't know", "not now", "private")


class Standing:
    """One person, put at any question; what they say is typed."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.in_store = chat.door.in_store
        self.hope = 0
        self.questions: list[Asked] = []
        self.wrong: list[tuple[object, ...]] = []

    async def gets_there(self) -> None:
        """A hope is told, and everything that can be asked is open."""
        await self.chat.tells()

        def asks(session: Session) -> set[str]:
            self.hope = session.scalars(select(Aspiration.id)).one()
            self.questions = every_question(session, self.hope)
            return missing(session, self.questions)

        assert await self.in_store.write(asks) == set()
        self.chat.said += ["Which dogs?", "Dog walks", "The park", "The library"]

    async def says(self, words: str, asked: Asked) -> tuple[list[str], str | None]:
        """What is heard, and where they are then."""
        await self.in_store.write(lambda session: stand_at(session, self.hope, asked))
        turn = await self.chat.talk.turn(words)
        self.chat.said.append(words)
        self.wrong += [(asked, words, hard) for hard in hard_to_read(turn, self.chat.said)]
        place = await self.in_store.read(lambda session: session.scalars(select(Place)).one())
        return [reply["key"] for reply in turn["replies"]], place.question


@pytest.fixture
async def standing(one_chat: Chat) -> Standing:
    there = Standing(one_chat)
    await there.gets_there()
    return there


@pytest.mark.timeout(900)
async def test_each_control_at_each_question(standing: Standing) -> None:
    """One person of one store: what comes back to the question, then what leaves it."""
    wrong, kinds = standing.wrong, {asked.kind: asked for asked in standing.questions}
    tried = 0
    for asked in standing.questions:
        if asked.kind in OTHER_ANSWERS:
            continue
        again: list[str] = []
        for words, first in CONTROLS.items():
            heard, after = await standing.says(words, asked)
            again = again or heard
            right = [first, again[-1]] if first else again
            tried += 1
            if heard != right or after != asked.question:
                wrong.append((asked, words, heard, after))
    for asked in kinds.values():
        for words in LEAVING:
            heard, after = await standing.says(words, asked)
            stays = asked.kind in NEEDED
            if NOT_UNDERSTOOD & set(heard) or (after == asked.question) is not stays:
                wrong.append((asked, words, heard, after))
        heard, after = await standing.says("stop", asked)
        if heard != ["stopped"] or after != asked.question:
            wrong.append((asked, "stop", heard, after))
        heard, after = await standing.says("go back", asked)
        if NOT_UNDERSTOOD & set(heard):
            wrong.append((asked, "back", heard, after))
    assert tried > 1000
    assert not wrong, "\n".join(map(str, wrong))
