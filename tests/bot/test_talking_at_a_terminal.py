"""What a terminal shows of a conversation: everything once, whatever came between."""

from sqlalchemy import select

from bot.replying import fill_what_the_desk_put, put_replies
from bot.terminal.talking import DOOR, Talk
from plan_store.answering import answer
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.tables import Contact, new_id
from plan_store.taking_in import keep
from tests.bot.open_door import ListenerDouble, a_door


async def test_what_the_desk_writes_while_an_answer_comes_is_shown_too(store: Store) -> None:
    door = a_door(store, ListenerDouble())
    talk = Talk(door, "ash")
    await talk.sit_down()
    with store.writing() as session:
        ann = make_account(session, new_desk_key(session), "Ann", "ann@example.org", "-").id
        contact = session.scalars(select(Contact).where(Contact.door == DOOR)).one()
        said = keep(session, contact, "1", "text", "help", "typed")
        assert said is not None
        # Ann was a little quicker; her words are put in a moment later than the chat's.
        answer(session, Cause.by_click(contact.person_id, ann, new_id()), "I look for a place.")
        put_replies(session, door.library, contact.id, said.id, [{"key": "help"}])
    shown = [_keys(store, talk)]
    with store.writing() as session:
        fill_what_the_desk_put(session, door.library)
    shown += [_keys(store, talk), _keys(store, talk)]
    assert shown == [["help"], ["facilitator_says"], []]

    await talk.sit_down()
    assert _keys(store, talk) == []
    await door.client.aclose()
    door.in_store.close()


def _keys(store: Store, talk: Talk) -> list[str]:
    with store.reading() as session:
        return [reply["key"] for reply in talk._what_happened(session, "", None)["replies"]]
