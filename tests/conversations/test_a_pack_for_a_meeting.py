"""A pack for a meeting, made in the chat: each hope, picture and voice is asked about by itself."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.making_a_pack import packed
from plan_store.meeting_up import LASTS, meetings_to_come, next_meeting
from plan_store.tables import Attachment, now
from tests.conversations.brokering_desk import AtTheDesk, shared_a_hope
from tests.conversations.chat import A_PICTURE, Chat

DOGS = "I want to work with dogs."


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    file = tmp_path / "voice.ogg"
    file.write_bytes(b"OggS" + b"\0" * 60)
    return file


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "picture.png"
    file.write_bytes(A_PICTURE)
    return file


async def in_the_pack(desk: AtTheDesk) -> list[tuple[str, list[str]]]:
    """The words of each hope in the pack of the next meeting, and what of it may be shown."""

    def read(session: Session, cause: Cause) -> list[tuple[str, list[str]]]:
        meeting = next_meeting(session, cause.person_id)
        assert meeting is not None
        return [
            (each.statement.words, [kept.attachment.kind for kept in each.shown])
            for each in packed(session, meeting)
        ]

    return await desk.does(read)


async def said_with_a_voice(chat: Chat, voice: Path, picture: Path) -> AtTheDesk:
    """A shared hope, spoken, with a picture of what helps."""
    await chat.gets_ready()
    await chat.speaks(voice, DOGS, "ask_heard")
    await chat.says("yes", "kept_words", "ask_work_help")
    await chat.sends("photo", picture, caption="my sister Jo")
    for _ in range(3):
        await chat.says("skip")
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.shares()
    chat.said += ["Millbrook Library", "Ann"]

    def files_are_here(session: Session, cause: Cause) -> None:
        for each in session.scalars(
            select(Attachment).where(Attachment.person_id == cause.person_id)
        ):
            each.state = "kept"

    desk = AtTheDesk(chat)
    await desk.does(files_are_here)
    await desk.plans_a_meeting()
    return desk


async def test_each_thing_is_asked_about_and_only_a_yes_is_one(
    chat: Chat, voice: Path, picture: Path
) -> None:
    desk = await said_with_a_voice(chat, voice, picture)
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    assert f"Your hope: “{DOGS}”" in chat.text
    await chat.taps("Yes, show it", "pack_in", "ask_pack_voice")
    assert await in_the_pack(desk) == [(DOGS, [])]
    await chat.says("I don't know", "left_dont_know", "ask_pack_picture")
    assert "You sent a picture with “my sister Jo”" in chat.text
    await chat.says("yes", "pack_in", "ask_pack_done_one")
    assert "Ann can show it at your meeting." in chat.text
    await chat.taps("It is right", "pack_kept", "what_now")
    assert await in_the_pack(desk) == [(DOGS, ["photo"])]


async def test_own_words_are_no_permission_and_help_keeps_the_question(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting()
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    await chat.says("my dog has brown ears", "did_not_catch", "ask_pack_hope")
    await chat.says("help", "help", "ask_pack_hope")
    await chat.says("who sees this?")
    assert chat.turns[-1]["replies"][-1]["key"] == "ask_pack_hope"
    assert await in_the_pack(desk) == []
    await chat.says("no", "pack_is_empty", "what_now")
    assert await in_the_pack(desk) == []


async def test_it_is_taken_back_in_one_tap_and_asked_anew(
    chat: Chat, voice: Path, picture: Path
) -> None:
    desk = await said_with_a_voice(chat, voice, picture)
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    for then in ("ask_pack_voice", "ask_pack_picture", "ask_pack_done_one"):
        await chat.taps("Yes, show it", "pack_in", then)
    assert await in_the_pack(desk) == [(DOGS, ["voice", "photo"])]
    await chat.taps("It is right", "pack_kept", "what_now")
    # An old button works until the meeting, whatever is talked about by then.
    await chat.says('{"tap": "↩️ Take it back"}', "pack_is_back")
    assert await in_the_pack(desk) == []
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    await chat.taps("Yes, show it", "pack_in", "ask_pack_voice")
    assert await in_the_pack(desk) == [(DOGS, [])]
    await chat.taps("No, keep it back", "pack_out", "ask_pack_picture")
    await chat.taps("No, keep it back", "pack_out", "ask_pack_done_one")
    await chat.taps("Change my pack", "pack_begins", "ask_pack_hope")
    await chat.taps("No, keep it back", "pack_is_empty", "what_now")


async def test_a_yes_holds_for_one_meeting_and_not_the_next(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting(in_days=1)
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    await chat.taps("Yes, show it", "pack_in", "ask_pack_done_one")
    await chat.says("yes", "pack_kept", "what_now")
    assert len(await in_the_pack(desk)) == 1
    # The pack comes first, also where nothing was said yet about what helps; and it can be.
    await chat.says("my meeting", "meeting_is", "ask_pack_done_one")
    await chat.says("more", "ask_pack_done_one")
    await chat.taps("What helps me", "meeting_is", "ask_come_transport")
    await chat.says("not now", "left_not_now", "what_now")
    await chat.says("show my pack", "meeting_is", "ask_pack_done_one")
    await chat.taps("It is right", "pack_kept", "what_now")

    def is_over(session: Session, cause: Cause) -> None:
        meeting = next_meeting(session, cause.person_id)
        assert meeting is not None
        meeting.begins_at = now() - LASTS

    await desk.does(is_over)
    await desk.plans_a_meeting(in_days=7)
    assert await in_the_pack(desk) == []
    # The old button is about the meeting that is over.
    await chat.says('{"tap": "↩️ Take it back"}', "pack_is_back")
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")


async def test_what_is_private_is_not_offered_and_leaves_the_pack(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting()
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    await chat.taps("Yes, show it", "pack_in", "ask_pack_done_one")
    await chat.says("yes", "pack_kept", "what_now")
    assert len(await in_the_pack(desk)) == 1
    await chat.says("stop all sharing")
    assert await in_the_pack(desk) == []
    await chat.says('{"tap": "📄 Make my pack"}', "pack_no_hope")


async def test_with_two_meetings_each_button_is_about_its_own(chat: Chat) -> None:
    """A yes for the later one is none for the nearer one, and is taken back there."""
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting(in_days=9)
    later = await desk.does(the_meetings)
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    # A nearer one is planned in the middle of it: the question is about the later one still.
    await desk.plans_a_meeting(in_days=2)
    nearer, *_ = await desk.does(the_meetings)
    assert await said_to(desk) == {nearer: 0, later[0]: 0}
    await chat.taps("Yes, show it", "pack_in", "ask_pack_done_one")
    assert await said_to(desk) == {nearer: 0, later[0]: 1}
    await chat.taps("Change my pack", "meeting_is", "ask_pack_hope")
    await chat.taps("Yes, show it", "pack_in", "ask_pack_done_one")
    assert await said_to(desk) == {nearer: 0, later[0]: 1}
    await chat.says('{"tap": "↩️ Take it back"}', "pack_is_back", "what_now")
    assert await said_to(desk) == {nearer: 0, later[0]: 0}


async def test_taken_back_in_words_it_is_taken_back_from_every_meeting(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    for days in (2, 9):
        await desk.plans_a_meeting(in_days=days)
        # The button under the message about this meeting.
        begins = "pack_begins" if days == 2 else "meeting_is"
        await chat.says('{"tap": "📄 Make my pack"}', begins, "ask_pack_hope")
        await chat.taps("Yes, show it", "pack_in", "ask_pack_done_one")
        await chat.taps("It is right", "pack_kept", "what_now")
    assert list((await said_to(desk)).values()) == [1, 1]
    await chat.says("do not show my pack", "pack_is_back")
    assert list((await said_to(desk)).values()) == [0, 0]


async def test_who_can_not_make_it_is_helped_with_it(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.plans_a_meeting()
    await chat.says('{"tap": "📄 Make my pack"}', "pack_begins", "ask_pack_hope")
    await chat.taps("Yes, show it", "pack_in", "ask_pack_done_one")
    await chat.taps("It is right", "pack_kept", "what_now")
    await chat.says("I can not make my pack", "meeting_is", "ask_pack_done_one")
    assert list((await said_to(desk)).values()) == [1]
    await chat.says("I can not make my pack. Do not show it", "pack_is_back", "what_now")
    assert list((await said_to(desk)).values()) == [0]


def the_meetings(session: Session, cause: Cause) -> list[int]:
    return [meeting.id for meeting in meetings_to_come(session, cause.person_id)]


async def said_to(desk: AtTheDesk) -> dict[int, int]:
    """How many hopes are in the pack of each meeting."""

    def read(session: Session, cause: Cause) -> dict[int, int]:
        to_come = meetings_to_come(session, cause.person_id)
        return {meeting.id: len(packed(session, meeting)) for meeting in to_come}

    return await desk.does(read)
