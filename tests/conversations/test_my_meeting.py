"""A meeting is prepared in the chat, and afterwards it asks whether they were heard."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.receiving import Came
from bot.terminal.talking import DOOR
from plan_store.causes import Cause
from plan_store.meeting_up import ask_how_it_was
from plan_store.tables import (
    Call,
    Meeting,
    MeetingAnswer,
    Outgoing,
    now,
)
from tests.conversations.brokering_desk import shared_a_hope
from tests.conversations.chat import Chat


async def test_a_meeting_is_prepared_one_question_at_a_time(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await chat.says("when is my meeting?", "no_meeting")
    await desk.plans_a_meeting()
    await chat.says("when is my meeting?", "meeting_is", "ask_come_transport")
    assert "Where: Millbrook Library." in chat.text
    assert "Question 1 of 5." in chat.text
    await chat.taps("Take me there", "meeting_answer_kept", "ask_come_food")
    await chat.says("halal sandwiches", "meeting_answer_kept", "ask_come_quiet")
    await chat.says("I don't know", "meeting_answer_kept", "ask_come_breaks")
    await chat.says("skip", "meeting_answer_kept", "ask_come_who")
    await chat.says("my sister and Joe", "meeting_kept", "ask_pack")
    await chat.taps("No pack", "pack_not_wanted", "what_now")
    assert await desk.answers_about_it() == {
        "transport": "taken",
        "food": "words",
        "quiet": "not_sure",
        "breaks": "skip",
        "who": "words",
    }
    await chat.says("my meeting", "meeting_is", "ask_pack")
    await chat.taps("Say it again", "meeting_is", "ask_come_transport")
    await chat.taps("by myself", "meeting_answer_kept", "ask_come_food")
    await chat.says("not now", "left_not_now", "what_now")
    assert (await desk.answers_about_it())["transport"] == "own"


async def test_afterwards_three_faces_and_the_answer_is_kept(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting(in_days=-1)
    noon = now().replace(hour=12)

    def ask(session: Session, _cause: Cause) -> int:
        return ask_how_it_was(session, noon)

    def at_night(session: Session, _cause: Cause) -> int:
        return ask_how_it_was(session, noon.replace(hour=23))

    def before_that(session: Session, cause: Cause) -> None:
        # Meetings of others in this store were asked about by their own tests.
        others = update(Meeting).where(Meeting.person_id != cause.person_id)
        session.execute(others.values(asked_at=noon))

    await desk.does(before_that)
    assert await desk.does(at_night) == 0
    assert await desk.does(ask) == 1
    assert await desk.does(ask) == 0

    def sent(session: Session, cause: Cause) -> list[str]:
        mine = select(Outgoing.key).where(
            Outgoing.person_id == cause.person_id, Outgoing.key == "meeting_was"
        )
        return list(session.scalars(mine))

    assert await desk.does(sent) == ["meeting_was"]
    await chat.says('{"tap": "🙁 No, they did not"}', "meeting_not_heard")
    assert await desk.answers_about_it() == {"heard": "not_heard"}

    def calls(session: Session, cause: Cause) -> int:
        return len(session.scalars(select(Call.id).where(Call.person_id == cause.person_id)).all())

    assert await desk.does(calls) == 1
    await chat.says('{"tap": "😀 Yes, they did"}', "meeting_heard")
    assert await desk.answers_about_it() == {"heard": "heard"}


async def test_an_old_face_answers_for_the_meeting_it_asked_about(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    noon = now().replace(hour=12)
    for days in (-3, -1):
        await desk.plans_a_meeting(in_days=days)

    def ask(session: Session, cause: Cause) -> list[int]:
        others = update(Meeting).where(Meeting.person_id != cause.person_id)
        session.execute(others.values(asked_at=noon))
        assert ask_how_it_was(session, noon) == 2
        mine = select(Meeting.id).where(Meeting.person_id == cause.person_id)
        return list(session.scalars(mine.order_by(Meeting.begins_at)))

    first, second = await desk.does(ask)

    def faces(session: Session, cause: Cause) -> dict[int, int]:
        mine = select(Outgoing).where(
            Outgoing.person_id == cause.person_id, Outgoing.key == "meeting_was"
        )
        return {row.filling["meeting"]["meeting"]: row.id for row in session.scalars(mine)}

    replies = await desk.does(faces)

    async def taps(meeting: int, face: int, hears: str) -> None:
        behind = {"behind": f"{replies[meeting]}.{face}"}
        came = Came(
            DOOR, chat.talk._name, f"t:{meeting}:{face}", "tap", how="tapped", details=behind
        )
        turn = await chat.talk.brings(came, "")
        assert turn["replies"][0]["key"] == hears

    await taps(second, 0, "meeting_heard")
    await taps(first, 2, "meeting_not_heard")

    def read(session: Session, cause: Cause) -> dict[int, str]:
        mine = select(MeetingAnswer).where(MeetingAnswer.person_id == cause.person_id)
        return {row.meeting_id: row.choice for row in session.scalars(mine)}

    assert await desk.does(read) == {first: "not_heard", second: "heard"}
