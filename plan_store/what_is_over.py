"""What was kept for long enough, by kind: found, and taken away.

Comes in: a moment before which it is over. Goes out: ids of what is found; then it is gone. Each is
taken away in a transaction of its own, so that nothing long holds up a conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from plan_store.causes import Cause
from plan_store.forgetting import forget
from plan_store.tables import (
    AccountChange,
    Agreement,
    Alert,
    AlertRecording,
    AlertStep,
    AlertTelling,
    ApiToken,
    Aspiration,
    AspirationStatement,
    Attachment,
    Contact,
    DeskKey,
    DeskSession,
    DevicePerson,
    Forgetting,
    History,
    Incoming,
    Invite,
    Meeting,
    Outgoing,
    PackAnswer,
    Person,
    PlanLink,
    SealingKey,
    Statement,
    Unheard,
    now,
)

# Whoever still talks to us is not taken away in the middle.
WITHOUT_A_WORD = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: how it is found, by the moment before which it is over, and how it goes."""

    find: Callable[[datetime], Select[Any]]
    take_away: Callable[[Session, Any], None]


def _people(before: datetime) -> Select[Any]:
    heard = select(Contact.id).where(
        Contact.person_id == Person.id, Contact.heard_at > now() - WITHOUT_A_WORD
    )
    return select(Person.id).where(Person.created_at <= before, ~heard.exists())


def _forget(session: Session, person_id: str) -> None:
    forget(session, person_id, Cause(person_id, "computer"))


def _alerts(before: datetime) -> Select[Any]:
    return select(Alert.id).where(Alert.raised_at <= before, Alert.state == "closed")


def _take_alert(session: Session, alert_id: int) -> None:
    alert = session.get_one(Alert, alert_id, with_for_update=True)
    owner = alert.sealed_by_key
    for table in (AlertStep, AlertTelling, AlertRecording):
        session.execute(delete(table).where(table.alert_id == alert_id))
    session.execute(delete(Alert).where(Alert.id == alert_id))
    session.execute(delete(SealingKey).where(SealingKey.owner == owner))


def _recordings(before: datetime) -> Select[Any]:
    """Voices whose words stand beside them and were agreed; an open alert keeps its voice."""
    spoken, words = aliased(Statement), aliased(Statement)
    agreed = exists().where(
        spoken.incoming_id == Attachment.incoming_id,
        or_(words.id == spoken.id, words.replaces_id == spoken.id),
        words.words != "",
        AspirationStatement.statement_id == words.id,
        Aspiration.id == AspirationStatement.aspiration_id,
        Aspiration.agreed_at <= before,
    )
    alerted = exists().where(Alert.incoming_id == Attachment.incoming_id, Alert.state != "closed")
    return (
        select(Attachment.id)
        .join(Person, Person.id == Attachment.person_id)
        .where(
            Attachment.kind == "voice",
            Attachment.state == "kept",
            Person.keeps_recordings.is_(False),
            agreed,
            ~alerted,
        )
    )


def _take_recording(session: Session, attachment_id: int) -> None:
    # The file itself is swept.
    session.get_one(Attachment, attachment_id).state = "over"


def _messages_in(before: datetime) -> Select[Any]:
    return select(Incoming.id).where(
        Incoming.state == "settled", Incoming.settled_at <= before, Incoming.words != ""
    )


def _empty_message(session: Session, message_id: int) -> None:
    message = session.get_one(Incoming, message_id)
    message.words = ""
    said = select(Statement.id).where(Statement.incoming_id == message_id).limit(1)
    if session.scalar(said) is None:
        # What was chosen with a button stands here for the plan, and only for it.
        message.details = {}


def _messages_out(before: datetime) -> Select[Any]:
    return select(Outgoing.id).where(
        Outgoing.state.in_(("sent", "failed", "blocked")),
        Outgoing.created_at <= before,
        Outgoing.text != "",
    )


def _empty_reply(session: Session, reply_id: int) -> None:
    reply = session.get_one(Outgoing, reply_id)
    reply.text, reply.buttons, reply.filling = "", [], {}


def _unsent(before: datetime) -> Select[Any]:
    return (
        select(DevicePerson.id)
        .join(Contact, Contact.id == DevicePerson.contact_id)
        .where(DevicePerson.unsent.is_not(None), Contact.heard_at <= before)
    )


def _take_unsent(session: Session, here_id: int) -> None:
    session.execute(update(DevicePerson).where(DevicePerson.id == here_id).values(unsent=None))


def _take_invite(session: Session, invite_id: int) -> None:
    """With an invite that nobody used goes who agreed to it, and the key that stood under."""
    mine = Agreement.invite_id == invite_id
    owners = session.scalars(select(Agreement.sealed_by_key).where(mine)).all()
    session.execute(delete(Agreement).where(mine))
    session.execute(delete(SealingKey).where(SealingKey.owner.in_(owners)))
    session.execute(delete(Invite).where(Invite.id == invite_id))


def _pack_answers(before: datetime) -> Select[Any]:
    return (
        select(PackAnswer.id)
        .join(Meeting, Meeting.id == PackAnswer.meeting_id)
        .where(Meeting.begins_at <= before)
    )


def _take_token(session: Session, token_id: int) -> None:
    """With a token goes its history, which is of nobody else."""
    session.execute(
        delete(History).where(History.item == "api_token", History.item_id == str(token_id))
    )
    session.execute(delete(ApiToken).where(ApiToken.id == token_id))


def _row(table: type[Any]) -> Callable[[Session, Any], None]:
    def take(session: Session, row_id: Any) -> None:
        session.execute(delete(table).where(table.id == row_id))

    return take


KINDS: dict[str, Kind] = {
    "person": Kind(_people, _forget),
    "alert": Kind(_alerts, _take_alert),
    "recording": Kind(_recordings, _take_recording),
    "message_in": Kind(_messages_in, _empty_message),
    "message_out": Kind(_messages_out, _empty_reply),
    "unsent": Kind(_unsent, _take_unsent),
    "unheard": Kind(lambda before: select(Unheard.id).where(Unheard.at <= before), _row(Unheard)),
    "plan_link": Kind(
        lambda before: select(PlanLink.id).where(PlanLink.ends_at <= before), _row(PlanLink)
    ),
    "invite": Kind(
        lambda before: select(Invite.id).where(
            or_(Invite.ends_at <= before, Invite.used_at <= before)
        ),
        _take_invite,
    ),
    "pack": Kind(_pack_answers, _row(PackAnswer)),
    "forgetting": Kind(
        lambda before: select(Forgetting.id).where(Forgetting.at <= before), _row(Forgetting)
    ),
    "desk_session": Kind(
        lambda before: select(DeskSession.id).where(DeskSession.seen_at <= before),
        _row(DeskSession),
    ),
    "account_change": Kind(
        lambda before: select(AccountChange.id).where(AccountChange.at <= before),
        _row(AccountChange),
    ),
    "api_token": Kind(
        lambda before: select(ApiToken.id).where(
            or_(ApiToken.ends_at <= before, ApiToken.ended_at <= before)
        ),
        _take_token,
    ),
    "desk_key": Kind(
        lambda before: select(DeskKey.id).where(DeskKey.ends_at <= before), _row(DeskKey)
    ),
}
