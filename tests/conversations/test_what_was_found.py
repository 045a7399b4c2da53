"""What was found for a hope is looked at in the chat, one at a time.

In: options that the desk sent, and a budget. Out: what the person thinks, kept with how they
said it; money as blocks and never as a sum; the question that was open comes back.
"""

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.brokering_a_hope import (
    options_of,
)
from plan_store.causes import Cause
from plan_store.tables import (
    Aspiration,
)
from tests.conversations.brokering_desk import shared_a_hope
from tests.conversations.chat import Chat


def picture(turn: dict[str, Any], key: str) -> dict[str, str]:
    (found,) = [reply["picture"] for reply in turn["replies"] if reply["key"] == key]
    return dict(found)


async def test_without_any_it_is_said_and_the_question_comes_back(chat: Chat) -> None:
    await chat.gets_ready()
    await chat.says("what can I have?", "no_options_yet", "ask_work_hope")
    await chat.says("show my options", "no_options_yet", "ask_work_hope")


async def test_one_at_a_time_and_each_is_kept_as_it_was_said(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers", "kennel-taster", "job-coach")
    turn = await chat.says("what can I have?", "option_is", "ask_option")
    assert "Idea 1 of 3: Millbrook Dog Walkers." in chat.text
    assert "Where: Millbrook. It is free. What do you think of it?" in chat.text
    assert picture(turn, "option_is")["description"] == "Two hands hold each other."
    turn = await chat.taps("I like it", "option_is", "ask_option")
    assert "Idea 2 of 3: Try work at Highfield Kennels." in chat.text
    assert "nobody has said yes to the money yet" in chat.text
    await chat.taps("I am not sure", "option_is", "ask_option")
    await chat.says("only if my sister can come too", "options_free", "what_now")
    assert await desk.thoughts() == [
        ("like", "tapped", "👍 I like it"),
        ("not_sure", "tapped", "🤷 I am not sure"),
        ("words", "typed", "only if my sister can come too"),
    ]

    def turn_of(session: Session, cause: Cause) -> str:
        mine = select(Aspiration.whose_turn).where(
            Aspiration.person_id == cause.person_id, Aspiration.kind == "hope"
        )
        return session.scalars(mine).one()

    assert await desk.does(turn_of) == "facilitator"


async def test_in_the_middle_of_a_question_it_comes_back(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers")
    await chat.says("I want to talk about my home", "home.opens", "talk_or_sort")
    await chat.says("talk", "home_hope")
    await chat.says("show me my options", "option_is", "ask_option")
    await chat.says("help", "help", "ask_option")
    assert "Idea 1 of 1" not in chat.text
    await chat.says("say it again", "option_is", "ask_option")
    await chat.says("i love it", "options_free", "home_hope")


async def test_skip_is_shown_again_and_not_now_leaves_it_for_another_day(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers", "supported-internship")
    await chat.says("show my options", "option_is", "ask_option")
    await chat.says("skip", "option_is", "ask_option")
    await chat.says("not now", "left_not_now", "what_now")
    assert [choice for choice, _, _ in await desk.thoughts()] == ["skip"]
    await chat.says("show my options")
    assert "Idea 1 of 2" in chat.text
    await chat.says("no", "option_is", "ask_option")
    await chat.says("yes", "options_free", "what_now")
    await chat.says("show my options", "options_free")
    await chat.taps("Look again", "option_is", "ask_option")
    await chat.says("yes", "option_is", "ask_option")
    await chat.says("no", "options_free", "what_now")
    assert [choice for choice, _, _ in await desk.thoughts()] == [
        *("skip", "dislike", "like"),
        *("like", "dislike"),
    ]


async def test_money_is_blocks_and_never_a_sum(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.has_money(48_00)
    await desk.sends("job-coach")
    await chat.says("show my options", "option_is", "ask_option")
    turn = await chat.says("yes", "options_fit_not_agreed", "what_now")
    assert "Nobody has said yes to the money yet." in chat.text
    assert picture(turn, "options_fit_not_agreed") == {
        "symbol": "blocks_5_5_0",
        "description": "Ten blocks are your money: 5 are full and 5 are empty.",
    }
    for said in chat.turns:
        for reply in said["replies"]:
            assert "£" not in reply["text"]
            assert not re.search(r"\b(48|24|1248|2496)\b", reply["text"])


async def test_over_the_money_it_stays_a_hope_with_a_smallest_step(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.has_money(20_00, agreed=True)
    await desk.sends("job-coach", step="You can go and see the dogs one time.")
    await chat.says("show my options", "option_is", "ask_option")
    turn = await chat.says("yes", "options_over_step", "what_now")
    assert "It is still your hope." in chat.text
    assert "You can start small: “You can go and see the dogs one time.”" in chat.text
    assert picture(turn, "options_over_step")["symbol"] == "blocks_10_0_2"


async def test_who_wants_no_pictures_gets_the_same_in_words(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await chat.says("no pictures")
    await desk.has_money(48_00, agreed=True)
    await desk.sends("job-coach")
    await chat.says("show my options", "option_is", "ask_option")
    turn = await chat.says("yes", "options_fit", "what_now")
    assert [reply["picture"] for reply in turn["replies"]] == [None, None]
    assert "fits your money" in chat.text


async def test_an_idea_that_was_taken_out_meanwhile_is_said_to_be_gone(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers")
    await chat.says("show my options", "option_is", "ask_option")

    def take_out(session: Session, cause: Cause) -> None:
        mine = select(Aspiration.id).where(
            Aspiration.person_id == cause.person_id, Aspiration.kind == "hope"
        )
        for option in options_of(session, session.scalars(mine).one()):
            option.state = "left"

    await desk.does(take_out)
    await chat.says("yes", "option_gone", "what_now")
    assert await desk.thoughts() == []


async def test_a_person_is_one_tap_away_and_the_idea_waits(chat: Chat) -> None:
    desk = await shared_a_hope(chat)
    await desk.sends("dog-walkers")
    await chat.says("show my options", "option_is", "ask_option")
    assert "🙋 Ask a person" in chat.labels
    await chat.taps("Ask a person", "asked_person", "ask_option")
    await chat.says("show my options", "option_is", "ask_option")
