"""A young person asks for a person: kept, shown on the desk, closed by a facilitator's answer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.tables import Call, now


def call_for_a_person(session: Session, cause: Cause) -> Call:
    """Keep the call; a person who asks twice has one open call."""
    waiting = open_call(session, cause.person_id)
    if waiting is not None:
        return waiting
    if cause.incoming_id is None:
        raise ValueError("A call comes from a message of the person.")
    call = Call(person_id=cause.person_id, incoming_id=cause.incoming_id)
    session.add(call)
    session.flush()
    note(session, cause, "asks_for_a_person", "call", call.id)
    return call


def open_call(session: Session, person_id: str) -> Call | None:
    """The call that nobody has answered yet."""
    return session.scalars(
        select(Call).where(Call.person_id == person_id, Call.answered_at.is_(None)).limit(1)
    ).first()


def close_call(session: Session, cause: Cause) -> None:
    """A facilitator answered."""
    call = open_call(session, cause.person_id)
    if call is not None:
        call.answered_at = now()
        note(session, cause, "answers_call", "call", call.id)
