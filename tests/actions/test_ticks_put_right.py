"""A wrong tick can be put right by whoever made it; what rests, ended or went is not asked."""

import pytest
from sqlalchemy import select, update

from actions.serving import Executor
from plan_store.brokering_a_hope import NotReady, choose_option, send_options
from plan_store.catalogue_rules import read_catalogue_rules
from plan_store.causes import Cause
from plan_store.looking_at_options import not_looked_at
from plan_store.opening import Store
from plan_store.proposing_outcomes import rest_or_go_on
from plan_store.putting_to_the_person import COME, OPTION, TICK
from plan_store.tables import (
    Aspiration,
    Brokering,
    Contact,
    DeskQuestion,
    Facilitator,
    HopeOption,
    LocalOption,
    Meeting,
    Outcome,
    Place,
    Step,
    now,
)
from tests.actions.calling_the_hands import at_the_read_back, said, the_hope
from tests.actions.every_question import Asked, every_question, stand_at

DECIDE, STEPS, BACK = "action_decide", "action_my_steps", "action_go_back"
CLICKS = iter(f"{number:032x}" for number in range(1, 100))


class House:
    """Everything is asked of Ash; the outcome is agreed to."""

    def __init__(self, hands: Executor, store: Store, ash: Contact) -> None:
        self.hands, self.store, self.ash = hands, store, ash
        self.hope = the_hope(store).id
        with store.writing() as session:
            self.asked = {each.kind: each for each in every_question(session, self.hope)}
            self.step = self.asked["tick"]
            session.scalars(select(Outcome)).one().status = "accepted"

    def stands_at(self, asked: Asked) -> None:
        with self.store.writing() as session:
            stand_at(session, self.hope, asked)

    def rests(self) -> None:
        """Nothing is asked."""
        with self.store.writing() as session:
            stand_at(session, self.hope, self.step)
            session.execute(
                update(Place).values(question=None, expecting="nothing", comes_back_to=None)
            )

    def of_ann(self) -> Cause:
        with self.store.reading() as session:
            ann = session.scalars(select(Facilitator.id)).one()
        return Cause.by_click(self.ash.person_id, ann, next(CLICKS))

    async def says(self, hand: str, words: str, intent: str = "tell", **more: str) -> list[str]:
        return await said(self.hands, self.store, self.ash, hand, words, intent=intent, **more)

    def status(self) -> str:
        with self.store.reading() as session:
            return session.scalars(select(Step.status)).one()

    def question(self) -> str | None:
        with self.store.reading() as session:
            return session.scalars(select(Place.question)).one()


@pytest.fixture
async def house(hands: Executor, store: Store, ash: Contact) -> House:
    await at_the_read_back(hands, store, ash)
    return House(hands, store, ash)


@pytest.mark.parametrize(
    ("hand", "intent"),
    [(BACK, "back"), ("action_what_now", "deny"), ("action_correct_earlier", "correct")],
)
async def test_right_after_it_back_or_no_asks_about_the_tick_again(
    house: House, hand: str, intent: str
) -> None:
    house.rests()
    assert await house.says(STEPS, "my steps", "my_steps") == ["ask_tick"]
    assert await house.says(DECIDE, "done", "choose", choice="did") == ["step_ticked", "what_now"]
    assert house.status() == "completed"
    assert await house.says(hand, "no I did not", intent) == ["ask_ticked"]
    assert house.status() == "completed"
    heard = await house.says(DECIDE, "not yet", "choose", choice="not_yet")
    assert heard == ["step_unticked", "what_now"]
    assert house.status() == "in-progress"
    assert await house.says(STEPS, "steps again", "my_steps") == ["ask_tick"]


async def test_a_tick_of_another_day_is_found_behind_my_steps(house: House) -> None:
    house.rests()
    await house.says(STEPS, "my steps", "my_steps")
    await house.says(DECIDE, "done", "choose", choice="did")
    await house.says("action_small_talk", "thanks", "thanks")
    # "Back" is about the tick only right after it.
    assert await house.says(BACK, "go back", "back") == ["what_now"]
    assert await house.says(STEPS, "steps", "my_steps") == ["no_steps"]
    heard = await house.says(STEPS, "a tick is wrong", "my_steps", choice="completed")
    assert heard == ["ask_ticked"]
    heard = await house.says(DECIDE, "I need help", "choose", choice="need_help")
    assert heard == ["step_gets_help", "what_now"]
    assert house.status() == "in-progress"


@pytest.mark.parametrize(
    ("choice", "says"), [("did", "step_stays_ticked"), ("words", "step_words_kept")]
)
async def test_what_is_right_stays_ticked(house: House, choice: str, says: str) -> None:
    house.rests()
    await house.says(STEPS, "my steps", "my_steps")
    await house.says(DECIDE, "done", "choose", choice="did")
    await house.says(STEPS, "a tick is wrong", "my_steps", choice="completed")
    more = {"choice": choice} if choice == "did" else {}
    heard = await house.says(DECIDE, "it was fun", "choose" if more else "tell", **more)
    assert (heard[0], house.status()) == (says, "completed")


async def test_a_step_of_what_rests_waits_until_it_goes_on(house: House) -> None:
    house.rests()
    with house.store.writing() as session:
        hope = session.get_one(Aspiration, house.hope)
        session.execute(update(DeskQuestion).values(state="waiting"))
        outcome = session.scalars(select(Outcome.id)).one()
        rest_or_go_on(session, house.of_ann(), hope.id, hope.version, outcome)
    states = select(DeskQuestion.state).where(DeskQuestion.kind == "step")
    with house.store.reading() as session:
        assert session.scalars(states).one() == "withdrawn"
    with house.store.writing() as session:
        hope = session.get_one(Aspiration, house.hope)
        rest_or_go_on(session, house.of_ann(), hope.id, hope.version, outcome)
    with house.store.reading() as session:
        assert session.scalars(states).one() == "waiting"


@pytest.mark.parametrize(
    ("kind", "says"), [("desk", "that_changed"), ("ask_option", "option_gone"), (COME, "meeting")]
)
async def test_what_is_over_is_left_and_not_asked_again(house: House, kind: str, says: str) -> None:
    asked = next(each for name, each in house.asked.items() if name.startswith(kind))
    house.stands_at(asked)
    with house.store.writing() as session:
        session.execute(update(DeskQuestion).values(state="withdrawn"))
        session.execute(update(LocalOption).values(ended_at=now()))
        session.execute(update(Meeting).values(state="cancelled"))
    heard = await house.says("action_say_again", "again", "again")
    assert heard[0].startswith(says)
    assert heard[1:] == ["ask_work_help"]


async def test_an_option_that_is_sent_once_more_is_shown_once_more(house: House) -> None:
    asked = house.asked["ask_option"]
    house.stands_at(asked)
    heard = await house.says(DECIDE, "I like it", "choose", choice="like")
    assert heard[0] == "option_kept"
    person = house.ash.person_id
    with house.store.writing() as session:
        assert not_looked_at(session, person) == []
        option = session.get_one(HopeOption, int(asked.question.removeprefix(OPTION)))
        option.state = "left"
        session.flush()
        local = option.local_option_id
        choose_option(session, house.of_ann(), house.hope, 0, local, None)
        rules = read_catalogue_rules()
        session.flush()
        seen = session.get_one(Brokering, house.hope).version
        # Its kind is free: nothing else has to be said.
        assert send_options(session, house.of_ann(), house.hope, seen, rules, over=False)
        assert [each.id for each in not_looked_at(session, person)] == [option.id]


async def test_what_is_offered_no_more_is_not_sent(house: House) -> None:
    house.stands_at(house.asked["ask_option"])
    with house.store.writing() as session:
        session.execute(update(HopeOption).values(state="considered", sent_at=None))
        session.execute(update(LocalOption).values(ended_at=now()))
    with (
        house.store.writing() as session,
        pytest.raises(NotReady, match="offered_no_more"),
    ):
        send_options(session, house.of_ann(), house.hope, 0, read_catalogue_rules(), over=False)


async def test_a_detour_from_what_the_desk_asks_comes_back_to_it(house: House) -> None:
    """From an idea to "my steps" and back to the idea, and from there to what was open first."""
    house.stands_at(house.asked["ask_option"])
    assert await house.says(STEPS, "my steps", "my_steps") == ["ask_tick"]
    heard = await house.says(DECIDE, "not yet", "choose", choice="not_yet")
    assert heard == ["step_not_yet", "option_is", "ask_option"]
    heard = await house.says(DECIDE, "later", "not_now")
    assert heard == ["left_not_now", "ask_work_help"]


async def test_with_my_mum_is_who_comes_along_and_not_who_is_here(house: House) -> None:
    who = next(each for name, each in house.asked.items() if name == f"{COME}who")
    house.stands_at(who)
    heard = await house.says("action_who_is_here", "with my mum", "with_somebody")
    assert heard[0] == "meeting_answer_kept"
    with house.store.reading() as session:
        assert session.scalars(select(Place.with_somebody)).one() is None
    house.stands_at(who)
    heard = await house.says("action_who_is_here", "my mum is here", "with_somebody")
    assert heard == ["somebody_is_here", "ask_come_who"]


async def test_my_steps_at_a_step_begins_anew_and_is_not_come_back_to(house: House) -> None:
    house.stands_at(house.step)
    assert await house.says(STEPS, "my steps", "my_steps") == ["ask_tick"]
    heard = await house.says(DECIDE, "done", "choose", choice="did")
    assert (heard, house.question()) == (["step_ticked", "ask_work_help"], "ask_work_help")
    assert house.step.question.startswith(TICK)
