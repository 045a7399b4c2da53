"""Deleting what a person said, for good: the words are gone, the line in the history stays.

Comes in: a part of the plan, or one statement. Goes out: no words of it in any table. The files of
recordings are left for `bot` to remove, which keeps them.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.keeping_words import hopes_with, newest_part
from plan_store.tables import (
    Aspiration,
    AspirationStatement,
    Attachment,
    Incoming,
    Outgoing,
    Sharing,
    ShortVersion,
    Statement,
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
    aspiration.status, aspiration.whose_turn = "cancelled", "nobody"
    aspiration.version += 1
    note(session, cause, "deletes", "aspiration", aspiration.id)


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
    message = session.get_one(Incoming, statement.incoming_id)
    message.words = ""
    for attachment in session.scalars(
        select(Attachment).where(Attachment.incoming_id == message.id)
    ):
        attachment.state = DELETED
    statement.words, statement.kind = "", DELETED
    session.flush()


def _quotes(filling: Any, statement_id: int) -> bool:
    if isinstance(filling, dict):
        if filling.get("statement") == statement_id or filling.get("short") == statement_id:
            return True
        return any(_quotes(part, statement_id) for part in filling.values())
    return isinstance(filling, list) and any(_quotes(part, statement_id) for part in filling)
