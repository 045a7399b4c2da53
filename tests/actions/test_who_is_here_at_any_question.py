"""Who is there now, said at any question: it is noted, and is the answer to nothing else."""

import pytest
from sqlalchemy import func, select

from actions.asking import AGAIN, expects
from actions.being_helped import ABOUT_OTHERS, ASKS_FOR_WORDS, ASKS_WHICH
from actions.serving import Executor
from plan_store.moving_on import move
from plan_store.opening import Store
from plan_store.putting_to_the_person import COME, DECIDING, DESK
from plan_store.tables import (
    Contact,
    DeskQuestion,
    Facilitator,
    MeetingAnswer,
    PackAnswer,
    Person,
    Place,
    Statement,
)
from tests.actions.calling_the_hands import at_the_read_back, said
from tests.actions.every_question import CHAPTERS, Asked, stand_at
from tests.actions.test_every_control_everywhere import House

ON_THEIR_OWN = (("my mum has gone", "on_my_own"), ("I am on my own", "on_my_own"))
WITH_SOMEBODY = (("im with my mum", "with_somebody"), ("my mum is here", "with_somebody"))
# They are answers here, or a yes to what is asked.
ANSWERS_HERE = ("with_somebody", "name", "ready", "settings")


@pytest.fixture
async def house(hands: Executor, store: Store, ash: Contact) -> House:
    await at_the_read_back(hands, store, ash)
    return House(hands, store, ash)


def written(store: Store) -> list[int]:
    with store.reading() as session:
        tables = (Statement, MeetingAnswer, PackAnswer)
        found = [session.scalar(select(func.count()).select_from(each)) or 0 for each in tables]
        answered = select(func.count()).where(DeskQuestion.state == "answered")
        return [*found, session.scalar(answered) or 0]


@pytest.mark.parametrize(("words", "intent"), [*ON_THEIR_OWN, *WITH_SOMEBODY])
async def test_it_is_noted_and_answers_nothing(house: House, words: str, intent: str) -> None:
    wrong = []
    for asked in house.questions:
        asks_for_it = _asks_about_others(asked)
        if expects(asked.question) in ANSWERS_HERE or asked.question.startswith(ASKS_WHICH):
            continue
        if words == "I am on my own" and asks_for_it:
            continue
        with house.store.writing() as session:
            stand_at(session, house.hope, asked)
        before = written(house.store)
        turn = await house.says(intent, asked, words)
        with house.store.reading() as session:
            here = session.scalars(select(Place.with_somebody)).one()
        right = here is (intent == "with_somebody") and written(house.store) == before
        # What is beside the way stays open.
        stays = expects(asked.question) != DECIDING or turn.after == asked.question
        if turn.odd or not right or not stays:
            wrong.append((asked.question, turn, here))
    assert not wrong, "\n".join(map(str, wrong))


def _asks_about_others(asked: Asked) -> bool:
    """There it is an answer: nothing in it says that it is of now."""
    found = CHAPTERS.with_question(asked.question)
    part = found[1].part if found else asked.question.removeprefix(AGAIN)
    who_comes = asked.question.startswith(f"{COME}who")
    return part in ABOUT_OTHERS or who_comes or asked.kind in ASKS_FOR_WORDS


async def test_a_question_of_somebody_else_is_not_answered(
    house: House, hands: Executor, store: Store, ash: Contact
) -> None:
    with store.writing() as session:
        session.add(Person(id="f" * 32))
        session.flush()
        theirs = DeskQuestion(
            person_id="f" * 32,
            kind="ask",
            click="theirs",
            facilitator_id=session.scalars(select(Facilitator.id)).first(),
            words="Which cats?",
            state="asked",
        )
        session.add(theirs)
        session.flush()
        number = theirs.id
        move(session.scalars(select(Place)).one(), DECIDING, f"{DESK}{number}")
    await said(hands, store, ash, "action_decide", "big cats")
    with store.reading() as session:
        assert session.get_one(DeskQuestion, number).state == "asked"
