"""At 16 family is asked about again, in the chat: still, not any more, and what is no answer."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from actions.serving import Executor
from plan_store.becoming_sixteen import FAMILY_STILL, become_16
from plan_store.opening import Store
from plan_store.sharing import open_sharings
from plan_store.tables import ComingOfAge, Contact, Incoming, Outgoing, Place, Statement, now
from tests.actions.calling_the_hands import at_the_first_question, said
from tests.plan_store.telling_a_plan import Teller


async def is_16(hands: Executor, store: Store, ash: Contact, *, at_rest: bool) -> int:
    """Somebody who shared a hope with family, and is 16 from today; the id of the hope."""
    await at_the_first_question(hands, store, ash)
    hope = Teller(store, None, ash.person_id).tells("home", "family", hope="a flat")
    with store.writing() as session:
        session.add(ComingOfAge(person_id=ash.person_id, month=date(2020, 1, 1)))
        if at_rest:
            there = session.get_one(Place, ash.person_id)
            there.question, there.expecting, there.chapter = None, "nothing", None
        # The tests call the hands themselves: nothing is still to be heard.
        session.execute(update(Incoming).values(state="settled"))
    assert become_16(store) == 1
    return hope


def family_sees(store: Store, hope: int) -> bool:
    with store.reading() as session:
        return "family" in {row.audience for row in open_sharings(session, hope)}


def waits(store: Store, ash: Contact) -> bool:
    with store.reading() as session:
        return session.get_one(ComingOfAge, ash.person_id).family_waits


@pytest.mark.parametrize(
    ("intent", "more", "answered", "sees"),
    [
        ("choose", {"choice": "still"}, "family_still", True),
        ("affirm", {}, "family_still", True),
        ("choose", {"choice": "not"}, "family_not", False),
        ("deny", {}, "family_not", False),
    ],
)
async def test_their_answer_counts_and_nothing_else_is_asked(
    hands: Executor,
    store: Store,
    ash: Contact,
    intent: str,
    more: dict[str, str],
    answered: str,
    sees: bool,
) -> None:
    hope = await is_16(hands, store, ash, at_rest=True)
    with store.reading() as session:
        last = session.scalars(select(Outgoing.key).order_by(Outgoing.id.desc())).first()
    assert last == "sixteen_now_family"
    heard = await said(hands, store, ash, "action_confirm", "x", intent=intent, **more)
    assert heard == [answered, "what_now"]
    assert family_sees(store, hope) is sees
    assert not waits(store, ash)


async def test_own_words_are_kept_and_it_is_asked_once_more(
    hands: Executor, store: Store, ash: Contact
) -> None:
    hope = await is_16(hands, store, ash, at_rest=True)
    heard = await said(hands, store, ash, "action_confirm", "my nan is ill")
    assert heard == ["kept_words", FAMILY_STILL]
    with store.reading() as session:
        assert "my nan is ill" in session.scalars(select(Statement.words)).all()
    assert family_sees(store, hope)
    assert waits(store, ash)


@pytest.mark.parametrize(("action", "intent"), [("action_leave_empty", "not_now")])
async def test_not_now_changes_nothing_and_it_comes_again_another_day(
    hands: Executor, store: Store, ash: Contact, action: str, intent: str
) -> None:
    hope = await is_16(hands, store, ash, at_rest=True)
    await said(hands, store, ash, action, "not now", intent=intent)
    assert family_sees(store, hope)
    assert await said(hands, store, ash, "action_begin", "hi there", intent="greet") == [
        "back_again"
    ]
    with store.writing() as session:
        session.execute(update(ComingOfAge).values(family_asked_at=now() - timedelta(hours=21)))
    assert await said(hands, store, ash, "action_begin", "hi again", intent="greet") == [
        "back_again",
        FAMILY_STILL,
    ]
    heard = await said(hands, store, ash, "action_confirm", "no", intent="deny")
    assert heard == ["family_not", "what_now"]
    assert not family_sees(store, hope)


async def test_not_sure_is_no_answer(hands: Executor, store: Store, ash: Contact) -> None:
    hope = await is_16(hands, store, ash, at_rest=True)
    heard = await said(hands, store, ash, "action_confirm", "maybe", intent="maybe")
    assert heard == ["left_dont_know", "what_now"]
    assert family_sees(store, hope)
    assert waits(store, ash)


async def test_in_the_middle_of_a_chapter_it_is_asked_when_they_come_back(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await is_16(hands, store, ash, at_rest=False)
    heard = await said(hands, store, ash, "action_keep_words", "dogs")
    assert heard == ["kept_words", "ask_work_help"], "the answer is an answer"
    heard = await said(hands, store, ash, "action_begin", "go on", intent="begin")
    assert heard == ["we_were_talking", FAMILY_STILL]
    heard = await said(hands, store, ash, "action_confirm", "yes", intent="affirm")
    assert heard == ["family_still", "ask_work_help"], "and the open question comes back"


async def test_with_somebody_there_they_are_not_asked(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await is_16(hands, store, ash, at_rest=False)
    with store.writing() as session:
        there = session.get_one(Place, ash.person_id)
        there.with_somebody, there.with_somebody_at = True, now()
    heard = await said(hands, store, ash, "action_begin", "go on", intent="begin")
    assert heard == ["we_were_talking", "ask_work_hope"]


async def test_stop_all_sharing_answers_it_too(hands: Executor, store: Store, ash: Contact) -> None:
    hope = await is_16(hands, store, ash, at_rest=True)
    heard = await said(hands, store, ash, "action_stop_sharing", "stop", intent="stop_sharing")
    assert heard == ["nobody_sees_now", "what_now"]
    assert not family_sees(store, hope)
    assert not waits(store, ash)
