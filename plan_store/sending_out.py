"""The outbox: replies are put here with the message that caused them, and leave in order.

Comes in: keys, what fills them, and buttons. Goes out: for each contact the oldest reply that has
not left yet. due → sending → sent · failed · blocked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, exists, select, update
from sqlalchemy.orm import Session, aliased

from plan_store.tables import Contact, Incoming, Outgoing, now

# A sender that dies leaves its reply to the next one after this long: perhaps twice, never lost.
SENDING_SECONDS = 30
# What a reply is filled with, by id, that somebody said.
OWN_WORDS = {
    *("statement", "message", "short", "lines", "answer"),
    *("wording", "step", "promise", "desk_question"),
}
LEFT = ("sent", "failed", "blocked")


@dataclass(frozen=True, slots=True)
class Due:
    """One reply to send now, to this address of a door. `document`: the file that it `sends`.

    `provider_id`: its words went before, and what goes along with them did not yet. The fields up
    to `provider_id` stand in the order of `_NEXT`.
    """

    id: int
    person_id: str
    contact_id: int
    address: str
    cause_id: int | None
    key: str
    filling: dict[str, Any]
    text: str | None
    buttons: list[dict[str, Any]]
    picture: dict[str, Any] | None
    attempts: int
    sends: str | None = None
    provider_id: str | None = None
    document: bytes | None = None

    @property
    def bears_own_words(self) -> bool:
        """Whether somebody's words are filled in: then it is not for passing on by mistake."""
        return any(kind in OWN_WORDS for named in self.filling.values() for kind in named)


# Built once: every reply goes through these.
_OLDER = aliased(Outgoing)
_NEXT = (
    select(
        Outgoing.id,
        Outgoing.person_id,
        Outgoing.contact_id,
        Contact.address,
        Outgoing.cause_id,
        Outgoing.key,
        Outgoing.filling,
        Outgoing.text,
        Outgoing.buttons,
        Outgoing.picture,
        Outgoing.attempts + 1,
        Outgoing.sends,
        Outgoing.provider_id,
    )
    .join(Contact, Contact.id == Outgoing.contact_id)
    .where(
        Contact.door == bindparam("door"),
        Outgoing.state.in_(("due", "sending")),
        Outgoing.due_at <= bindparam("moment"),
        # The desk's replies get their words first; a bare one would be refused and lost.
        Outgoing.text.is_not(None),
        ~exists().where(
            and_(
                _OLDER.contact_id == Outgoing.contact_id,
                _OLDER.id < Outgoing.id,
                _OLDER.state.in_(("due", "sending")),
            )
        ),
    )
    .order_by(Outgoing.id)
    .limit(bindparam("most"))
    .with_for_update(of=Outgoing, skip_locked=True)
)
_CLAIM = (
    update(Outgoing)
    .where(Outgoing.id.in_(bindparam("ids", expanding=True)))
    .values(state="sending", attempts=Outgoing.attempts + 1, due_at=bindparam("due_at"))
)
_SENT = (
    update(Outgoing)
    .where(Outgoing.id == bindparam("reply_id"))
    .values(
        state="sent",
        sent_at=bindparam("moment"),
        provider_id=bindparam("provider"),
        problem=bindparam("problem"),
    )
)


def claim(session: Session, door: str, most: int) -> list[Due]:
    """Claim up to `most` replies of a door, at most one a contact: the oldest that has not left."""
    if most < 1:
        return []
    moment = now()
    rows = session.execute(_NEXT, {"door": door, "moment": moment, "most": most}).all()
    if rows:
        # If nobody says what became of it, it is due again.
        session.connection().execute(
            _CLAIM,
            {
                "ids": [row.id for row in rows],
                "due_at": moment + timedelta(seconds=SENDING_SECONDS),
            },
        )
    return [Due(*row) for row in rows]


def sent(
    session: Session, reply_id: int, provider_id: str | None = None, problem: str | None = None
) -> None:
    """It is on the phone; `problem` names what was to go along and did not."""
    session.connection().execute(
        _SENT,
        {"reply_id": reply_id, "moment": now(), "provider": provider_id, "problem": problem},
    )


def words_went(session: Session, reply_id: int, provider_id: str | None) -> None:
    """Its words are on the phone; what goes along is sent next, and the replies behind it wait.

    Should the sender die now, only what goes along is sent again.
    """
    session.execute(
        update(Outgoing)
        .where(Outgoing.id == reply_id)
        .values(provider_id=provider_id, due_at=now() + timedelta(seconds=SENDING_SECONDS))
    )


def says_instead(session: Session, reply_id: int, key: str, version: int, text: str) -> None:
    """What it should have sent cannot be made: these words go out in its place."""
    reply = session.get_one(Outgoing, reply_id)
    reply.key, reply.version, reply.text, reply.sends = key, version, text, None


def later(session: Session, reply_id: int, at: datetime, problem: str) -> None:
    """Due again at this moment; the replies behind it wait for it."""
    session.execute(
        update(Outgoing)
        .where(Outgoing.id == reply_id)
        .values(state="due", due_at=at, problem=problem)
    )


def failed(session: Session, reply_id: int, problem: str) -> None:
    """It cannot be sent, and a repeat would not help; the desk shows it."""
    session.execute(
        update(Outgoing).where(Outgoing.id == reply_id).values(state="failed", problem=problem)
    )


def blocked(session: Session, contact_id: int) -> None:
    """The person blocked the bot: mark the contact and stop trying whatever waits for it."""
    session.execute(update(Contact).where(Contact.id == contact_id).values(blocked_at=now()))
    session.execute(
        update(Outgoing)
        .where(Outgoing.contact_id == contact_id, Outgoing.state.in_(("due", "sending")))
        .values(state="blocked", problem="blocked")
    )


def unblocked(session: Session, contact_id: int) -> None:
    """The person came back. What was said meanwhile is due again, in its order."""
    session.execute(update(Contact).where(Contact.id == contact_id).values(blocked_at=None))
    session.execute(
        update(Outgoing)
        .where(Outgoing.contact_id == contact_id, Outgoing.state == "blocked")
        .values(state="due", due_at=now(), problem=None)
    )


def reply_tapped(session: Session, message: Incoming) -> Outgoing | None:
    """The reply whose button this message tapped, or typed the label of."""
    meant = message.details.get("means") or message.details
    reply_id = meant.get("reply")
    reply = session.get(Outgoing, reply_id) if isinstance(reply_id, int) else None
    return reply if reply is not None and reply.person_id == message.person_id else None


def contact_to_answer(session: Session, person_id: str) -> Contact | None:
    """The door this person used last and has not blocked; a blocked one if there is no other."""
    return session.scalars(
        select(Contact)
        .where(Contact.person_id == person_id)
        .order_by(Contact.blocked_at.is_not(None), Contact.heard_at.desc(), Contact.id.desc())
        .limit(1)
    ).first()
