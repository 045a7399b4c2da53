"""Short words at an open question are the answer, or are asked about: nothing said is lost.

In: what is a control anywhere else and may be an answer, at every open question of every chapter.
Out: it is kept, or one question with a button for each meaning; and plain controls work at once.
"""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.tables import Aspiration, Place
from tests.actions.every_question import OF_THE_CHAPTERS, put_at
from tests.conversations.chat import Chat
from tests.conversations.easy_turns import hard_to_read

MAY_BE_ANSWERS = (
    *("quiet", "leave me alone", "talk to people", "everyone", "after college", "more", "2"),
    *("talk", "nobody", "pictures", "slow", "alone", "with my mum", "later", "reading", "robots"),
    *("just me", "hard work", "listen", "18", "go home", "somebody", "a break", "say hi"),
    *("my facilitator", "with my key worker", "Quiet!!"),
)
# What is typed, with mistakes too, and the first reply to it at any open question.
AT_ONCE = {
    **dict.fromkeys(("help", "hlp", "help me"), "help"),
    **dict.fromkeys(("stop", "STOP", "stp"), "stopped"),
    **dict.fromkeys(("skip", "skp", "next question please"), "left_skip"),
    **dict.fromkeys(("i don't know", "idk", "dunno"), "left_dont_know"),
    **dict.fromkeys(("private", "privat"), "left_private"),
    **dict.fromkeys(("not now",), "left_not_now"),
    **dict.fromkeys(("slower", "go slower pls", "pls go slowwer"), "now_slower"),
    **dict.fromkeys(("no pictures", "no picturs", "no pichers pls"), "now_no_pictures"),
    **dict.fromkeys(("can i talk to a person",), "asked_person"),
}
GOES_BACK = ("back", "go back", "bk")
# Each of them at every fourth question, so that all are tried at about ten.
TURNS = 4
FITS = {
    "work_when": ("after college", "tomorrow", "next week"),
    "work_with_whom": ("with my mum", "alone", "with my key worker"),
}


async def _put(chat: Chat, question: str) -> None:
    def put(session: Session) -> None:
        put_at(session, question, session.scalars(select(Aspiration.id).limit(1)).one())

    await chat.door.in_store.write(put)


async def _says(chat: Chat, said: str) -> list[str]:
    turn = await chat.talk.turn(said)
    chat.turns.append(turn)
    chat.said.append(said)
    assert hard_to_read(turn, chat.said) == []
    return [reply["key"] for reply in turn["replies"]]


async def _question(chat: Chat) -> str | None:
    place = await chat.door.in_store.read(lambda session: session.scalars(select(Place)).one())
    return place.question


async def _nothing_short_is_taken_for_a_control(chat: Chat) -> None:
    lost: list[tuple[object, ...]] = []
    asked = 0
    for place, question in enumerate(OF_THE_CHAPTERS):
        for said in MAY_BE_ANSWERS[place % TURNS :: TURNS]:
            await _put(chat, question)
            heard = await _says(chat, said)
            if heard == ["is_it_your_answer"]:
                asked += 1
                if await _question(chat) != question or len(chat.labels) > 4:
                    lost.append((question, said, "the question went away"))
                heard = await _says(chat, "yes")
            kept = [row["words"] for row in chat.turns[-1]["kept"] if row["table"] == "statement"]
            if said not in kept:
                lost.append((question, said, heard))
    assert asked > 50
    assert lost == [], (len(lost), lost[:12])


async def _plain_controls_work_at_once_at_every_open_question(chat: Chat) -> None:
    wrong: list[tuple[str, str, list[str]]] = []
    for place, question in enumerate(OF_THE_CHAPTERS):
        for said, first in list(AT_ONCE.items())[place % TURNS :: TURNS]:
            await _put(chat, question)
            heard = await _says(chat, said)
            # Left empty on purpose: kept as such; what comes next may be all that is said.
            kinds = [row["kind"] for row in chat.turns[-1]["kept"] if row["table"] == "statement"]
            if first not in heard + [f"left_{kind}" for kind in kinds]:
                wrong.append((question, said, heard))
        for said in GOES_BACK[place % len(GOES_BACK) :][:1]:
            await _put(chat, question)
            heard = await _says(chat, said)
            kept = [row for row in chat.turns[-1]["kept"] if row["table"] == "statement"]
            if kept or "is_it_your_answer" in heard:
                wrong.append((question, said, heard))
    assert wrong == [], (len(wrong), sorted({(w[1], *w[2]) for w in wrong}))


async def _a_time_where_a_time_is_asked_is_no_question_at_all(chat: Chat) -> None:
    for question, answers in FITS.items():
        for said in answers:
            await _put(chat, question)
            assert "is_it_your_answer" not in await _says(chat, said), said
            kept = [row["words"] for row in chat.turns[-1]["kept"] if row["table"] == "statement"]
            assert kept[0] == said


async def _which_it_is_can_be_tapped_typed_or_said_again(chat: Chat) -> None:
    await _put(chat, "ask_work_help")
    assert await _says(chat, "quiet") == ["is_it_your_answer"]
    assert "“quiet”" in chat.text
    await chat.taps("Stop", "stopped")
    await _put(chat, "ask_work_help")
    assert await _says(chat, "quiet") == ["is_it_your_answer"]
    assert await _says(chat, "no") == ["ask_work_help"]
    assert await _says(chat, "quiet") == ["is_it_your_answer"]
    # Said once more, it is the answer.
    assert "is_it_your_answer" not in await _says(chat, "Quiet")
    assert [row["words"] for row in chat.turns[-1]["kept"] if "words" in row] == ["Quiet"]
    await _put(chat, "ask_work_help")
    assert await _says(chat, "slow") == ["is_it_your_answer"]
    await chat.taps("slower", "now_slower", "ask_work_help")


@pytest.mark.timeout(900)
async def test_short_words_at_every_open_question(one_chat: Chat) -> None:
    """One person, put at each question in turn."""
    await one_chat.tells()
    await _nothing_short_is_taken_for_a_control(one_chat)
    await _plain_controls_work_at_once_at_every_open_question(one_chat)
    await _a_time_where_a_time_is_asked_is_no_question_at_all(one_chat)
    await _which_it_is_can_be_tapped_typed_or_said_again(one_chat)
