"""Keeping what was said, word for word, with who said it and how.

A newer statement about the same thing stands beside the older one and names it.
"""

import re
from collections.abc import Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.tables import (
    Aspiration,
    AspirationStatement,
    DeskQuestion,
    Incoming,
    Statement,
    Step,
    Table,
)

# A question left empty on purpose is an answer too.
LEFT_EMPTY = ("skip", "dont_know", "not_now", "private")
# Pieces that the listener found in the words of a hope: kept beside them, under these names.
FOUND_IN_WORDS = ("activity", "where", "help", "with_whom", "when")
# A picture is sorted one of three ways.
SORTED = ("like", "not_sure", "dislike")
# Where a target names a row by its id, this is what the row is: a question of the desk, a step, or
# a picture of theirs. By this the words are found when the row goes.
PICTURE = "picture"
SAID_OF: Mapping[str, type[Table]] = {"desk": DeskQuestion, "tick": Step, PICTURE: Statement}
NAMES_A_ROW = re.compile(r"(\w+):\d+")


_NEWEST_PART = (
    select(Statement)
    .join(AspirationStatement, AspirationStatement.statement_id == Statement.id)
    .where(
        AspirationStatement.aspiration_id == bindparam("aspiration_id"),
        AspirationStatement.part == bindparam("part"),
    )
    .order_by(Statement.id.desc())
    .limit(1)
)


def keep_statement(
    session: Session,
    cause: Cause,
    message: Incoming,
    action: str,
    target: str,
    words: str,
    kind: str = "said",
    replaces: Statement | None = None,
    helped: bool = False,
) -> Statement:
    """Keep one statement; unique on (message, action, target), so a repeat is refused.

    Raises ValueError where the target names a row that `SAID_OF` does not know.
    """
    named = NAMES_A_ROW.fullmatch(target)
    if named is not None and named[1] not in SAID_OF:
        raise ValueError(f"Nothing is said of {named[1]!r}.")
    statement = Statement(
        person_id=cause.person_id,
        incoming_id=message.id,
        action=action,
        target=target,
        kind=kind,
        words=words,
        how=message.how,
        helped=helped,
        replaces_id=replaces.id if replaces else None,
    )
    session.add(statement)
    session.flush()
    note(session, cause, f"statement_{kind}", "statement", statement.id)
    return statement


def link(session: Session, aspiration: Aspiration, statement: Statement, part: str) -> None:
    """Make the statement part of the hope."""
    session.add(
        AspirationStatement(aspiration_id=aspiration.id, statement_id=statement.id, part=part)
    )
    session.flush()


def newest_part(session: Session, aspiration_id: int, part: str) -> Statement | None:
    """What stands for this part of the hope now: its newest statement."""
    return session.scalars(_NEWEST_PART, {"aspiration_id": aspiration_id, "part": part}).first()


def parts_now(session: Session, aspiration_id: int) -> dict[str, Statement]:
    """What stands for each part of the hope now, oldest part first."""
    rows = session.execute(
        select(AspirationStatement.part, Statement)
        .join(Statement, Statement.id == AspirationStatement.statement_id)
        .where(AspirationStatement.aspiration_id == aspiration_id)
        .order_by(Statement.id)
    )
    return {part: statement for part, statement in rows}  # noqa: C416  (a row is no pair)


def entry_for(session: Session, person_id: str, question: str) -> Aspiration | None:
    """The profile entry that this question's answers became, if there is one."""
    return session.scalars(
        select(Aspiration)
        .join(AspirationStatement, AspirationStatement.aspiration_id == Aspiration.id)
        .join(Statement, Statement.id == AspirationStatement.statement_id)
        .where(
            Aspiration.person_id == person_id,
            Aspiration.kind == "entry",
            Aspiration.status != "cancelled",
            Statement.target == question,
        )
        .order_by(Aspiration.id.desc())
        .limit(1)
    ).first()


def newest_said(session: Session, person_id: str, before: int) -> Statement | None:
    """The newest answer in words that came before this message."""
    return session.scalars(
        select(Statement)
        .where(
            Statement.person_id == person_id,
            Statement.incoming_id < before,
            Statement.kind == "said",
            Statement.target.not_in(("name", *FOUND_IN_WORDS)),
        )
        .order_by(Statement.id.desc())
        .limit(1)
    ).first()


def statements_of_message(session: Session, incoming_id: int) -> list[Statement]:
    """What was kept because of one message."""
    return list(
        session.scalars(
            select(Statement).where(Statement.incoming_id == incoming_id).order_by(Statement.id)
        )
    )


def hopes_with(session: Session, statement: Statement) -> list[tuple[Aspiration, str]]:
    """The hopes this statement is part of, each with the part."""
    rows = session.execute(
        select(Aspiration, AspirationStatement.part)
        .join(AspirationStatement, AspirationStatement.aspiration_id == Aspiration.id)
        .where(AspirationStatement.statement_id == statement.id)
        .with_for_update(of=Aspiration)
    )
    return [(aspiration, part) for aspiration, part in rows]
