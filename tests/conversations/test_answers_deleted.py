"""What was typed or tapped about an idea or a meeting is deleted by itself, and is gone everywhere.

The question is open again; the desk sees that something was deleted, and no word of it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.alerting import Noticed, raise_alert
from plan_store.catalogue_rules import read_catalogue_rules
from plan_store.causes import Cause
from plan_store.meeting_up import meetings_of
from plan_store.reading_the_brokerage import OptionSeen, read_brokerage
from plan_store.tables import Alert, Incoming, MeetingAnswer
from plan_store.the_time_here import today
from tests.conversations.brokering_desk import AtTheDesk, shared_a_hope
from tests.conversations.chat import Chat
from tests.plan_store.a_full_hope import words_left

THOUGHT = "My uncle Zebedee is never there"
RIDE = "My sister Zelda has a red car"


async def first_idea(desk: AtTheDesk) -> OptionSeen:
    def read(session: Session, cause: Cause) -> OptionSeen:
        rules = read_catalogue_rules()
        (hope,) = read_brokerage(session, cause.person_id, rules, today()).hopes
        return hope.options[0]

    return await desk.does(read)


async def deleted_of_the_meeting(desk: AtTheDesk) -> list[str]:
    def read(session: Session, cause: Cause) -> list[str]:
        (meeting,) = meetings_of(session, cause.person_id)
        return sorted(meeting.deleted)

    return await desk.does(read)


def left(chat: Chat, words: str) -> list[str]:
    """Where these words stand, in every sealed column of every row."""
    return list(words_left(chat.door.in_store.store, words))


async def test_a_thought_that_was_typed(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers", "kennel-taster")
    await chat.says("what can I have?", "option_is", "ask_option")
    await chat.says(THOUGHT, "option_is", "ask_option")
    await chat.says("delete this", "ask_delete_answer")
    assert THOUGHT in chat.text
    await chat.says("yes", "deleted", "ask_option")
    assert await desk.thoughts() == []
    assert left(chat, THOUGHT) == []
    idea = await first_idea(desk)
    assert (idea.thoughts, idea.deleted_at is not None) == ((), True)
    await chat.says("no", "options_none_liked", "what_now")
    # The first one is open again.
    await chat.says("what can I have?", "option_is", "ask_option")
    assert "Idea 1 of 2" in chat.text


async def test_an_answer_about_a_meeting_that_was_typed(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting()
    await chat.says("when is my meeting?", "meeting_is", "ask_come_transport")
    await chat.says(RIDE, "meeting_answer_kept", "ask_come_food")
    await chat.says("take that back", "ask_delete_answer")
    assert RIDE in chat.text
    await chat.taps("No, keep it", "not_deleted", "ask_come_food")
    assert await desk.answers_about_it() == {"transport": "words"}
    await chat.says("delete that please", "ask_delete_answer")
    await chat.taps("Yes, delete it", "deleted", "ask_come_food")
    assert await desk.answers_about_it() == {}
    assert await deleted_of_the_meeting(desk) == ["transport"]
    assert left(chat, RIDE) == []
    # Asked again when they come back to it.
    await chat.says("my meeting", "meeting_is", "ask_come_transport")


async def test_the_older_answer_does_not_stand_again(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers")
    await chat.says("what can I have?", "option_is", "ask_option")
    await chat.taps("I like it", "options_free", "what_now")
    await chat.says("what can I have?", "options_free")
    await chat.taps("Look again", "option_is", "ask_option")
    await chat.says(THOUGHT, "options_none_liked", "what_now")
    # Nothing is asked now: what was said last is still what is meant.
    await chat.says("delete that", "ask_delete_answer")
    assert THOUGHT in chat.text
    await chat.says("yes", "deleted", "what_now")
    assert await desk.thoughts() == []
    assert left(chat, THOUGHT) == []


async def test_who_keeps_it_can_still_delete_the_hope(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers")
    await chat.says("what can I have?", "option_is", "ask_option")
    await chat.taps("I like it", "options_free", "what_now")
    await chat.says("delete that", "ask_delete_answer")
    assert "I like it" in chat.text
    await chat.says("no", "not_deleted", "what_now")
    await chat.says("delete my hope", "ask_delete")
    assert "I want to work with dogs" in chat.text
    await chat.says("yes", "deleted", "what_now")


async def test_words_about_danger_stay_and_it_is_said_before_and_after(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting()
    await chat.says("when is my meeting?", "meeting_is", "ask_come_transport")
    await chat.says(RIDE, "meeting_answer_kept", "ask_come_food")

    def noticed(session: Session, cause: Cause) -> None:
        said = session.scalars(
            select(MeetingAnswer).where(MeetingAnswer.person_id == cause.person_id)
        ).one()
        raise_alert(session, session.get_one(Incoming, said.incoming_id), Noticed("abuse", RIDE))

    await desk.does(noticed)
    await chat.says("delete this", "ask_delete_answer_but")
    assert RIDE in chat.text
    await chat.says("yes", "deleted_but", "ask_come_food")
    assert await desk.answers_about_it() == {}
    assert set(left(chat, RIDE)) == {f"alert.{Alert.words.key}", f"alert.{Alert.phrase.key}"}
