"""Young people for the desk's tests, put into the store by its own functions, as the chat does."""

import itertools
from typing import Any, Literal

from sqlalchemy import select

from plan_store.alerting import Noticed, raise_alert
from plan_store.calling import call_for_a_person
from plan_store.causes import Cause
from plan_store.hoping import agree, begin_item, happens
from plan_store.inviting import welcome
from plan_store.keeping_words import keep_statement, link, newest_part
from plan_store.opening import Store
from plan_store.sharing import share
from plan_store.tables import Alert, Aspiration, Attachment, Contact, Incoming, Person
from plan_store.taking_in import keep, set_aside

_number = itertools.count(1)


def somebody(store: Store, called: str | None = "Sam") -> str:
    """A young person who came by an invite and chose this name."""
    with store.writing() as session:
        contact = welcome(session, "terminal", f"somebody-{next(_number)}")
        session.get_one(Person, contact.person_id).called = called
        return contact.person_id


def sends(
    store: Store,
    person_id: str,
    words: str,
    kind: str = "text",
    how: str = "typed",
    attachment: dict[str, Any] | None = None,
) -> int:
    """A message of theirs; its id in the inbox."""
    with store.writing() as session:
        contact = session.scalars(select(Contact).where(Contact.person_id == person_id)).one()
        message = keep(
            session, contact, f"key-{next(_number)}", kind, words, how, attachment=attachment
        )
        assert message is not None
        message.state = "settled"
        return message.id


def recording(store: Store, incoming_id: int) -> int:
    """The id of the photo or voice that came with this message."""
    with store.reading() as session:
        found = session.scalar(select(Attachment.id).where(Attachment.incoming_id == incoming_id))
        assert found is not None
        return found


def begins_a_hope(
    store: Store,
    person_id: str,
    life_area: str = "work_learning",
    kind: Literal["hope", "sorted"] = "hope",
) -> int:
    """A hope, or pictures that are sorted, without words."""
    message_id = sends(store, person_id, "begin")
    with store.writing() as session:
        return begin_item(session, Cause.message(person_id, message_id), life_area, kind).id


def says(
    store: Store, hope_id: int, part: str, words: str, *, kind: str = "said", **sent: Any
) -> int:
    """They say something that becomes this part of the hope; the id of the message."""
    with store.reading() as session:
        person_id = session.get_one(Aspiration, hope_id).person_id
    message_id = sends(store, person_id, words, **sent)
    with store.writing() as session:
        cause = Cause.message(person_id, message_id)
        message = session.get_one(Incoming, message_id)
        aspiration = session.get_one(Aspiration, hope_id)
        older = newest_part(session, hope_id, part)
        statement = keep_statement(
            session, cause, message, "action_keep_words", f"ask_{part}", words, kind, older
        )
        link(session, aspiration, statement, part)
        if older is not None:
            happens(session, cause, aspiration, "changes")
    return message_id


def agrees(store: Store, hope_id: int, choice: str = "facilitator") -> None:
    """They say that it is right, and choose who may see it."""
    with store.reading() as session:
        person_id = session.get_one(Aspiration, hope_id).person_id
    message_id = sends(store, person_id, "yes", "tap", "tapped")
    with store.writing() as session:
        cause = Cause.message(person_id, message_id)
        aspiration = session.get_one(Aspiration, hope_id)
        agree(session, cause, aspiration)
        share(session, cause, aspiration, choice)
        what = "agrees_and_keeps_private" if choice == "me" else "agrees_and_shares"
        happens(session, cause, aspiration, what)


def hopes(store: Store, person_id: str, words: str, choice: str = "facilitator") -> int:
    """A whole hope, said, agreed and shared as chosen."""
    hope_id = begins_a_hope(store, person_id)
    says(store, hope_id, "hope", words)
    agrees(store, hope_id, choice)
    return hope_id


def asks_for_a_person(store: Store, person_id: str, words: str = "I want a person") -> None:
    """They ask for a person."""
    message_id = sends(store, person_id, words)
    with store.writing() as session:
        call_for_a_person(session, Cause.message(person_id, message_id))


def is_in_danger(store: Store, person_id: str, words: str, kind: str = "self_harm") -> int:
    """A message that raises an alert; the alert's id."""
    message_id = sends(store, person_id, words)
    with store.writing() as session:
        raise_alert(session, session.get_one(Incoming, message_id), Noticed(kind, "a phrase"))
        return session.scalars(select(Alert.id).where(Alert.incoming_id == message_id)).one()


def is_not_understood(store: Store, person_id: str, words: str) -> int:
    """A message that the chat had to set aside; its id."""
    message_id = sends(store, person_id, words)
    with store.writing() as session:
        set_aside(session, message_id, None, "action_failed")
    return message_id
