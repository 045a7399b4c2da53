"""Receiving: what any door read is kept first, then looked at for danger, in one transaction.

Comes in: a plain message of a door. Goes out: what became of it. Only after this returns does
the door confirm the message to whoever brought it.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.answering_danger import ANSWERS, DangerAnswers
from bot.replying import KIND_WORD, put_replies
from bot.safety import Danger, FirstLook
from bot.tapping import tapped, typed_button
from bot.words import Library
from plan_store.inviting import find_contact
from plan_store.sending_out import unblocked
from plan_store.tables import Attachment, Contact, Incoming, Place
from plan_store.taking_in import keep, leave_unheard, message_by_provider_id

# Words that were written down from a voice of this person's: kept and looked at like any others.
HEARD = "heard"

Outcome = Literal["kept", "alert", "double", "unknown"]


_TRIED_BEFORE = (
    select(Incoming.id)
    .where(
        Incoming.person_id == bindparam("person_id"),
        Incoming.state == "waiting",
        Incoming.attempts > 0,
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Came:
    """One message as a door read it. `key` is the provider's own id, unique for ever.

    `kind`: text, tap, voice, photo, edit, heard, or the name of what was sent. `details`: for a tap
    {"behind": what the button carries} or {"value": what it means}; for what was heard
    {"voice": the message it was written down from} and, in doubt, {"unsure": true}. `provider_id`:
    the message's number in its chat, the same again for an edit. `also`: other text that came with
    it, such as the question of a poll: looked at for danger, and not kept as the person's words.
    `noticed`: what the first look saw, once it has `looked`.
    """

    door: str
    address: str
    key: str
    kind: str
    words: str = ""
    how: str = "typed"
    details: dict[str, Any] = field(default_factory=dict)
    attachment: dict[str, Any] | None = None
    provider_id: str | None = None
    also: str = ""
    noticed: Danger | None = None
    looked: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a message. `replied`: it was answered at once, before anybody heard it."""

    outcome: Outcome
    message_id: int | None = None
    contact_id: int | None = None
    replied: bool = False


class Reception:
    """Where every door brings its messages."""

    def __init__(self, library: Library, danger: DangerAnswers) -> None:
        self.library = library
        self.danger = danger
        # Whether voices are written down here: the hands may say that words come soon.
        self.writes_down = False

    @property
    def first_look(self) -> FirstLook:
        """The look at every message."""
        return self.danger.first_look

    def look(self, came: Came) -> Came:
        """The message, looked at; apart from the transaction, which is not held for it."""
        noticed = self.first_look.look(f"{came.words}\n{came.also}" if came.also else came.words)
        return replace(came, noticed=noticed, looked=True)

    def receive(self, session: Session, came: Came) -> Received:
        """Keep one message and look at it. Nothing is kept of somebody without an invite."""
        if not came.looked:
            came = self.look(came)
        contact = find_contact(session, came.door, came.address)
        if contact is None:
            return Received("unknown")
        if came.kind == HEARD and not _still_kept(session, int(came.details["voice"])):
            return self._deleted_meanwhile(session, contact, came)
        behind = self._waits_behind_trouble(session, contact)
        words, details = self._meant(session, contact, came)
        message = keep(
            session,
            contact,
            came.key,
            came.kind,
            words,
            came.how,
            details,
            came.attachment,
            came.provider_id,
        )
        if message is None:
            return Received("double", None, contact.id)
        if contact.blocked_at is not None and came.kind != HEARD:
            # Whoever writes can be written to, whether or not we were told that they came back.
            unblocked(session, contact.id)
        # A command counts as a tap, and words can be typed behind it: all that came is looked at.
        # Only "I am not safe", typed or tapped under that question, is its answer and no more.
        value = _value_of(details)
        if came.noticed is not None and value not in ANSWERS:
            self.danger.notice(session, contact, message, came.noticed)
            return Received("alert", message.id, contact.id, replied=True)
        if self.danger.hear(session, contact, message, value):
            return Received("kept", message.id, contact.id, replied=True)
        if behind and came.kind != HEARD:
            put_replies(
                session,
                self.library,
                contact.id,
                message.id,
                [{"key": "kept_will_answer"}],
                first=KIND_WORD,
            )
        return Received("kept", message.id, contact.id, replied=behind and came.kind != HEARD)

    def _deleted_meanwhile(self, session: Session, contact: Contact, came: Came) -> Received:
        """They deleted the voice while it was being written down: nothing of it comes back.

        But danger is answered, and a person is told, as for words that were typed and deleted: who
        is in danger may delete out of fear. The words stand with the alert and nowhere else.
        """
        if came.noticed is None:
            leave_unheard(session, came.key, "voice", "deleted")
            return Received("double", None, contact.id)
        voice = {"voice": came.details["voice"]}
        message = keep(session, contact, came.key, HEARD, "", came.how, voice)
        if message is None:
            return Received("double", None, contact.id)
        self.danger.notice(session, contact, message, came.noticed, words=came.words)
        return Received("alert", message.id, contact.id, replied=True)

    def _meant(self, session: Session, contact: Contact, came: Came) -> tuple[str, dict[str, Any]]:
        """The message's words, and the ids that go with it: what was tapped, edited, or meant."""
        words, details = came.words, came.details
        if came.kind == "tap" and "behind" in details:
            words, details = tapped(session, contact.person_id, details["behind"])
        if came.kind == "edit" and came.provider_id is not None:
            edits = message_by_provider_id(session, contact.id, came.provider_id)
            details = {**details, "edits": edits}
        if came.kind in {"text", HEARD} and (
            meant := typed_button(session, self.library, contact.person_id, words)
        ):
            details = {**details, "means": meant}
        if came.kind == "voice" and self.writes_down:
            # With the question it was spoken to: what is heard in it is about that one.
            serial = session.get_one(Place, contact.person_id).serial
            details = {**details, "heard_soon": True, "serial": serial}
        return words, details

    def _waits_behind_trouble(self, session: Session, contact: Contact) -> bool:
        """Whether an older message of this person was tried and is still waiting."""
        return session.scalar(_TRIED_BEFORE, {"person_id": contact.person_id}) is not None


def _value_of(details: dict[str, Any]) -> str | None:
    """What a tap means, or words that are the label of a button."""
    means = details.get("means") or {}
    value = details.get("value") or means.get("value")
    return value if isinstance(value, str) else None


def _still_kept(session: Session, message_id: int) -> bool:
    """Whether the voice of this message is kept; nobody deletes it before this is over."""
    voice = select(Attachment.state).where(
        Attachment.incoming_id == message_id, Attachment.kind == "voice"
    )
    return "kept" in session.scalars(voice.with_for_update())
