""" "Delete this", said in the chat: what stays is said before it and after it."""

from sqlalchemy import select

from actions.serving import Executor
from plan_store.alerting import Noticed, raise_alert
from plan_store.opening import Store
from plan_store.tables import Alert, Contact, Incoming, Place, Statement
from tests.actions.calling_the_hands import at_the_read_back, said

DELETE = "action_delete_this"


async def test_asked_and_sure_it_is_gone(hands: Executor, store: Store, ash: Contact) -> None:
    await at_the_read_back(hands, store, ash)
    assert await said(hands, store, ash, DELETE, "delete my dogs hope") == ["ask_delete"]
    replies = await said(hands, store, ash, "action_confirm", "yes do", intent="affirm")
    assert replies[0] == "deleted"
    with store.reading() as session:
        assert set(session.scalars(select(Statement.words)).all()) <= {"", "Ash"}
        assert "dogs" not in session.scalars(select(Incoming.words)).all()


async def test_what_stays_by_law_is_said_before_and_after(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_read_back(hands, store, ash)
    with store.writing() as session:
        dogs = next(each for each in session.scalars(select(Statement)) if each.words == "dogs")
        raise_alert(session, session.get_one(Incoming, dogs.incoming_id), Noticed("abuse", "dogs"))
    assert await said(hands, store, ash, DELETE, "delete it") == ["ask_delete_but"]
    replies = await said(hands, store, ash, "action_confirm", "yes do", intent="affirm")
    assert replies[0] == "deleted_but"
    with store.reading() as session:
        assert session.scalars(select(Alert.words)).all() == ["dogs"]
        assert session.get_one(Place, ash.person_id).question != "ask_delete_but"


async def test_danger_that_is_noticed_after_it_was_asked_is_told_before_it_is_gone(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_read_back(hands, store, ash)
    assert await said(hands, store, ash, DELETE, "delete it") == ["ask_delete"]
    with store.writing() as session:
        dogs = next(each for each in session.scalars(select(Statement)) if each.words == "dogs")
        raise_alert(session, session.get_one(Incoming, dogs.incoming_id), Noticed("abuse", "dogs"))
    once_more = await said(hands, store, ash, "action_confirm", "yes do", intent="affirm")
    assert once_more == ["ask_delete_but"]
    with store.reading() as session:
        assert "dogs" in session.scalars(select(Statement.words)).all()
    replies = await said(hands, store, ash, "action_confirm", "yes", intent="affirm")
    assert replies[0] == "deleted_but"
