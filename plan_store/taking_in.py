"""The inbox: a message is kept before any work, leased to one worker, and settled with its replies.

Comes in: what a door read. Goes out: the oldest waiting message of each person that nobody is
hearing at the moment.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from plan_store.inserting_once import insert_once
from plan_store.tables import Attachment, Contact, Incoming, Outgoing, Place, Unheard, now

# Two workers must not hear the same person: a lease is held on to while its work goes on. It is
# short, because a person whose worker died waits for its end.
LEASE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Leased:
    """One message to hear now, and what the chat was waiting for when it was leased.

    The fields stand in the order of `_WHO_WAITS`.
    """

    id: int
    person_id: str
    contact_id: int
    door: str
    kind: str
    words: str
    details: dict[str, Any]
    attempts: int
    expecting: str
    serial: int


# Every message goes through these, so they are built once, and executed without the session's
# bookkeeping: building a statement costs more than what SQLite does with it.
_OLDEST = (
    select(func.min(Incoming.id).label("id"))
    .where(Incoming.state == "waiting")
    .group_by(Incoming.person_id)
    .subquery()
)
_WHO_WAITS = (
    select(
        Incoming.id,
        Incoming.person_id,
        Incoming.contact_id,
        Contact.door,
        Incoming.kind,
        Incoming.words,
        Incoming.details,
        Incoming.attempts,
        Place.expecting,
        Place.serial,
    )
    .join(_OLDEST, _OLDEST.c.id == Incoming.id)
    .join(Place, Place.person_id == Incoming.person_id)
    .join(Contact, Contact.id == Incoming.contact_id)
    .where(
        or_(Incoming.try_after.is_(None), Incoming.try_after <= bindparam("moment")),
        or_(Place.leased_until.is_(None), Place.leased_until < bindparam("moment")),
    )
    .order_by(Incoming.id)
    .limit(bindparam("most"))
    .with_for_update(of=Place, skip_locked=True)
)
_LEASE = update(Place).where(Place.person_id.in_(bindparam("people", expanding=True)))
_LET_GO = (
    update(Place)
    .where(
        Place.person_id
        == select(Incoming.person_id)
        .where(Incoming.id == bindparam("message_id"))
        .scalar_subquery(),
        Place.leased_by == bindparam("worker"),
    )
    .values(leased_by=None, leased_until=None)
)
_SETTLE = (
    update(Incoming)
    .where(Incoming.id == bindparam("message_id"), Incoming.state == "waiting")
    .values(state="settled", settled_at=bindparam("moment"))
)
_HEARD = update(Contact).where(Contact.id == bindparam("contact_id"))


def keep(
    session: Session,
    contact: Contact,
    key: str,
    kind: str,
    words: str = "",
    how: str = "typed",
    details: dict[str, Any] | None = None,
    attachment: dict[str, Any] | None = None,
    provider_id: str | None = None,
) -> Incoming | None:
    """Keep one message under the provider's `key`; None when it was kept before.

    `attachment`: values of an `Attachment` row (kind, media_type, and provider_id or file).
    """
    message = insert_once(
        session,
        Incoming,
        key=key,
        person_id=contact.person_id,
        contact_id=contact.id,
        kind=kind,
        how=how,
        words=storable(words),
        details=details or {},
        provider_id=provider_id,
    )
    if message is None:
        return None
    if attachment is not None:
        session.add(Attachment(incoming_id=message.id, person_id=contact.person_id, **attachment))
    session.connection().execute(_HEARD, {"contact_id": contact.id, "heard_at": now()})
    return message


def storable(words: str) -> str:
    """The words as every database can keep them.

    PostgreSQL refuses NUL in text, and half a UTF-16 pair is no character: each becomes the sign
    that stands for it, so that one of them cannot cost the person the whole message.
    """
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "\u2400")


def lease(store_session: Session, worker: str, most: int) -> list[Leased]:
    """Lease up to `most` people who wait, each with their oldest message, to this worker."""
    moment = now()
    rows = store_session.execute(_WHO_WAITS, {"moment": moment, "most": most}).all()
    if rows:
        people = [row.person_id for row in rows]
        until = moment + timedelta(seconds=LEASE_SECONDS)
        store_session.connection().execute(
            _LEASE, {"people": people, "leased_by": worker, "leased_until": until}
        )
    return [Leased(*row) for row in rows]


def hold_on(session: Session, worker: str, people: list[str]) -> None:
    """The worker still hears these people: what it leased of them is its own for longer."""
    session.execute(
        update(Place)
        .where(Place.leased_by == worker, Place.person_id.in_(people))
        .values(leased_until=now() + timedelta(seconds=LEASE_SECONDS))
    )


def settle(session: Session, message_id: int, worker: str) -> bool:
    """Mark the message as answered and let the person go.

    False when the lease was lost meanwhile: another worker answers, and this one must not.
    """
    at = {"message_id": message_id, "worker": worker}
    connection = session.connection()
    if connection.execute(_LET_GO, at).rowcount != 1:
        return False
    return connection.execute(_SETTLE, {"message_id": message_id, "moment": now()}).rowcount == 1


def has_answer(session: Session, message_id: int) -> bool:
    """Whether this message was answered, or at least a kind word was said about it."""
    return (
        session.scalar(select(Outgoing.id).where(Outgoing.cause_id == message_id).limit(1))
        is not None
    )


def try_later(session: Session, message_id: int, worker: str, seconds: float) -> None:
    """Leave the message waiting and try it again after so many seconds."""
    session.execute(
        update(Incoming)
        .where(Incoming.id == message_id, Incoming.state == "waiting")
        .values(try_after=now() + timedelta(seconds=seconds), attempts=Incoming.attempts + 1)
    )
    _let_go(session, message_id, worker)


def leave_unheard(session: Session, key: str, kind: str, reason: str) -> None:
    """Note that something came and was left, and why; a double changes nothing."""
    insert_once(session, Unheard, key=key, kind=kind[:64], reason=reason)


def message_by_provider_id(session: Session, contact_id: int, provider_id: str) -> int | None:
    """The newest kept message with this number in its chat: what an edit is about."""
    return session.scalar(
        select(func.max(Incoming.id)).where(
            Incoming.contact_id == contact_id, Incoming.provider_id == provider_id
        )
    )


def set_aside(session: Session, message_id: int, worker: str | None, reason: str) -> None:
    """Take the message out of the way, kept, with the reason; the desk shows it."""
    session.execute(
        update(Incoming)
        .where(Incoming.id == message_id)
        .values(state="set_aside", reason=reason, settled_at=now())
    )
    if worker is not None:
        _let_go(session, message_id, worker)


def try_all_now(session: Session) -> None:
    """What was down is back: nothing that waits has to wait longer."""
    session.execute(
        update(Incoming)
        .where(Incoming.state == "waiting", Incoming.try_after.is_not(None))
        .values(try_after=None)
    )


def release_leases(session: Session, worker: str) -> None:
    """A worker that stops gives back what it holds, so that nobody waits for its lease to end."""
    session.execute(
        update(Place).where(Place.leased_by == worker).values(leased_by=None, leased_until=None)
    )


def _let_go(session: Session, message_id: int, worker: str) -> None:
    session.connection().execute(_LET_GO, {"message_id": message_id, "worker": worker})
