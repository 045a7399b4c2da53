"""What was found for a hope is looked at in the chat; and a meeting is prepared there.

In: options that the desk sent, a budget, a meeting. Out: what the person thinks, kept with how they
said it; money as blocks and never as a sum; the question that was open comes back.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.replying import fill_what_the_desk_put
from plan_store.brokering_a_hope import (
    choose_option,
    options_of,
    say_around,
    send_options,
)
from plan_store.budgeting import agree_budget, budgets_of, set_budget
from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.keeping_options import import_options
from plan_store.meeting_up import Planned, ask_how_it_was, meetings_of, plan_meeting
from plan_store.plain_words import read_lists
from plan_store.reading_options import read_file
from plan_store.tables import (
    Aspiration,
    Brokering,
    Call,
    Facilitator,
    LocalOption,
    Meeting,
    OptionAnswer,
    Outgoing,
    now,
)
from tests.conversations.chat import Chat
from tests.conversations.test_consent_is_shown import person_id
from tests.review.brokering import EXAMPLE, TODAY
from tests.review.conftest import CHEAP

T = TypeVar("T")
RULES = read_catalogue_rules()
CLICKS = iter(f"{number:032x}" for number in range(10_000, 20_000))


class AtTheDesk:
    """Ann, who works with whoever talks here."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    async def does(self, work: Callable[[Session, Cause], T]) -> T:
        def run(session: Session) -> T:
            ann = session.scalars(select(Facilitator)).first()
            if ann is None:
                key = new_desk_key(session, ("manager",))
                ann = make_account(session, key, "Ann", "ann@example.org", CHEAP)
                options = read_file(EXAMPLE.read_bytes(), RULES, read_lists(DATA), TODAY)
                import_options(session, options)
            return work(
                session, Cause.by_click(person_id(self.chat, session), ann.id, next(CLICKS))
            )

        done = await self.chat.door.in_store.write(run)
        # What the desk put is in the chat before anything else is said there.
        await self.chat.door.in_store.write(
            lambda session: fill_what_the_desk_put(session, self.chat.door.library)
        )
        await self.chat.talk.sit_down()
        return done

    async def sends(self, *codes: str, over: bool = False, step: str = "") -> None:
        """Choose these for the hope, and send them."""

        def seen(session: Session, hope: int) -> int:
            row = session.get(Brokering, hope)
            return row.version if row else 0

        def hope_of(session: Session, cause: Cause) -> int:
            mine = select(Aspiration.id).where(
                Aspiration.person_id == cause.person_id, Aspiration.kind == "hope"
            )
            return session.scalars(mine).one()

        for code in codes:

            def choose(session: Session, cause: Cause, code: str = code) -> None:
                hope = hope_of(session, cause)
                wanted = select(LocalOption.id).where(LocalOption.code == f"example-{code}")
                option = session.scalars(wanted).one()
                choose_option(session, cause, hope, seen(session, hope), option, None)

            await self.does(choose)

        def around(session: Session, cause: Cause) -> None:
            hope = hope_of(session, cause)
            say_around(session, cause, hope, seen(session, hope), "none near", step)

        await self.does(around)

        def send(session: Session, cause: Cause) -> None:
            hope = hope_of(session, cause)
            send_options(session, cause, hope, seen(session, hope), RULES, over)

        await self.does(send)

    async def has_money(self, weekly: int, *, agreed: bool = False) -> None:
        def give(session: Session, cause: Cause) -> None:
            set_budget(session, cause, 0, weekly=weekly, yearly=0, once=0, direct_payment=0)

        await self.does(give)
        if agreed:

            def agree(session: Session, cause: Cause) -> None:
                agree_budget(session, cause, budgets_of(session, cause.person_id)[0].id)

            await self.does(agree)

    async def thoughts(self) -> list[tuple[str, str, str]]:
        def read(session: Session, cause: Cause) -> list[tuple[str, str, str]]:
            mine = select(OptionAnswer).where(OptionAnswer.person_id == cause.person_id)
            rows = session.scalars(mine.order_by(OptionAnswer.id))
            return [(row.choice, row.how, row.words) for row in rows]

        return await self.does(read)

    async def plans_a_meeting(self, in_days: float = 7) -> None:
        def plan(session: Session, cause: Cause) -> None:
            at = now() + timedelta(days=in_days)
            plan_meeting(session, cause, Planned(at, "Millbrook Library", 0, 0, 0))

        await self.does(plan)

    async def answers_about_it(self) -> dict[str, str]:
        def read(session: Session, cause: Cause) -> dict[str, str]:
            (meeting,) = meetings_of(session, cause.person_id)
            return {name: answer.choice for name, answer in meeting.answers.items()}

        return await self.does(read)


async def shared_a_hope(chat: Chat) -> AtTheDesk:
    await chat.tells()
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.shares()
    # Names of places and of whoever works with them, which no list of easy words has.
    options = read_file(EXAMPLE.read_bytes(), RULES, read_lists(DATA), TODAY)
    chat.said += [*(f"{each.title} {each.place}" for each in options), "Ann"]
    return AtTheDesk(chat)


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
    await chat.says("my sister and Joe", "meeting_kept", "what_now")
    assert await desk.answers_about_it() == {
        "transport": "taken",
        "food": "words",
        "quiet": "not_sure",
        "breaks": "skip",
        "who": "words",
    }
    await chat.says("my meeting", "meeting_is")
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
