"""One picture changed among many, somebody to stay away from, and the time of a second hope."""

from functools import partial

from sqlalchemy.orm import Session

from plan_store.keeping_words import parts_now
from tests.conversations.chat import Chat
from tests.conversations.test_nothing_gets_stuck_or_lost import (
    agrees_and_keeps_private,
    stands_at,
)


async def test_one_picture_is_changed_and_the_others_stay(chat: Chat) -> None:
    await agrees_and_keeps_private(chat)
    await chat.says("I want to talk about how to help me", "support.opens", "talk_or_sort")
    sorting = chat.door.library.chapters["support"].sorting
    assert sorting is not None
    await chat.taps("Sort pictures")
    await chat.says("😍")
    await chat.taps("I like it")
    for _ in sorting.cards[2:]:
        turn = await chat.taps("I don't like it")
    assert turn["replies"][-1]["key"] == "read_back_pictures"
    assert "You like: “Pictures, More time”" in chat.text
    # A few at a time: no message is longer than the others.
    await chat.taps("Yes", "read_back_pictures")
    assert f"{sorting.cards[-1].label}”" in chat.text
    assert "You like" not in chat.text
    await chat.taps("Change it", "ask_which_picture")
    await chat.taps("More time", "support.more_time")
    await chat.taps("not sure", "read_back_pictures")
    assert "You like: “Pictures”" in chat.text
    assert "You are not sure: “More time”" in chat.text
    for _ in range(2):
        await chat.says("yes", "read_back_pictures")
    await chat.says("yes", "ask_sharing_again")


async def test_somebody_to_stay_away_from_a_person_can_talk_about_it(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.door.in_store.write(partial(stands_at, chat, "support", "support_stay_away"))
    await chat.says("say it again", "support_stay_away")
    turn = await chat.says("yes")
    assert turn["replies"][0]["key"] == "person_can_talk"
    assert any("Ask a person" in label for label in chat.labels)


async def test_the_time_of_a_second_hope_is_not_the_firsts(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("I want to work in a shop and I want to live in my own flat next year")
    assert chat.turns[-1]["replies"][-1]["key"] == "ask_keep_second"
    await chat.taps("No")
    asked = []
    for _ in range(5):
        asked.append(chat.turns[-1]["replies"][-1]["key"])
        await chat.says("skip")
    assert "work_when" in asked


async def test_what_is_corrected_after_two_hopes_is_the_one_that_was_asked_for(chat: Chat) -> None:
    await chat.gets_ready()
    both = "I want to work with animals and live in my own flat"
    await chat.says(both, "kept_words", "ask_keep_second")
    await chat.says("yes", "kept_second", "ask_work_help")
    await chat.says("no I meant horses", "kept_new_words", "ask_work_help")
    work, home = (row["id"] for row in chat.kept("aspiration"))

    def hopes(session: Session) -> list[str]:
        return [parts_now(session, item)["hope"].words for item in (work, home)]

    assert await chat.door.in_store.read(hopes) == ["horses", both]


async def test_that_it_is_wrong_is_no_answer_by_itself(chat: Chat) -> None:
    """It says what is not so; what is so is asked for, and the words before it stay meanwhile."""
    await chat.gets_ready()
    await chat.says("I want to work with hoses", "kept_words", "ask_work_help")
    await chat.says("you got it wrong", "we_go_back", "ask_work_hope")
    await chat.says("I want to work with horses", "kept_words", "ask_work_help")
    assert "you got it wrong" not in [row["words"] for row in chat.kept("statement")]
