"""Deciding together, as it reads in the chat: a hope becomes an outcome, steps, and it happens."""

from pathlib import Path

import pytest

from tests.conversations.chat import A_PICTURE, Chat
from tests.conversations.the_desk import Desk

WORDS = "I help at the dogs’ home on Fridays."


@pytest.fixture
async def desk(chat: Chat) -> Desk:
    """Sam has shared a hope and rests; Ann is at the desk."""
    await chat.gets_ready()
    await chat.taps("A job", "kept_words", "ask_work_help")
    await chat.says("skip")
    await chat.taps("With a friend")
    await chat.says("skip")
    await chat.says("skip")
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.shares()
    return await Desk.beside(chat)


async def test_it_is_asked_who_writes_and_a_yes_makes_it_hold(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    text = await desk.comes("desk_comes_in", "ask_outcome")
    assert "Ann is a person, not the computer." in text
    assert f"“{WORDS}”" in text
    assert await desk.outcome() == ("proposed", None, "person")

    await chat.says("help", "help", "ask_outcome")
    await chat.taps("Yes", "outcome_agreed", "what_now")
    assert "This is me again, the computer." in chat.text
    assert await desk.outcome() == ("accepted", "in-progress", "facilitator")


@pytest.mark.parametrize("typed", ["yes", "yes please", "that is right"])
async def test_a_typed_yes_counts_as_much_as_a_tap(chat: Chat, desk: Desk, typed: str) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says(typed, "outcome_agreed", "what_now")
    assert (await desk.outcome())[0] == "accepted"


async def test_other_words_are_theirs_and_go_to_the_desk(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.taps("Change it", "ask_outcome_words")
    await chat.says("I want to walk big dogs", "outcome_words_kept", "what_now")
    assert [row["words"] for row in chat.kept("statement")][-1] == "I want to walk big dogs"
    assert await desk.outcome() == ("proposed", None, "facilitator")

    await desk.proposes("I walk big dogs.", again=True)
    text = await desk.comes("desk_comes_in", "ask_outcome")
    assert "“I walk big dogs.”" in text
    await chat.says("yes", "outcome_agreed", "what_now")


async def test_no_asks_what_it_should_say_and_no_again_is_no(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says("no", "ask_outcome_words")
    await chat.taps("I don't want this", "outcome_refused", "what_now")
    assert (await desk.outcome())[0] == "rejected"


async def test_not_now_is_asked_another_day_when_they_come(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.taps("Not now", "outcome_put_off", "what_now")
    await chat.says("hello", "back_again")
    await desk.another_day()
    await chat.says("hello", "ask_outcome")
    await chat.says("yes", "outcome_agreed", "what_now")


async def test_new_words_for_what_was_agreed_show_both(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says("yes")
    await desk.proposes("I help at the dogs’ home on Mondays.", again=True)
    text = await desk.comes("desk_comes_in", "ask_outcome_reworded")
    assert f"You said yes to this: “{WORDS}”" in text
    await chat.says("yes", "outcome_agreed", "what_now")


async def test_an_open_question_waits_and_comes_back(chat: Chat, desk: Desk) -> None:
    await chat.says("talk about my home", "home.opens", "talk_or_sort")
    await chat.taps("Talk", "home_hope")
    await desk.proposes(WORDS)
    # They are in the middle of something: nothing comes in between.
    await chat.says("say it again", "home_hope")
    await desk.they_were_quiet()
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says("yes", "outcome_agreed", "home_hope")
    await chat.says("I want my own flat")
    assert "I want my own flat" in [row["words"] for row in chat.kept("statement")]


async def test_what_stands_behind_more_can_be_typed_to_the_desk(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says("yes")
    await chat.says("fewer choices")
    await desk.writes_a_step("Ring the dogs’ home.")
    await desk.comes("desk_comes_in", "ask_step")
    assert not any("I don't want this" in label for label in chat.labels)
    await chat.says("I do not want this", "step_not_wanted", "what_now")


async def test_what_ann_asks_is_answered_in_any_words(chat: Chat, desk: Desk) -> None:
    await desk.asks("Which dogs do you like?")
    text = await desk.comes("desk_comes_in", "ask_back")
    assert "Ann asks you: “Which dogs do you like?”" in text
    await chat.says("big ones with long hair", "asked_back_kept", "what_now")
    assert "This is me again, the computer." in chat.text
    assert await desk.questions() == [("ask", "answered", "words")]

    await desk.asks("Do you like cats?")
    await desk.comes("desk_comes_in", "ask_back")
    await chat.taps("I don't know", "asked_back_empty", "what_now")
    assert (await desk.questions())[-1] == ("ask", "answered", "dont_know")


async def test_a_picture_is_an_answer_to_a_question(chat: Chat, desk: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "dog.png"
    picture.write_bytes(A_PICTURE)
    await desk.asks("Which dogs do you like?")
    await desk.comes("desk_comes_in", "ask_back")
    await chat.sends("photo", picture, "asked_back_kept", "what_now")
    assert await desk.questions() == [("ask", "answered", "words")]
    # A yes or no it is not: that is asked for again.
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.sends("photo", picture, "kept_photo", "ask_outcome")


async def test_a_step_is_taken_on_and_ticked_by_them(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says("yes")
    await desk.writes_a_step("Ring the dogs’ home.")
    text = await desk.comes("desk_comes_in", "ask_step")
    assert "“Ring the dogs’ home.”" in text
    await chat.taps("OK, I do it", "step_taken_on", "what_now")
    assert await desk.steps() == [("not-started", "person")]

    await chat.says("my steps", "ask_tick")
    await chat.taps("Not yet", "step_not_yet", "what_now")
    await chat.says("what are my steps", "ask_tick")
    await chat.taps("I need help", "step_gets_help", "what_now")
    assert await desk.steps() == [("in-progress", "facilitator")]
    await chat.says("my steps", "ask_tick")
    await chat.says("I did it", "step_ticked", "what_now")
    assert await desk.steps() == [("completed", "nobody")]
    await chat.says("my steps", "no_steps")


async def test_whether_it_happened_is_theirs_to_say(chat: Chat, desk: Desk) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says("yes")
    await desk.says_it_is_done()
    await desk.comes("desk_comes_in", "ask_outcome_happened")
    await chat.taps("A bit", "said_happened_some", "what_now")
    assert await desk.outcome() == ("active", "improving", "facilitator")
    await desk.says_it_is_done()
    await desk.comes("desk_comes_in", "ask_outcome_happened")
    await chat.says("yes", "said_happened", "what_now")
    assert await desk.outcome() == ("completed", "achieved", "nobody")


@pytest.mark.parametrize(
    ("words", "heard", "kept"),
    [
        (
            "No, I meant the swimming club",
            ["kept_new_words", "read_back"],
            ["swimming club"],
        ),
        ("That is not what I said", ["ask_ticked"], []),
    ],
)
async def test_a_correction_right_after_a_tick_keeps_its_words(
    chat: Chat, desk: Desk, words: str, heard: list[str], kept: list[str]
) -> None:
    await desk.proposes(WORDS)
    await desk.comes("desk_comes_in", "ask_outcome")
    await chat.says("yes", "outcome_agreed", "what_now")
    await desk.writes_a_step("Ring the dogs’ home.")
    await desk.comes("desk_comes_in", "ask_step")
    await chat.says("yes", "step_taken_on", "what_now")
    await chat.says("my steps", "ask_tick")
    await chat.says("I did it", "step_ticked", "what_now")
    turn = await chat.says(words, *heard)
    assert [row["words"] for row in turn["kept"] if row["table"] == "statement"] == kept
