"""What a question is about is deleted, made private or cancelled while it is open: each is tried.

Every question that is answered beside the way, as it is declared (every_question.py). Each reply is
filled as the door fills it: a reply that has a hole would stop the chat for good.
"""

import pytest
from sqlalchemy import select, update

from actions.asking import expects
from actions.serving import DATA, Executor
from bot.reading_words import read_library
from bot.words import Library
from plan_store.causes import Cause
from plan_store.making_a_pack import packed
from plan_store.meeting_up import LASTS
from plan_store.opening import Store
from plan_store.putting_to_the_person import DECIDING
from plan_store.sharing import share
from plan_store.tables import (
    Aspiration,
    Contact,
    Incoming,
    Meeting,
    PackAnswer,
    Person,
    Place,
    Statement,
    now,
)
from tests.actions.calling_the_hands import (
    at_the_first_question,
    call,
    kept,
    replies,
    said,
    the_hope,
)
from tests.actions.every_question import PARKED, Asked, every_question, rules, stand_at

RULES = rules()
HOW_MANY = 18
PACKS = range(HOW_MANY - 5, HOW_MANY)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(DATA)


class Standing:
    """One person, whose hope was the last thing they said, at one of these questions."""

    def __init__(self, hands: Executor, store: Store, ash: Contact, library: Library) -> None:
        self.hands, self.store, self.ash, self.library = hands, store, ash, library
        self.hope = the_hope(store).id
        with store.writing() as session:
            self.questions = [
                asked
                for asked in every_question(session, self.hope)
                if expects(asked.question) == DECIDING
            ]
        self.turns = 0

    def at(self, number: int) -> Asked:
        asked = self.questions[number]
        with self.store.writing() as session:
            stand_at(session, self.hope, asked)
            # After a chapter that is done nothing stands behind a question of a pack.
            session.scalars(select(Place)).one().aspiration_id = None
        return asked

    async def says(self, words: str, intent: str, **more: str) -> list[str]:
        """What is heard, each reply filled."""
        self.turns += 1
        with self.store.reading() as session:
            expecting = session.scalars(select(Place.expecting)).one()
        hand = RULES.get((expecting, intent)) or RULES[None, intent]
        message = kept(self.store, self.ash, words, self.turns)
        heard = await replies(self.hands, call(hand, message, intent, **more))
        with self.store.writing() as session:
            person, place = session.scalars(select(Person)).one(), session.scalars(select(Place))
            at = place.one()
            texts = [self.library.say(session, person, reply, at).text for reply in heard]
        assert all(texts), heard
        return [reply["key"] for reply in heard]

    def question(self) -> str | None:
        with self.store.reading() as session:
            return session.scalars(select(Place.question)).one()


@pytest.fixture
async def standing(hands: Executor, store: Store, ash: Contact, library: Library) -> Standing:
    await at_the_first_question(hands, store, ash)
    await said(hands, store, ash, "action_keep_words", "dogs")
    for number in range(4):
        await said(hands, store, ash, "action_leave_empty", f"no {number}", intent="skip")
    return Standing(hands, store, ash, library)


async def test_none_is_left_out(standing: Standing) -> None:
    assert len(standing.questions) == HOW_MANY
    assert [each.kind.startswith("ask_pack") for each in standing.questions] == [
        number in PACKS for number in range(HOW_MANY)
    ]


@pytest.mark.parametrize("number", range(HOW_MANY))
async def test_delete_this_and_yes(standing: Standing, number: int) -> None:
    asked = standing.at(number)
    assert await standing.says("delete this", "delete_this") == ["ask_delete"]
    heard = await standing.says("yes", "affirm")
    assert heard[0] == "deleted"
    with standing.store.reading() as session:
        assert "dogs" not in session.scalars(select(Statement.words)).all()
    # Of a meeting itself it is asked on: that is of no one hope.
    stays = asked.kind.startswith("ask_come")
    assert standing.question() == (asked.question if stays else PARKED), heard
    assert (await standing.says("help", "help"))[0] == "help"
    assert (await standing.says("say it again", "again"))[-1] == heard[-1]


@pytest.mark.parametrize("number", PACKS)
async def test_made_private_a_pack_is_not_asked_about(standing: Standing, number: int) -> None:
    standing.at(number)
    with standing.store.writing() as session:
        hope = session.scalars(select(Aspiration)).one()
        message = session.scalars(select(Incoming.id).limit(1)).one()
        share(session, Cause.message(hope.person_id, message), hope, "me")
    heard = await standing.says("say it again", "again")
    assert heard[0] in {"pack_gone", "pack_is_empty", "pack_no_hope"}
    assert standing.question() == PARKED


@pytest.mark.parametrize("number", range(HOW_MANY - 10, HOW_MANY))
@pytest.mark.parametrize("gone", ["meeting_gone", "meeting_over"])
@pytest.mark.parametrize("intent", ["again", "affirm"])
async def test_a_meeting_that_is_over_or_cancelled_is_not_asked_about(
    standing: Standing, number: int, gone: str, intent: str
) -> None:
    asked = standing.at(number)
    assert asked.kind.startswith(("ask_come", "ask_pack"))
    with standing.store.writing() as session:
        over = {"begins_at": now() - LASTS}
        changed = {"state": "cancelled"} if gone == "meeting_gone" else over
        session.execute(update(Meeting).values(**changed))
    assert (await standing.says("yes", intent))[0] == gone
    assert standing.question() == PARKED


@pytest.mark.parametrize("number", PACKS)
@pytest.mark.parametrize("intent", ["praise", "may_be_answer"])
async def test_praise_is_no_permission(standing: Standing, number: int, intent: str) -> None:
    asked = standing.at(number)
    with standing.store.reading() as session:
        before = len(session.scalars(select(PackAnswer)).all())
    more = {"might_be": "praise"} if intent == "may_be_answer" else {}
    heard = await standing.says("good bot", intent, **more)
    assert (heard[0], standing.question()) == ("did_not_catch", asked.question)
    with standing.store.reading() as session:
        assert len(session.scalars(select(PackAnswer)).all()) == before


WITHDRAWN = (
    "do not show my pack",
    "i do not want them to see my pack",
    "take back my pack",
    "i don’t want my pack any more",
)


@pytest.mark.parametrize("words", WITHDRAWN)
async def test_said_in_words_it_is_taken_back(standing: Standing, words: str) -> None:
    standing.at(PACKS.start + 1)
    assert shown(standing) == 1
    heard = await standing.says(words, "my_meeting")
    assert (heard[0], shown(standing)) == ("pack_is_back", 0)


async def test_what_only_asks_for_it_takes_nothing_back(standing: Standing) -> None:
    standing.at(PACKS.start + 1)
    await standing.says("what is in my pack", "my_meeting")
    assert shown(standing) == 1


async def test_a_no_to_what_is_in_it_takes_it_back_at_once(standing: Standing) -> None:
    standing.at(PACKS.start + 1)
    heard = await standing.says("no", "deny")
    assert (heard, shown(standing)) == (["pack_is_back", "ask_pack_hope"], 0)


def shown(standing: Standing) -> int:
    with standing.store.reading() as session:
        return len(packed(session, session.scalars(select(Meeting)).one()))
