"""The moment in the conversation from which a line of a plan comes: what was asked, what was said.

Comes in: who looks, and one thing that was said. Goes out: the question before it, their message,
and the chat's answer. A reply that bears anybody's words is left out: they may be private.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from plan_store.keeping_words import LEFT_EMPTY
from plan_store.reaching_people import access_person_by_viewer
from plan_store.reading_the_hopes import recording_of
from plan_store.roles import Viewer
from plan_store.saying_to_the_desk import said_to_the_desk
from plan_store.sharing import shared_with
from plan_store.tables import (
    Aspiration,
    AspirationStatement,
    Attachment,
    Contact,
    Incoming,
    Outgoing,
    Statement,
)
from plan_store.what_a_facilitator_sees import Recording

# Questions and their like, back to the message before.
MOST_REPLIES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One message; `whose`: chat or person. No `text` where it bears words, or none were sent."""

    whose: str
    text: str | None
    at: datetime
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """The lines in their order; by which `door`; `how` and with whose help it was said."""

    called: str | None
    lines: tuple[Line, ...]
    door: str
    how: str
    kind: str
    helped: bool
    said_by: str


def read_moment(
    session: Session, viewer: Viewer, person_id: str, statement_id: int
) -> Moment | None:
    """The moment of something that is shared with facilitators; else None. Raises `MayNot`."""
    person = access_person_by_viewer(session, viewer, person_id)
    shared = exists().where(
        AspirationStatement.statement_id == Statement.id,
        Aspiration.id == AspirationStatement.aspiration_id,
        shared_with("facilitator").correlate(Aspiration),
    )
    found = session.execute(
        select(Statement, Incoming, Contact.door, Attachment)
        .join(Incoming, Incoming.id == Statement.incoming_id)
        .join(Contact, Contact.id == Incoming.contact_id)
        .outerjoin(Attachment, Attachment.incoming_id == Incoming.id)
        .where(
            Statement.id == statement_id,
            Statement.person_id == person_id,
            shared | said_to_the_desk(),
        )
    ).one_or_none()
    if found is None:
        return None
    statement, message, door, attachment = found
    before = session.scalars(
        select(Outgoing)
        .where(Outgoing.person_id == person_id, Outgoing.created_at <= message.received_at)
        .order_by(Outgoing.id.desc())
        .limit(MOST_REPLIES)
    ).all()
    # What belongs together was said to one message.
    asked = [reply for reply in reversed(before) if reply.cause_id == before[0].cause_id]
    answered = session.scalars(
        select(Outgoing)
        .where(Outgoing.cause_id == message.id)
        .order_by(Outgoing.position)
        .limit(MOST_REPLIES)
    ).all()
    words = None if statement.kind in LEFT_EMPTY else statement.words
    said = Line("person", words, message.received_at, recording_of(attachment))
    lines = (*map(_line, asked), said, *map(_line, answered))
    return Moment(
        person.called,
        lines,
        door,
        statement.how,
        statement.kind,
        statement.helped,
        statement.said_by,
    )


def _line(reply: Outgoing) -> Line:
    # Filled with something of somebody's: a read-back, an answer, a name.
    return Line("chat", None if reply.filling else reply.text, reply.created_at)
