"""Each control, said at each question, is answered and comes back to that question.

Generated from the chapters and the chat's own questions: a new question is tried without a word
here. The person is put at the question in the store, which is the truth; the rest is the real chat.
"""

from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.asking import AGAIN, CONSENT, EXPECTS, expects
from bot.opening_the_door import DATA
from plan_store.chapters import read_chapters
from plan_store.keeping_words import parts_now
from plan_store.moving_on import move
from plan_store.putting_to_the_person import DECIDING
from plan_store.tables import Aspiration, Place
from tests.conversations.chat import Chat
from tests.conversations.easy_turns import hard_to_read

CHAPTERS = read_chapters(DATA / "chapters")
# What is typed, and the reply that comes before the question; None: the question alone.
CONTROLS: dict[str, str | None] = {
    "help": "help",
    "say it again": None,
    "can you say it simpler please": None,
    "who can see this?": "who_sees_this",
    "I want to talk to a person": "asked_person",
    "are you a robot?": "i_am_a_computer",
    "how long does this take?": "how_long_it_takes",
    "this is too hard for me": "this_is_hard",
    "no pictures please": "now_no_pictures",
    "please go slower": "now_slower",
    "show my plan": "my_plan",
    "thank you": "thanks",
}
# These are asked only beside the way, about something that was just said.
BESIDE_THE_WAY = {
    *(
        "ask_keep_second",
        "ask_keep_as_hope",
        "ask_heard",
        "ask_photo_words",
        "ask_delete",
        "read_back_short",
    ),
    # Thanks may be a name, and how somebody likes to talk is the answer here.
    *("ask_name", "ask_pictures", "ask_listening", "ask_pace"),
}
OF_THE_CHAT = [
    # Who is to see it follows the colon.
    f"{question}:family" if question.startswith(CONSENT) else question
    for question in EXPECTS
    # What the desk asks is about something that stands in the store: test_deciding_together.py.
    if question not in BESIDE_THE_WAY and EXPECTS[question] != DECIDING
]
OF_THE_CHAPTERS = [question.question for chapter in CHAPTERS for question in chapter.questions]
PICTURES = [f"{c.chapter}.{c.sorting.cards[0].card}" for c in CHAPTERS if c.sorting]
ASKED_AGAIN = [f"{q.question}.again" for c in CHAPTERS for q in c.questions if q.asked_again]
CHANGED = [f"{AGAIN}{part}" for part in ("hope", "help", "entry")]


def at(question: str, session: Session) -> None:
    """The one person of this store stands at this question, in its chapter."""
    place = session.scalars(select(Place)).one()
    hope = session.scalars(select(Aspiration)).first()
    assert hope is not None
    found = CHAPTERS.with_question(question.removesuffix(".again"))
    chapter = found[0].chapter if found else question.partition(".")[0]
    place.chapter = chapter if chapter in set(CHAPTERS.keys()) else "work_learning"
    place.aspiration_id = hope.id
    place.comes_back_to, place.with_somebody = None, None
    assert parts_now(session, hope.id)
    move(place, expects(question), question)


@pytest.mark.timeout(600)
async def test_each_control_at_each_question_comes_back_to_it(one_chat: Chat) -> None:
    chat = one_chat
    await chat.tells()
    in_store = chat.door.in_store
    wrong: list[tuple[object, ...]] = []
    for question in [*OF_THE_CHAT, *OF_THE_CHAPTERS, *PICTURES, *ASKED_AGAIN, *CHANGED]:
        for said, first in CONTROLS.items():
            await in_store.write(partial(at, question))
            turn = await chat.talk.turn(said)
            chat.said.append(said)
            wrong += [(question, said, hard) for hard in hard_to_read(turn, chat.said)]
            heard = [reply["key"] for reply in turn["replies"]]
            last = "ask_entry_again" if question == f"{AGAIN}entry" else question
            last = last.replace(AGAIN, "ask_").partition(":")[0]
            last = f"{last}_again" if question in CHANGED[:2] else last
            place = await in_store.read(lambda session: session.scalars(select(Place)).one())
            if heard != ([first] if first else []) + [last] or place.question != question:
                wrong.append((question, said, heard))
    tried = len(CONTROLS) * (len(OF_THE_CHAT) + len(OF_THE_CHAPTERS) + len(PICTURES))
    assert tried > 500
    assert wrong == [], (len(wrong), wrong[:12])
