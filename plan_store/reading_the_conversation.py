"""Reading a person's conversation: what came in and what went out, by every door they use.

Comes in: a person and how far back to begin. Goes out: plain data, in the order it was said, for
a fixed number of queries however long the conversation is.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.tables import Attachment, Incoming, Outgoing, Place

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Recording:
    """A photo or voice that came with a message; `kept` is false while it is being fetched."""

    id: int
    kind: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said. `what`: the kind of what came in, or the key of the words that went out.

    `picture`: the symbol above words that went out, {"symbol": …, "description": …}. `sends`: what
    went along with them: plan, voice.
    """

    side: Literal["in", "out"]
    id: int
    at: datetime
    what: str
    words: str
    recording: Recording | None = None
    picture: dict[str, Any] | None = None
    sends: str | None = None

    @property
    def key(self) -> str:
        """Its name among all messages of both sides."""
        return f"{self.side}-{self.id}"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button under a reply, by the reply's id and the button's place in it."""

    reply_id: int
    index: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where an older page begins: before these ids."""

    incoming: int
    outgoing: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of the conversation. `earlier`: where the page before it begins, if there is one.

    `choices`: the buttons that count now. `mark` changes with whatever the page would show.
    """

    messages: tuple[Message, ...]
    choices: tuple[Choice, ...]
    earlier: Cursor | None
    mark: str


def read_conversation(
    session: Session,
    person_id: str,
    before: Cursor | None = None,
    passing_over: Sequence[str] = (),
) -> Talk:
    """The newest page, or the one before a cursor.

    `passing_over`: values of buttons that are always there, and so belong to no one question.
    """
    came = _came(session, person_id, before)
    went = _went(session, person_id, before)
    # Ids keep the order within each side; the two sides are merged by time.
    both = merge(came, [_said(reply) for reply in went], key=lambda said: said.at, reverse=True)
    newest_first = list(islice(both, ON_A_PAGE + 1))
    shown = newest_first[:ON_A_PAGE][::-1]
    earlier = None
    if len(newest_first) > ON_A_PAGE:
        # Where none of a side is shown, the older page begins where this one did.
        top = before or Cursor(
            max((said.id for said in came), default=0) + 1,
            max((reply.id for reply in went), default=0) + 1,
        )
        earlier = Cursor(
            min((said.id for said in shown if said.side == "in"), default=top.incoming),
            min((said.id for said in shown if said.side == "out"), default=top.outgoing),
        )
    serial = session.scalar(select(Place.serial).where(Place.person_id == person_id)) or 0
    choices = () if before else _choices(went, serial, passing_over)
    return Talk(tuple(shown), choices, earlier, _mark(shown, choices))


def own_recording(session: Session, person_id: str, recording_id: int) -> tuple[str, str] | None:
    """File name and media type of a kept recording of this person; None for anybody else's."""
    row = session.execute(
        select(Attachment.file, Attachment.media_type)
        .join(Incoming, Incoming.id == Attachment.incoming_id)
        .where(
            Attachment.id == recording_id,
            Attachment.state == "kept",
            Incoming.person_id == person_id,
        )
    ).one_or_none()
    return (row.file, row.media_type) if row is not None and row.file else None


def message_kept_as(session: Session, person_id: str, key: str) -> int | None:
    """The id of the message that was kept under this key."""
    return session.scalar(
        select(Incoming.id).where(Incoming.key == key, Incoming.person_id == person_id)
    )


def _came(session: Session, person_id: str, before: Cursor | None) -> list[Message]:
    rows = session.execute(
        select(Incoming, Attachment)
        .outerjoin(Attachment, Attachment.incoming_id == Incoming.id)
        .where(
            Incoming.person_id == person_id,
            # A tap without a label is the door's own: the chat was opened, or a button was old.
            (Incoming.kind != "tap") | (Incoming.words != ""),
            *([Incoming.id < before.incoming] if before else []),
        )
        .order_by(Incoming.id.desc())
        .limit(ON_A_PAGE + 1)
    )
    return [
        Message(
            "in",
            message.id,
            message.received_at,
            message.kind,
            message.words,
            Recording(attachment.id, attachment.kind, attachment.state == "kept")
            if attachment is not None
            else None,
        )
        for message, attachment in rows
    ]


def _went(session: Session, person_id: str, before: Cursor | None) -> list[Outgoing]:
    return list(
        session.scalars(
            select(Outgoing)
            .where(
                Outgoing.person_id == person_id,
                # The desk's replies get their words a moment later.
                Outgoing.text.is_not(None),
                *([Outgoing.id < before.outgoing] if before else []),
            )
            .order_by(Outgoing.id.desc())
            .limit(ON_A_PAGE + 1)
        )
    )


def _said(reply: Outgoing) -> Message:
    return Message(
        "out",
        reply.id,
        reply.created_at,
        reply.key,
        reply.text or "",
        picture=reply.picture,
        sends=reply.sends,
    )


def _choices(
    newest_first: list[Outgoing], serial: int, passing_over: Sequence[str]
) -> tuple[Choice, ...]:
    """The buttons of the newest reply that has any of its own, at the present place."""
    for reply in newest_first:
        if reply.serial != serial:
            break
        choices = tuple(
            Choice(reply.id, index, button["label"], button["value"])
            for index, button in enumerate(reply.buttons)
            if button["value"] not in passing_over
        )
        if choices:
            return choices
    return ()


def _mark(shown: list[Message], choices: tuple[Choice, ...]) -> str:
    seen = [
        *(f"{said.key}{said.recording.kept if said.recording else ''}" for said in shown),
        *(f"{choice.reply_id}.{choice.index}" for choice in choices),
    ]
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()[:16]
