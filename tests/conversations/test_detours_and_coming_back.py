"""Beside the way and back: a helper who is there, a wish asked again, pictures, corrections."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.receiving import Came
from plan_store.inviting import find_contact
from plan_store.tables import Aspiration, Contact, Incoming, Place, Statement, WishCheck, now
from tests.conversations.chat import A_PICTURE, Chat


def whose(chat: Chat, session: Session) -> Contact:
    contact = find_contact(session, "terminal", chat.talk._name)
    assert contact is not None
    return contact


async def shares_a_hope(chat: Chat) -> None:
    """The first chapter, with a friend, shared with the facilitator."""
    await chat.gets_ready()
    await chat.taps("A job", "kept_words", "ask_work_help")
    await chat.says("skip")
    await chat.taps("With a friend")
    await chat.says("skip")
    await chat.says("skip")
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.shares()


async def another_day(chat: Chat) -> None:
    """A day goes by: what is due another day is due now."""

    def due(session: Session) -> None:
        person = whose(chat, session).person_id
        session.execute(
            update(WishCheck)
            .where(WishCheck.person_id == person)
            .values(due_at=now() - timedelta(hours=1))
        )

    await chat.door.in_store.write(due)


async def test_a_shared_wish_is_asked_again_and_a_difference_is_no_mistake(chat: Chat) -> None:
    await shares_a_hope(chat)
    await chat.says("hello", "back_again")
    await another_day(chat)
    await chat.says("hello", "back_again", "ask_hope_still")
    assert "A job”" in chat.text
    await chat.taps("This hope, still", "check_same", "what_now")
    await chat.says("hello", "back_again", "ask_work_hope.again")
    await chat.taps("To learn more", "both_are_ok", "ask_talk_about_it")
    assert "A job" in chat.turns[-1]["replies"][0]["text"]
    await chat.taps("Leave both", "both_stay", "what_now")
    await chat.says("hello", "back_again")

    def outcomes(session: Session) -> list[str | None]:
        person = whose(chat, session).person_id
        asked = select(WishCheck.outcome).where(WishCheck.person_id == person)
        return list(session.scalars(asked.order_by(WishCheck.id)))

    assert await chat.door.in_store.read(outcomes) == ["same", "different"]


async def test_a_difference_can_be_talked_about_and_is_read_back(chat: Chat) -> None:
    await shares_a_hope(chat)
    await another_day(chat)
    await chat.says("hello", "back_again", "ask_hope_still")
    await chat.taps("Something else", "both_are_ok", "ask_talk_about_it")
    await chat.taps("Talk about it", "ask_hope_again")
    await chat.says("I want to be a gardener", "kept_words", "read_back")
    assert "“I want to be a gardener”" in chat.text
    await chat.taps("Yes")


async def test_a_private_question_waits_while_somebody_is_there(chat: Chat) -> None:
    await shares_a_hope(chat)
    await chat.says("my mum is here with me", "somebody_is_here", "what_now")
    await chat.taps("Choose a part", "choose_chapter")
    await chat.taps("More", "choose_chapter")
    await chat.taps("How to help me", "support.opens", "talk_or_sort")
    await chat.taps("Talk about it", "support_talking")
    assert any("Later" in label for label in chat.labels)
    asked = []
    for _ in range(8):
        turn = await chat.says("quiet rooms help")
        asked.append(turn["replies"][-1]["key"])
        if asked[-1] == "read_back":
            break
    assert not {"support_bad_day", "support_stay_away"} & set(asked)
    helped = [s for s in chat.kept("statement") if s["words"] == "quiet rooms help"]
    assert helped
    assert all(s["helped"] for s in helped)
    await chat.says("I am on my own now", "this_waited", "support_bad_day")


async def test_a_picture_is_asked_about_in_words(chat: Chat, tmp_path: Path) -> None:
    photo = tmp_path / "p.png"
    photo.write_bytes(A_PICTURE)
    await chat.gets_ready()
    await chat.sends("photo", photo, "kept_photo", "ask_photo_words")
    await chat.says("me and my dog Rex", "kept_words", "ask_work_help")
    said = {s["target"].partition(":")[0]: s for s in chat.kept("statement")}
    assert said["picture"]["words"] == "me and my dog Rex"


async def test_what_a_computer_heard_is_asked_about(chat: Chat, tmp_path: Path) -> None:
    voice = tmp_path / "v.ogg"
    voice.write_bytes(b"OggS" + b"\0" * 60)
    await chat.gets_ready()
    turn = await chat.sends("voice", voice, "kept_voice", "ask_work_help")
    spoken = next(row for row in turn["kept"] if row["table"] == "statement")
    heard = Came(
        "terminal",
        chat.talk._name,
        f"heard:{uuid4().hex}",
        "heard",
        "I want to bake bread",
        "spoken",
        {"voice": spoken["incoming_id"], "value": "/heard"},
    )
    received = await chat.door.receive(heard)
    assert received.message_id is not None
    await chat.door.conversation.answered(received.message_id, 20)
    # What was asked came by itself; with the answer it is two turns in one look.
    chat.turns.append(await chat.talk.turn("yes"))
    replies = [reply["key"] for reply in chat.turns[-1]["replies"]]
    assert replies == ["ask_heard", "kept_words", "ask_work_help"]
    newest = [s for s in chat.kept("statement") if s["target"] == "ask_work_hope"][-1]
    assert (newest["words"], newest["replaces_id"]) == ("I want to bake bread", spoken["id"])


async def test_no_i_meant_corrects_the_answer_before(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to go to college", "kept_words", "ask_work_help")
    await chat.says("no I meant a job not college", "kept_new_words", "ask_work_help")
    older, newer = [s for s in chat.kept("statement") if s["target"] == "ask_work_hope"]
    assert newer["replaces_id"] == older["id"]


async def test_delete_this_asks_first_and_then_it_is_gone(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I hate my brother Zorro", "kept_words", "ask_work_help")
    await chat.says("delete this please", "ask_delete")
    assert "Zorro" in chat.text
    await chat.taps("No, keep it", "not_deleted", "ask_work_help")
    await chat.says("delete this please", "ask_delete")
    await chat.taps("Yes, delete it", "deleted", "ask_work_help")

    def left(session: Session) -> list[str]:
        person = whose(chat, session).person_id
        said = select(Statement.words).where(Statement.person_id == person)
        came = select(Incoming.words).where(Incoming.person_id == person)
        return [*session.scalars(said), *session.scalars(came)]

    assert not [words for words in await chat.door.in_store.read(left) if "Zorro" in words]


async def test_another_part_in_the_middle_and_back_to_where_it_was_left(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")
    await chat.says("can we talk about my big dream", "dream.opens", "dream_hope")
    await chat.says("skip")
    await chat.says("skip")
    await chat.says("skip")
    turn = await chat.says("skip")
    assert [reply["key"] for reply in turn["replies"]][-1] == "ask_work_help"


async def test_after_a_year_the_same_question_is_there(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to work with dogs", "kept_words", "ask_work_help")

    def a_year_ago(session: Session) -> None:
        contact = whose(chat, session)
        contact.heard_at = now() - timedelta(days=365)
        session.execute(
            update(Incoming)
            .where(Incoming.person_id == contact.person_id)
            .values(received_at=now() - timedelta(days=365))
        )

    await chat.door.in_store.write(a_year_ago)
    await chat.says("hello", "we_were_talking", "ask_work_help")
    assert "work and learning" in chat.text


async def test_two_hopes_in_one_answer_can_stand_in_two_parts(chat: Chat) -> None:
    await chat.gets_ready()
    turn = await chat.says("I want to be a chef and live in a flat with my friends")
    keys = [reply["key"] for reply in turn["replies"]]
    assert keys[-1] == "ask_keep_second"
    await chat.taps("Yes, keep it", "kept_second", chat_next(chat))

    def areas(session: Session) -> set[str]:
        person = whose(chat, session).person_id
        return set(
            session.scalars(select(Aspiration.life_area).where(Aspiration.person_id == person))
        )

    assert len(await chat.door.in_store.read(areas)) == 2


def chat_next(chat: Chat) -> str:
    """The question after the hope that was not answered by the hope itself."""
    parts = {s["target"] for s in chat.kept("statement")}
    return next(
        question
        for part, question in (
            ("help", "ask_work_help"),
            ("with_whom", "work_with_whom"),
            ("when", "work_when"),
        )
        if part not in parts
    )


async def test_settings_change_with_a_word(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("no pictures please", "now_no_pictures", "ask_work_hope")
    assert chat.turns[-1]["replies"][-1]["picture"] is None
    await chat.says("fewer choices please", "now_fewer_choices", "ask_work_hope")
    answers = [label for label in chat.labels if "Help" not in label and "person" not in label]
    assert len(answers) <= 3
    turn = await chat.says("go slower")
    assert [reply["key"] for reply in turn["replies"]][-1] == "ask_work_hope"
    await chat.says("I want to draw", "ask_work_help")


async def test_a_place_is_never_lost_by_tapping_json(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says(json.dumps({"tap": '/keep_that{"choice": "1"}'}))

    def place(session: Session) -> Place:
        return session.get_one(Place, whose(chat, session).person_id)

    assert (await chat.door.in_store.read(place)).question == "ask_work_hope"
