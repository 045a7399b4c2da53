"""What the desk asks about a hope that was made private meanwhile: not asked, and nothing told."""

import pytest
from sqlalchemy import select

from actions.serving import Executor
from plan_store.causes import Cause
from plan_store.moving_on import move, park
from plan_store.opening import Store
from plan_store.putting_to_the_person import DECIDING, DESK, OWN_WORDS, TICK
from plan_store.sharing import share
from plan_store.tables import Aspiration, Contact, DeskQuestion, Place, Step
from tests.actions.calling_the_hands import at_the_read_back, kept, said, the_hope
from tests.actions.what_the_desk_asks import asks_everything, opens_them_again

ASKED = ("outcome", OWN_WORDS, "happened", "step", "ask", TICK)


async def _asked(hands: Executor, store: Store, ash: Contact, what: str) -> None:
    await at_the_read_back(hands, store, ash)
    hope = the_hope(store).id
    with store.writing() as session:
        asks_everything(session, hope)
        opens_them_again(session, hope)
        kind = "outcome" if what == OWN_WORDS else what
        question = session.scalar(select(DeskQuestion.id).where(DeskQuestion.kind == kind))
        if what == TICK:
            question = session.scalars(select(Step.id)).one()
        place = session.scalars(select(Place)).one()
        move(place, "words", "ask_work_help")
        park(place)
        move(place, DECIDING, f"{what if what in {OWN_WORDS, TICK} else DESK}{question}")


def _states(store: Store) -> set[str]:
    with store.reading() as session:
        return set(session.scalars(select(DeskQuestion.state)))


@pytest.mark.parametrize("what", ASKED)
async def test_stop_sharing_leaves_what_the_desk_asks(
    hands: Executor, store: Store, ash: Contact, what: str
) -> None:
    await _asked(hands, store, ash, what)
    heard = await said(hands, store, ash, "action_stop_sharing", "stop sharing")
    assert heard == ["nobody_sees_now", "private_not_asked", "ask_work_help"]
    assert _states(store) == {"withdrawn"}


@pytest.mark.parametrize("what", ASKED)
@pytest.mark.parametrize(
    ("hand", "intent"), [("action_decide", "affirm"), ("action_say_again", "again")]
)
async def test_an_answer_decides_nothing_and_tells_nobody(
    hands: Executor, store: Store, ash: Contact, what: str, hand: str, intent: str
) -> None:
    await _asked(hands, store, ash, what)
    cause = Cause.message(ash.person_id, kept(store, ash, "keep it private"))
    with store.writing() as session:
        share(session, cause, session.scalars(select(Aspiration)).one(), "me")
    heard = await said(hands, store, ash, hand, "yes", intent=intent)
    assert heard == ["private_not_asked", "ask_work_help"]
    assert _states(store) == {"withdrawn"}
