"""The inbox and the outbox: every message in and every reply out, in order, kept before work."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.sealing.sealed_columns import SealedDict
from plan_store.tables.columns import RowId, Table, Words, now


class Incoming(Table):
    """One message from a person, as it came. `key` is the provider's own id: a double is ignored.
    `provider_id` is the message's number in its chat, by which an edit names it.

    `kind`: text, tap, voice, photo, edit, heard (a voice, written down), or the name of what was
    sent (sticker, location …).
    `how` the words came: typed, tapped, dictated, spoken, photo. `details`: ids, and what was
    chosen with a button.
    `state`: waiting → settled, or set_aside with a `reason`.
    """

    __tablename__ = "incoming"
    __table_args__ = (
        Index("ix_incoming_waiting", "state", "person_id", "id"),
        Index("ix_incoming_person", "person_id", "id"),
        Index("ix_incoming_provider", "contact_id", "provider_id"),
    )

    id: Mapped[RowId]
    key: Mapped[str] = mapped_column(String(128), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    kind: Mapped[str] = mapped_column(String(32))
    how: Mapped[str] = mapped_column(String(16))
    words: Mapped[Words]
    details: Mapped[dict[str, Any]] = mapped_column(SealedDict)
    provider_id: Mapped[str | None] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(String(16), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    try_after: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(64))


class Unheard(Table):
    """Something that came and is no message of a person to the chat: its kind, and why it was left.

    Nothing of its content is kept.
    """

    __tablename__ = "unheard"

    id: Mapped[RowId]
    key: Mapped[str] = mapped_column(String(128), unique=True)
    kind: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=now)


class Attachment(Table):
    """A photo or voice that came with a message. `file` is its name in the files folder, where it
    stands sealed.

    `state`: due (still to be fetched from the provider), kept, failed; deleted, by the person;
    over, when it was kept for as long as it may be.
    """

    __tablename__ = "attachment"

    id: Mapped[RowId]
    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    media_type: Mapped[str] = mapped_column(String(64))
    provider_id: Mapped[Words | None]
    file: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default="due", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    try_after: Mapped[datetime | None]


class Turn(Table):
    """What the hands answered to one message. A repeat of the message is answered from here.

    `replies`: keys and ids, no words. `wrote`: [{"table": …, "id": …}] of what was kept.
    """

    __tablename__ = "turn"

    incoming_id: Mapped[int] = mapped_column(ForeignKey("incoming.id"), primary_key=True)
    action: Mapped[str] = mapped_column(String(64))
    replies: Mapped[list[dict[str, Any]]]
    wrote: Mapped[list[dict[str, Any]]]
    at: Mapped[datetime] = mapped_column(default=now)


class Outgoing(Table):
    """One reply. `key` and `version` name the words that were sent; `text` is what they became.

    `filling` names what the words are filled with, by id. `serial` is the place in the
    conversation it was said at: an answer button of an older place is an old button.
    `picture`: {"symbol": key in data/symbols.yml, "description": …}. `sends`: what goes along with
    the words: plan (the plan as a document), voice (the words read aloud).
    `state`: due → sending → sent, or failed, or blocked. A throttled one is due later.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("cause_id", "position"),
        Index("ix_outgoing_due", "state", "contact_id", "id"),
        Index("ix_outgoing_person", "person_id", "id"),
    )

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("incoming.id"))
    position: Mapped[int] = mapped_column(default=0)
    key: Mapped[str] = mapped_column(String(64))
    version: Mapped[int | None]
    filling: Mapped[dict[str, Any]]
    text: Mapped[Words | None]
    buttons: Mapped[list[dict[str, Any]]]
    picture: Mapped[dict[str, Any] | None]
    sends: Mapped[str | None] = mapped_column(String(16))
    serial: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16), default="due")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=now)
    provider_id: Mapped[str | None] = mapped_column(String(64))
    problem: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]


class Place(Table):
    """Where a person is in the conversation; the truth, of which Rasa only gets a note.

    `expecting`: what the last question waits for. `question`: its key. `serial` grows with every
    move. `comes_back_to`: the place, as {"expecting", "question", "chapter", "aspiration_id"}, that
    a detour returns to. `with_somebody`: a helper is there, as they said at `with_somebody_at`.
    The lease lets one worker at a time hear this person, one message at a time.
    """

    __tablename__ = "place"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    expecting: Mapped[str] = mapped_column(String(32), default="nothing")
    question: Mapped[str | None] = mapped_column(String(64))
    chapter: Mapped[str | None] = mapped_column(String(64))
    aspiration_id: Mapped[int | None] = mapped_column(ForeignKey("aspiration.id"))
    serial: Mapped[int] = mapped_column(default=0)
    misses: Mapped[int] = mapped_column(default=0)
    comes_back_to: Mapped[dict[str, Any] | None]
    with_somebody: Mapped[bool | None]
    with_somebody_at: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None]
