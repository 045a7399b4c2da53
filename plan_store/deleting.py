"""Deleting what a person said, for good: the words are gone, the line in the history stays.

Comes in: a part of the plan, or one statement. Goes out: no words of it in any table. The files of
recordings are swept a moment later.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.deciding import can_move
from plan_store.keeping_words import hopes_with, newest_part
from plan_store.making_moves import Decided, make_move
from plan_store.tables import (
    Aspiration,
    AspirationStatement,
    Attachment,
    DeskQuestion,
    Incoming,
    Outcome,
    OutcomeWording,
    Outgoing,
    Promise,
    Sharing,
    ShortVersion,
    Statement,
    Step,
    now,
)

DELETED = "deleted"
# What stands in a reply where it quoted the words.
GONE = "…"


def delete_item(session: Session, cause: Cause, aspiration: Aspiration) -> None:
    """Delete a hope or an entry with all its words; nobody sees it any more.

    Words that stand in another part of the plan too are left there.
    """
    for statement in session.scalars(
        select(Statement)
        .join(AspirationStatement, AspirationStatement.statement_id == Statement.id)
        .where(AspirationStatement.aspiration_id == aspiration.id)
    ):
        if not _stands_elsewhere(session, statement, aspiration):
            delete_statement(session, statement)
    for row in session.scalars(
        select(Sharing).where(Sharing.aspiration_id == aspiration.id, Sharing.until.is_(None))
    ):
        row.until = now()
    delete_what_was_made_of(session, cause, aspiration)
    make_move(session, cause, aspiration, "deletes")


def delete_what_was_made_of(session: Session, cause: Cause, aspiration: Aspiration) -> None:
    """The outcomes, steps and promises of a hope that is deleted end with it, and lose their words.

    What was answered and noted by staff about it stays theirs.
    """
    of_hope = select(Outcome.id).where(Outcome.aspiration_id == aspiration.id)
    outcomes = session.scalars(select(Outcome).where(Outcome.aspiration_id == aspiration.id)).all()
    steps = session.scalars(select(Step).where(Step.outcome_id.in_(of_hope))).all()
    wordings = session.scalars(
        select(OutcomeWording).where(OutcomeWording.outcome_id.in_(of_hope))
    ).all()
    promises = session.scalars(select(Promise).where(Promise.aspiration_id == aspiration.id)).all()
    made: list[Decided] = [*outcomes, *steps, *promises]
    for row in made:
        if can_move(row.__tablename__, "hope_deleted", cause.who, row.status):
            make_move(session, cause, row, "hope_deleted")
    for question in session.scalars(
        select(DeskQuestion).where(
            DeskQuestion.aspiration_id == aspiration.id,
            DeskQuestion.state.in_(("waiting", "asked")),
        )
    ):
        question.state = "withdrawn"
    said = {("wording", row.id): row for row in wordings} | {("step", row.id): row for row in steps}
    for reply in session.scalars(select(Outgoing).where(Outgoing.person_id == cause.person_id)):
        if reply.text and any(item in said for item in _named_in(reply.filling)):
            reply.text = GONE
    for words in said.values():
        words.words = ""


def _named_in(filling: Any) -> list[tuple[str, Any]]:
    return [
        (kind, value)
        for named in filling.values()
        for kind, value in named.items()
        if isinstance(value, int)
    ]


def _stands_elsewhere(session: Session, statement: Statement, besides: Aspiration) -> bool:
    return any(
        other.id != besides.id
        and other.status != "cancelled"
        and newest_part(session, other.id, part) is statement
        for other, part in hopes_with(session, statement)
    )


def delete_statement(session: Session, statement: Statement) -> None:
    """Delete the words of one statement wherever they stand: message, replies, short version."""
    words = statement.words.strip()
    for reply in session.scalars(select(Outgoing).where(Outgoing.person_id == statement.person_id)):
        if reply.text and words and _quotes(reply.filling, statement.id):
            # A long quote was cut short in the reply: then all of the reply goes.
            reply.text = reply.text.replace(words, GONE) if words in reply.text else GONE
    short = session.get(ShortVersion, statement.id)
    if short is not None:
        session.delete(short)
    for message in _messages_of(session, statement):
        message.words, message.details = "", {}
        for attachment in session.scalars(
            select(Attachment).where(Attachment.incoming_id == message.id)
        ):
            attachment.state = DELETED
    statement.words, statement.kind = "", DELETED
    session.flush()


def _messages_of(session: Session, statement: Statement) -> list[Incoming]:
    """The message it was said in; with a voice, also the one that has its words, and the other way;
    with an edit, also the one that was edited.
    """
    found = {statement.incoming_id}
    others = session.scalars(
        select(Incoming).where(
            Incoming.person_id == statement.person_id, Incoming.kind.in_(("heard", "edit"))
        )
    ).all()
    pairs = [
        (other.id, other.details.get("voice") or other.details.get("edits")) for other in others
    ]
    while more := {
        each for pair in pairs if found & set(pair) for each in pair if each not in found and each
    }:
        found |= more
    return [session.get_one(Incoming, message_id) for message_id in sorted(found)]


def _quotes(filling: Any, statement_id: int) -> bool:
    if isinstance(filling, dict):
        if filling.get("statement") == statement_id or filling.get("short") == statement_id:
            return True
        return any(_quotes(part, statement_id) for part in filling.values())
    return isinstance(filling, list) and any(_quotes(part, statement_id) for part in filling)
