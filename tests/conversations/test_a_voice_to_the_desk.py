"""What is spoken to a question of the desk, a step, an idea or a meeting counts as if it was typed.

"I heard: …" stands before the answer where there is room for it.
Where nobody writes voices down it is kept with that question; where words can be the answer, it is.
"""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.tables import Statement
from tests.conversations.brokering_desk import AtTheDesk, shared_a_hope
from tests.conversations.chat import A_PICTURE, Chat
from tests.conversations.the_desk import Desk

WORDS = "I help at the dogs’ home on Fridays."


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    file = tmp_path / "voice.ogg"
    file.write_bytes(b"OggS" + b"\0" * 60)
    (tmp_path / "dot.png").write_bytes(A_PICTURE)
    return file


async def voices(desk: AtTheDesk) -> list[tuple[str, str]]:
    """What was spoken: what it is about, and its words."""

    def read(session: Session, cause: Cause) -> list[tuple[str, str]]:
        spoken = select(Statement).where(
            Statement.person_id == cause.person_id, Statement.how == "spoken"
        )
        rows = session.scalars(spoken.order_by(Statement.id))
        return [(row.target.partition(":")[0], row.words) for row in rows]

    return await desk.does(read)


async def test_yes_and_no_to_an_outcome_and_a_step(chat: Chat, voice: Path) -> None:
    await shared_a_hope(chat)
    desk = await Desk.beside(chat)
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.speaks(voice, "Yes.", "outcome_agreed", "what_now")
    assert (await desk.outcome())[0] == "accepted"
    await desk.writes_a_step("Ring the dogs’ home.")
    await desk.comes("desk_comes_in", "ask_step")
    await chat.speaks(voice, "Yes.", "step_taken_on", "what_now")
    await chat.says("my steps", "ask_tick")
    await chat.speaks(voice, "No.", "step_not_yet", "what_now")
    await chat.says("my steps", "ask_tick")
    await chat.speaks(voice, "I did it.", "step_ticked", "what_now")
    assert await desk.steps() == [("completed", "nobody")]


async def test_what_they_think_of_an_idea(chat: Chat, voice: Path) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers", "kennel-taster")
    await chat.says("what can I have?", "option_is", "ask_option")
    await chat.speaks(voice, "I like it.", "option_is", "ask_option")
    await chat.speaks(voice, "Not sure.", "options_free", "what_now")
    assert [(choice, how) for choice, how, _ in await desk.thoughts()] == [
        ("like", "spoken"),
        ("not_sure", "spoken"),
    ]


async def test_other_words_are_asked_about_and_then_they_are_the_answer(
    chat: Chat, voice: Path
) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting()
    await chat.says("when is my meeting?", "meeting_is", "ask_come_transport")
    await chat.speaks(voice, "My sister has a red car.", "ask_heard")
    await chat.says("yes", "meeting_answer_kept", "ask_come_food")
    assert await desk.answers_about_it() == {"transport": "words"}
    await chat.speaks(voice, "Big cheese sandwiches.", "ask_heard")
    # Heard wrongly: the voice stays with the question, which is asked again.
    await chat.says("no", "heard_wrong", "ask_come_food")
    await chat.speaks(voice, "Food.", "heard_words", "ask_come_quiet")
    assert await desk.answers_about_it() == {"transport": "words", "food": "food"}
    assert await voices(desk) == [
        ("ask_come_transport", ""),
        ("ask_come_food", ""),
        ("ask_come_food", ""),
    ]


async def test_where_nobody_writes_it_down_it_stays_with_what_was_asked(
    chat: Chat, voice: Path
) -> None:
    at_the_desk = await shared_a_hope(chat)
    desk = await Desk.beside(chat)
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    # A yes or a no is asked for: the voice is kept with it, and the buttons come again.
    await chat.sends("voice", voice, "kept_voice", "ask_outcome")
    await chat.says("yes", "outcome_agreed", "what_now")
    await at_the_desk.plans_a_meeting()
    await chat.says("when is my meeting?", "meeting_is", "ask_come_transport")
    # Words can be the answer here, and so can a voice.
    await chat.sends("voice", voice, "meeting_answer_kept", "ask_come_food")
    assert await at_the_desk.answers_about_it() == {"transport": "words"}
    assert await voices(at_the_desk) == [("desk", ""), ("ask_come_transport", "")]


async def test_where_nobody_writes_it_down_it_is_asked_in_other_words_and_then_by_a_person(
    chat: Chat, voice: Path
) -> None:
    at_the_desk = await shared_a_hope(chat)
    desk = await Desk.beside(chat)
    await desk.proposes(WORDS)
    asked = await desk.comes("desk_comes_in", "ask_outcome")
    heard = []
    for _ in range(2):
        await chat.sends("voice", voice, "kept_voice", "ask_outcome")
        heard.append(chat.turns[-1]["replies"][-1]["text"])
        assert [label for label in chat.labels if "Yes" in label]
    assert len({asked, *heard}) == 3
    await chat.sends("voice", voice, "kept_voice", "offer_person")
    assert [label for label in chat.labels if "person" in label]
    # Every one of them is kept with what was asked, which is still open.
    assert await voices(at_the_desk) == [("desk", "")] * 3
    await chat.says("yes", "outcome_agreed", "what_now")


async def test_a_read_back_ends_with_a_person_too(chat: Chat, voice: Path) -> None:
    await chat.tells()
    await chat.sends("voice", voice, "kept_voice", "read_back")
    await chat.sends("photo", voice.with_name("dot.png"), "kept_photo", "read_back")
    await chat.sends("voice", voice, "kept_voice", "offer_person")
    await chat.says("yes", "explain_sharing", "ask_sharing")


async def test_what_is_being_written_down_is_no_miss(chat: Chat, voice: Path) -> None:
    await shared_a_hope(chat)
    desk = await Desk.beside(chat)
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    chat.door.reception.writes_down = True
    for _ in range(3):
        await chat.sends("voice", voice, "kept_voice", "ask_outcome")
    await chat.is_heard("Yes.", "outcome_agreed", "what_now")


async def test_deleting_what_was_spoken_takes_the_answer_that_it_was(
    chat: Chat, voice: Path
) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers", "kennel-taster")
    await chat.says("what can I have?", "option_is", "ask_option")
    await chat.speaks(voice, "My uncle is never there.", "ask_heard")
    await chat.says("yes", "option_is", "ask_option")
    assert len(await desk.thoughts()) == 1
    await chat.says("delete this", "ask_delete")
    await chat.says("yes", "deleted", "ask_option")
    assert await desk.thoughts() == []
    await desk.plans_a_meeting()
    await chat.says("when is my meeting?", "meeting_is", "ask_come_transport")
    await chat.speaks(voice, "My sister has a red car.", "ask_heard")
    await chat.says("yes", "meeting_answer_kept", "ask_come_food")
    await chat.says("delete this", "ask_delete")
    await chat.says("yes", "deleted", "ask_come_food")
    assert await desk.answers_about_it() == {}
