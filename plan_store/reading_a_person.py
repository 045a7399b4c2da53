"""One person, as a facilitator may see them: their own words first, and only what they share.

Comes in: a person's id. Goes out: plain data for the page. The words of a hope that is not shared
are not read at all.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, func, literal, select
from sqlalchemy.orm import Session

from plan_store.keeping_words import LEFT_EMPTY
from plan_store.reaching_people import access_person_by_viewer, around, facilitators_of
from plan_store.reading_alerts import alerts_of
from plan_store.reading_the_hopes import read_hopes, recording_of, said_of
from plan_store.reading_what_was_made import asked_of, notes_of, outcomes_of, promises_of
from plan_store.roles import Viewer, can, can_answer_person
from plan_store.saying_to_the_desk import said_to_the_desk
from plan_store.sharing import shared_with
from plan_store.tables import (
    Alert,
    Answer,
    Aspiration,
    AspirationStatement,
    Attachment,
    Call,
    Contact,
    Facilitator,
    History,
    Incoming,
    Outgoing,
    Person,
    Place,
    Statement,
)
from plan_store.what_a_facilitator_sees import (
    Given,
    Message,
    PersonSeen,
    Said,
)


def read_person(session: Session, viewer: Viewer, person_id: str) -> PersonSeen:
    """Everything for the page, by a fixed number of queries. Raises `MayNot`."""
    person = access_person_by_viewer(session, viewer, person_id)
    heard_at, doors, blocked_doors = session.execute(
        select(func.max(Contact.heard_at), func.count(), func.count(Contact.blocked_at)).where(
            Contact.person_id == person_id
        )
    ).one()
    hopes = read_hopes(session, person_id)
    private = {hope.id for hope in hopes if not hope.shared}
    answers = _answers(session, person_id, private)
    about = defaultdict(list)
    for given in answers:
        about[given.hope_id].append(given)
    outcomes, asked = outcomes_of(session, person_id), asked_of(session, person_id)
    promises = promises_of(session, person_id)
    return PersonSeen(
        id=person.id,
        called=person.called,
        likes=likes_of(person, session.get(Place, person.id)),
        came_at=person.created_at,
        heard_at=heard_at,
        blocked=bool(doors) and doors == blocked_doors,
        hopes=tuple(
            replace(
                hope,
                answers=tuple(about[hope.id]),
                outcomes=tuple(outcomes[hope.id]),
                asked=tuple(asked[hope.id]),
                promises=tuple(promises[hope.id]),
            )
            for hope in hopes
        ),
        left_empty=_left_empty(session, person_id),
        answers=tuple(about[None]),
        alerts=alerts_of(session, viewer, person_id) if can(viewer, "see_alerts") else (),
        facilitators=tuple(facilitators_of(session, person_id)),
        may_answer=can_answer_person(viewer, around(session, person_id)),
        calls=_calls(session, person_id),
        set_aside=_set_aside(session, person_id),
        asked=tuple(asked[None]),
        promises=tuple(promises[None]),
        notes=tuple(notes_of(session, person_id)),
    )


def what_happened_since(
    session: Session, hope_id: int, seen_version: int
) -> list[tuple[str, str | None, datetime]]:
    """What changed a hope after this version: what, by which facilitator, when; oldest first."""
    version = session.scalar(select(Aspiration.version).where(Aspiration.id == hope_id)) or 0
    rows = session.execute(
        select(History.what, Facilitator.name, History.at)
        .outerjoin(Facilitator, Facilitator.id == History.facilitator_id)
        .where(
            History.item == "aspiration",
            History.item_id == str(hope_id),
            History.what != "begins",
        )
        .order_by(History.id.desc())
        # Every change of a hope grows its version by one and writes one line.
        .limit(max(version - seen_version, 0))
    )
    happened: list[tuple[str, str | None, datetime]] = [(what, name, at) for what, name, at in rows]
    return happened[::-1]


def find_recording(
    session: Session, viewer: Viewer, person_id: str, attachment_id: int
) -> tuple[str, str, str] | None:
    """The kind, media type and file name of a recording that a facilitator may open.

    That is one of a shared hope, of what was said to the desk, of an alert, or of a message that
    was set aside; else None. Raises `MayNot`.
    """
    access_person_by_viewer(session, viewer, person_id)
    shared = exists().where(
        Statement.incoming_id == Incoming.id,
        AspirationStatement.statement_id == Statement.id,
        Aspiration.id == AspirationStatement.aspiration_id,
        shared_with("facilitator").correlate(Aspiration),
    )
    to_the_desk = exists().where(Statement.incoming_id == Incoming.id, said_to_the_desk())
    alerted = exists().where(Alert.incoming_id == Incoming.id, literal(can(viewer, "see_alerts")))
    found = session.execute(
        select(Attachment.kind, Attachment.media_type, Attachment.file)
        .join(Incoming, Incoming.id == Attachment.incoming_id)
        .where(
            Attachment.id == attachment_id,
            Attachment.state == "kept",
            Incoming.person_id == person_id,
            shared | to_the_desk | alerted | (Incoming.state == "set_aside"),
        )
    ).one_or_none()
    if found is None or found.file is None:
        return None
    return found.kind, found.media_type, found.file


def likes_of(person: Person, place: Place | None) -> tuple[str, ...]:
    """How they like to talk, as `PersonSeen` has it."""
    likes = {
        "no_pictures": person.pictures is False,
        "listens": person.listens,
        "slow": person.slow,
        "fewer": person.fewer,
        "with_somebody": place is not None and place.with_somebody,
    }
    return tuple(like for like, holds in likes.items() if holds)


def _left_empty(session: Session, person_id: str) -> tuple[Said, ...]:
    """Questions outside any hope that were left empty on purpose."""
    linked = exists().where(AspirationStatement.statement_id == Statement.id)
    return tuple(
        said_of(statement, None)
        for statement in session.scalars(
            select(Statement)
            .where(Statement.person_id == person_id, Statement.kind.in_(LEFT_EMPTY), ~linked)
            .order_by(Statement.id)
        )
    )


def _answers(session: Session, person_id: str, private: set[int]) -> list[Given]:
    on_its_way = {
        reply.filling["words"]["answer"]: reply
        for reply in session.scalars(
            select(Outgoing)
            .where(Outgoing.person_id == person_id, Outgoing.key == "facilitator_says")
            .order_by(Outgoing.id)
        )
    }
    given = []
    for answer, by in session.execute(
        select(Answer, Facilitator.name)
        .join(Facilitator, Facilitator.id == Answer.facilitator_id)
        .where(Answer.person_id == person_id)
        .order_by(Answer.id)
    ):
        reply = on_its_way.get(answer.id)
        hidden = answer.aspiration_id in private
        given.append(
            Given(
                id=answer.id,
                hope_id=answer.aspiration_id,
                words=None if hidden else answer.words,
                by=by,
                at=answer.at,
                state=reply.state if reply else "due",
                sent_at=reply.sent_at if reply else None,
            )
        )
    return given


def _calls(session: Session, person_id: str) -> tuple[Message, ...]:
    rows = session.execute(
        select(Incoming, Attachment)
        .join(Call, Call.incoming_id == Incoming.id)
        .outerjoin(Attachment, Attachment.incoming_id == Incoming.id)
        .where(Call.person_id == person_id, Call.answered_at.is_(None))
        .order_by(Call.id)
    )
    return tuple(_message(message, attachment) for message, attachment in rows)


def _set_aside(session: Session, person_id: str) -> tuple[Message, ...]:
    rows = session.execute(
        select(Incoming, Attachment)
        .outerjoin(Attachment, Attachment.incoming_id == Incoming.id)
        .where(Incoming.person_id == person_id, Incoming.state == "set_aside")
        .order_by(Incoming.id)
    )
    return tuple(_message(message, attachment) for message, attachment in rows)


def _message(message: Incoming, attachment: Attachment | None) -> Message:
    return Message(
        id=message.id,
        kind=message.kind,
        words=message.words,
        at=message.received_at,
        reason=message.reason,
        recording=recording_of(attachment),
    )
