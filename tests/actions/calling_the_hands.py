"""Calling the hands as Rasa does, and first steps of a conversation for tests that start later."""

from typing import Any

from sqlalchemy import select

from actions.serving import Executor
from plan_store.opening import Store
from plan_store.tables import Aspiration, Contact
from plan_store.taking_in import keep


def kept(store: Store, ash: Contact, words: str, number: int = 0) -> int:
    """`number`: of words that are said more than once."""
    with store.writing() as session:
        message = keep(session, ash, f"k:{number}:{words}", "text", words)
        assert message is not None
        return message.id


def call(action: str, inbox_id: Any, intent: str = "tell", **entities: str) -> dict[str, Any]:
    """An action call as Rasa sends it; the words are not in it."""
    return {
        "next_action": action,
        "sender_id": "somebody",
        "version": "3.6.21",
        "tracker": {
            "sender_id": "somebody",
            "slots": {"expecting": "words"},
            "latest_message": {
                "intent": {"name": intent, "confidence": 0.9},
                "entities": [{"entity": name, "value": value} for name, value in entities.items()],
                "metadata": {"inbox_id": inbox_id},
            },
            "events": [],
        },
    }


async def replies(hands: Executor, asked: dict[str, Any]) -> list[dict[str, Any]]:
    result = await hands.run(asked)
    assert result is not None
    assert result.events == []
    return [response["custom"] for response in result.responses]


async def keys(hands: Executor, asked: dict[str, Any]) -> list[str]:
    return [str(reply.get("key", reply.get("problem"))) for reply in await replies(hands, asked)]


async def at_the_first_question(hands: Executor, store: Store, ash: Contact) -> None:
    await replies(hands, call("action_begin", kept(store, ash, "hi"), "greet"))
    await replies(hands, call("action_hear_name", kept(store, ash, "Ash")))
    await replies(hands, call("action_get_ready", kept(store, ash, "ok"), "affirm"))
    for number in range(4):
        await replies(hands, call("action_leave_empty", kept(store, ash, f"skip {number}"), "skip"))


async def said(
    hands: Executor, store: Store, ash: Contact, action: str, words: str, **more: str
) -> list[str]:
    """One message, heard by this hand, and what it is answered."""
    intent = more.pop("intent", "tell")
    return await keys(hands, call(action, kept(store, ash, words), intent, **more))


async def at_the_read_back(hands: Executor, store: Store, ash: Contact) -> None:
    await at_the_first_question(hands, store, ash)
    await said(hands, store, ash, "action_keep_words", "dogs")
    await said(hands, store, ash, "action_keep_words", "my sister")
    for number in range(3):
        await said(hands, store, ash, "action_leave_empty", f"no {number}", intent="skip")


async def at_the_sharing(hands: Executor, store: Store, ash: Contact) -> None:
    await at_the_read_back(hands, store, ash)
    await said(hands, store, ash, "action_agree", "yes", intent="affirm")


def the_hope(store: Store) -> Aspiration:
    with store.reading() as session:
        return session.scalars(select(Aspiration)).one()
