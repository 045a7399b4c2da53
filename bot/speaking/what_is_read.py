"""What is read aloud with a reply: the words of its turn that no voice has read yet.

Comes in: a reply's id. Goes out: the texts in their order, the answers that can be tapped, and
whether the person wants it slow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.speaking.fixed_words import label_said
from bot.words import Library, placeholders
from plan_store.tables import Incoming, Outgoing, Person

CHOICES = "spoken_choices"
READ = "voice"


@dataclass(frozen=True, slots=True)
class ToRead:
    """Texts to be read one after the other."""

    texts: tuple[str, ...]
    slow: bool = False


def to_read_with(session: Session, library: Library, reply_id: int) -> ToRead:
    """One reply marked to be read, and what stands before it in the same turn."""
    reply = session.get_one(Outgoing, reply_id)
    return ToRead(_texts(library, _turn_up_to(session, reply)), _is_slow(session, reply.person_id))


def own_to_read(
    session: Session, library: Library, person_id: str, side: str, message_id: int
) -> ToRead | None:
    """One message of this person's own chat; None for anybody else's, or one without words."""
    slow = _is_slow(session, person_id)
    if side == "in":
        came = session.get(Incoming, message_id)
        if came is None or came.person_id != person_id or not came.words.strip():
            return None
        return ToRead((came.words,), slow)
    reply = session.get(Outgoing, message_id)
    if reply is None or reply.person_id != person_id or not reply.text:
        return None
    rows = _turn_up_to(session, reply) if reply.sends == READ else [reply]
    return ToRead(_texts(library, rows), slow)


def _turn_up_to(session: Session, reply: Outgoing) -> list[Outgoing]:
    if reply.cause_id is None:
        return [reply]
    rows = session.scalars(
        select(Outgoing)
        .where(
            Outgoing.cause_id == reply.cause_id,
            Outgoing.contact_id == reply.contact_id,
            Outgoing.id <= reply.id,
            Outgoing.text.is_not(None),
        )
        .order_by(Outgoing.id)
    ).all()
    read = [row.id for row in rows if row.sends == READ and row.id < reply.id]
    return [row for row in rows if row.id > max(read, default=0)]


def _texts(library: Library, rows: Sequence[Outgoing]) -> tuple[str, ...]:
    texts = [_spoken_form(library, row) or row.text or "" for row in rows]
    # Help and a person are always there, and need not be read out each time.
    labels = [
        label_said(button["label"])
        for row in rows
        for button in row.buttons
        if not button.get("stays")
    ]
    return (*texts, *([library.text(CHOICES), *labels] if labels else []))


def _spoken_form(library: Library, row: Outgoing) -> str | None:
    """How these words are said, where that is written down and needs nothing filled in."""
    words = library.words.get(row.key)
    if words is None or words.version != row.version or not words.spoken:
        return None
    return None if placeholders(words.spoken) else words.spoken


def _is_slow(session: Session, person_id: str) -> bool:
    return bool(session.get_one(Person, person_id).slow)
