"""Each control at each question there is: what is said, what is kept, and what is asked then.

Generated from what is declared (every_question.py); which hand hears a control stands in
data/rules, as the listener has it. The same, typed and in the real chat, is in
tests/conversations/test_every_control_at_every_question.py.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, select

from actions.asking import expects
from actions.serving import Executor
from plan_store.opening import Store
from plan_store.tables import Contact, History, Place
from tests.actions.calling_the_hands import at_the_read_back, call, kept, replies, the_hope
from tests.actions.every_question import (
    NEEDED,
    NOT_UNDERSTOOD,
    PARKED,
    Asked,
    every_question,
    missing,
    rules,
    stand_at,
)

RULES = rules()
LEAVING = ("skip", "dont_know", "not_now", "private")
# What is said first, and then the question comes back.
COMES_BACK: dict[str, tuple[str, ...]] = {
    "again": (),
    "simpler": (),
    "help": ("help",),
    "ask_person": ("asked_person",),
    "who_sees": ("who_sees_shared",),
    "show_plan": ("my_plan",),
}
GOES_BACK = ("we_go_back", "this_is_the_first")
# What is said where a question is left, besides left_skip and its like: by kind of question.
LEFT: dict[str, tuple[str, ...]] = {
    "desk": ("asked_back_empty", "outcome_put_off"),
    "desk_words": ("asked_back_empty", "outcome_put_off"),
    "ask_come": ("meeting_answer_kept",),
    "ask_option": ("option_kept",),
    "consent": ("consent_left",),
    "read_back": ("left_for_later",),
    "ask_which": ("left_for_later",),
    "ask_family_still": ("family_not",),
    "ask_sharing": ("shared_me",),
}
# Not knowing is one of the answers here, or shows what is to be explained.
IS_AN_ANSWER = {("sorting", "dont_know"), ("confirm", "dont_know")}
# Whether it was left, and how, stands in the history of what it is about.
STANDS_IN_THE_HISTORY = ("words", "sorting", "deciding")


@dataclass(frozen=True, slots=True)
class Turn:
    """What was answered to one control, and where the person is then."""

    heard: list[str]
    after: str | None
    parked: dict[str, Any] | None
    kept: int

    @property
    def odd(self) -> bool:
        """Nothing, too much, or as if it was not understood."""
        return not self.heard or len(self.heard) > 3 or bool(NOT_UNDERSTOOD & set(self.heard))


class House:
    """One person in one store, put at any question."""

    def __init__(self, hands: Executor, store: Store, ash: Contact) -> None:
        self.hands, self.store, self.ash = hands, store, ash
        self.hope = the_hope(store).id
        with store.writing() as session:
            self.questions = every_question(session, self.hope)
            self.missing = missing(session, self.questions)
        self.said = 0

    async def says(self, intent: str, asked: Asked, words: str = "") -> Turn:
        with self.store.writing() as session:
            stand_at(session, self.hope, asked)
        return await self.says_then(intent, words)

    async def says_then(self, intent: str, words: str = "") -> Turn:
        """Where they are now."""
        with self.store.reading() as session:
            expecting = session.scalars(select(Place.expecting)).one()
        hand = RULES.get((expecting, intent)) or RULES[None, intent]
        self.said += 1
        message = kept(self.store, self.ash, words or f"turn {self.said}: {intent}", self.said)
        said = await replies(self.hands, call(hand, message, intent))
        heard = [str(reply.get("key", reply)) for reply in said]
        with self.store.reading() as session:
            place = session.scalars(select(Place)).one()
            lines = select(func.count()).where(History.incoming_id == message)
            return Turn(heard, place.question, place.comes_back_to, session.scalar(lines) or 0)


@pytest.fixture
async def house(hands: Executor, store: Store, ash: Contact) -> House:
    await at_the_read_back(hands, store, ash)
    return House(hands, store, ash)


def test_every_kind_of_question_that_is_declared_is_tried(house: House) -> None:
    assert house.missing == set()
    assert len(house.questions) > 90


async def test_these_are_answered_and_the_question_comes_back(house: House) -> None:
    wrong = []
    for asked in house.questions:
        again = (await house.says("again", asked)).heard
        for intent, first in COMES_BACK.items():
            turn = await house.says(intent, asked)
            right = [*first, *again]
            if turn.odd or turn.heard != right or turn.after != asked.question:
                wrong.append((asked.question, intent, turn))
    assert not wrong, "\n".join(map(str, wrong))


async def test_stop_stops_and_nothing_moves(house: House) -> None:
    wrong = []
    for asked in house.questions:
        turn = await house.says("stop", asked)
        if turn.heard != ["stopped"] or turn.after != asked.question:
            wrong.append((asked.question, turn))
    assert not wrong, "\n".join(map(str, wrong))


async def test_back_goes_back(house: House) -> None:
    """Beside the way to what was open before; on it to the question before, if there is one."""
    wrong = []
    for asked in house.questions:
        turn = await house.says("back", asked)
        home = turn.after == PARKED if asked.beside else turn.after != asked.question
        first = turn.heard[:1] == ["this_is_the_first"] and turn.after == asked.question
        if turn.odd or turn.heard[0] not in GOES_BACK or not (home or first):
            wrong.append((asked.question, turn))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("intent", LEAVING)
async def test_left_it_is_said_kept_and_left(house: House, intent: str) -> None:
    """Skip, I don't know, not now and private are real answers, everywhere."""
    wrong = []
    for asked in house.questions:
        turn = await house.says(intent, asked)
        if turn.odd or not _is_left(turn, asked, intent):
            wrong.append((asked.question, turn))
    assert not wrong, "\n".join(map(str, wrong))


def _is_left(turn: Turn, asked: Asked, intent: str) -> bool:
    if asked.kind in NEEDED:
        return turn.heard[0] == NEEDED[asked.kind] and turn.after == asked.question
    expecting = expects(asked.question)
    if expecting in STANDS_IN_THE_HISTORY and not turn.kept:
        return False
    answers = asked.kind.startswith("consent") or expecting == "sorting"
    if answers and (expecting, intent) in IS_AN_ANSWER:
        return turn.kept > 0 and turn.after != asked.question
    says = {f"left_{intent}"}
    for kind, keys in LEFT.items():
        if asked.kind.startswith(kind):
            says |= set(keys)
    return turn.heard[0] in says and turn.after != asked.question
