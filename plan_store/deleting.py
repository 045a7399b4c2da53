"""Deleting what a person said, for good: the words are gone, the line in the history stays.

Comes in: a part of the plan, one statement, or an answer beside it. Goes out: no words of it in any
row, theirs or those that staff made of it, but for words about danger. The files of recordings are
swept a moment later.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, exists, inspect, select
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.deciding import can_move
from plan_store.keeping_words import hopes_with, newest_part
from plan_store.life_areas import CARD, MAIN_PARTS
from plan_store.making_moves import Decided, make_move
from plan_store.order_of_locks import lock_hopes, lock_in_order
from plan_store.sealing.sealed_columns import SEALED, SealedDict
from plan_store.tables import (
    Alert,
    Aspiration,
    Attachment,
    DeskQuestion,
    Incoming,
    Outcome,
    Outgoing,
    Promise,
    Sharing,
    Statement,
    Step,
    Table,
    now,
)
from plan_store.what_hangs_on_a_hope import (
    DELETED,
    REMOVED,
    hanging_on,
    hanging_on_answer,
    hanging_on_words,
    naming,
)
from plan_store.what_was_answered import ANSWERS, AnswerBeside, asked_by, note_deleted

# What stands in a reply where it quoted the words.
GONE = "…"
# By these it is asked whether to delete it.
ASKS_TO_DELETE = ("ask_delete", "ask_delete_but", "ask_delete_answer", "ask_delete_answer_but")
# What ends with the hope, by the table of moves.
MADE_OF_IT = (Outcome, Step, Promise)


def delete_item(session: Session, cause: Cause, aspiration: Aspiration) -> bool:
    """Delete a hope or an entry with all its words; nobody sees it any more.

    What was made of it ends with it: outcomes, steps and promises by the table of moves, questions
    are not asked any more, sharing ends. Then every row that hangs on it loses its words, whoever
    wrote them. Words that stand in another part of the plan too are left there.

    Goes out, as of the others here: whether words about danger stay, of what was deleted in fact. A
    voice may have been written down since it was asked about.
    """
    lock_hopes(session, [aspiration.id])
    for row in (rows := _locked(session, lambda: hanging_on(session, aspiration))):
        if isinstance(row, MADE_OF_IT):
            _ends(session, cause, row)
        elif isinstance(row, DeskQuestion) and row.state in {"waiting", "asked"}:
            row.state = "withdrawn"
        elif isinstance(row, Sharing) and row.until is None:
            row.until = now()
    make_move(session, cause, aspiration, "deletes")
    return _take_the_words(session, cause.person_id, rows)


def delete_statement(session: Session, cause: Cause, statement: Statement) -> bool:
    """Delete the words of one statement wherever they stand: message, replies, short version."""
    rows = _locked(session, lambda: hanging_on_words(session, statement))
    _note_answers(session, cause, rows)
    return _take_the_words(session, cause.person_id, rows)


def delete_answer(session: Session, cause: Cause, answer: AnswerBeside) -> bool:
    """Delete an answer about a meeting or an idea with its words: the question is open again."""
    rows = _locked(session, lambda: hanging_on_answer(session, answer))
    _note_answers(session, cause, rows)
    return _take_the_words(session, cause.person_id, rows)


def goes_with(session: Session, statement: Statement) -> list[Aspiration]:
    """The parts of the plan that are deleted with this statement, locked: it is what they say."""
    return [
        aspiration
        for aspiration, part in hopes_with(session, statement)
        if (part in MAIN_PARTS or part.startswith(CARD))
        and newest_part(session, aspiration.id, part) is statement
    ]


def keeps_danger(session: Session, statement: Statement) -> bool:
    """Whether words about danger stay when this statement goes, and all that goes with it."""
    rows = hanging_on_words(session, statement)
    for aspiration in goes_with(session, statement):
        rows += hanging_on(session, aspiration)
    return _has_danger(session, rows)


def answer_keeps_danger(session: Session, answer: AnswerBeside) -> bool:
    """The same of an answer about a meeting or an idea."""
    return _has_danger(session, hanging_on_answer(session, answer))


def asked_to_delete_last(session: Session, person_id: str) -> int | None:
    """The message that they were asked about last, whether it is to be deleted; None for another
    thing.
    """
    reply = session.scalars(
        select(Outgoing)
        .where(Outgoing.person_id == person_id, Outgoing.key.in_(ASKS_TO_DELETE))
        .order_by(Outgoing.id.desc())
        .limit(1)
    ).first()
    about: int | None = reply.filling["words"].get("message") if reply is not None else None
    return about


def _has_danger(session: Session, rows: list[Table]) -> bool:
    messages = [row.id for row in rows if isinstance(row, Incoming)]
    return bool(session.scalar(select(exists().where(Alert.incoming_id.in_(messages)))))


def _locked(session: Session, find: Callable[[], list[Table]]) -> list[Table]:
    """What is found, locked; then found again, with what was written until it was locked.

    A transcript holds its voice while it is kept: either it is here now, or it sees the deletion.
    """
    by_table: dict[str, list[Table]] = {}
    for row in find():
        by_table.setdefault(row.__tablename__, []).append(row)
    by_table.pop("place", None)
    lock_in_order(session, {name: _these(found) for name, found in by_table.items()})
    return find()


def _these(rows: list[Table]) -> ColumnElement[bool]:
    mapper = inspect(type(rows[0]))
    keys = [mapper.primary_key_from_instance(row)[0] for row in rows]
    condition: ColumnElement[bool] = mapper.primary_key[0].in_(keys)
    return condition


def _note_answers(session: Session, cause: Cause, rows: list[Table]) -> None:
    """The desk sees that an answer was deleted, once for each question."""
    answers = {asked_by(row): row for row in rows if isinstance(row, ANSWERS)}
    for answer in answers.values():
        note_deleted(session, cause, answer)


def _ends(session: Session, cause: Cause, row: Outcome | Step | Promise) -> None:
    made: Decided = row
    if can_move(row.__tablename__, "hope_deleted", cause.who, row.status):
        make_move(session, cause, made, "hope_deleted")


def _take_the_words(session: Session, person_id: str, rows: list[Table]) -> bool:
    danger_stays = _has_danger(session, rows)
    rows = rows + _take_from_replies(session, person_id, rows)
    session.flush()
    for name in REMOVED:
        for row in rows:
            if row.__tablename__ == name:
                session.delete(row)
        session.flush()
    for row in rows:
        if row.__tablename__ in REMOVED:
            continue
        if isinstance(row, Attachment):
            # The file, and the name it is fetched by, are swept.
            row.state = DELETED
            continue
        _empty(row)
        if isinstance(row, Statement):
            row.kind = DELETED
    session.flush()
    return danger_stays


def _empty(row: Table) -> None:
    """Every sealed column of it: a new one is emptied without being named here."""
    for column in inspect(type(row)).columns:
        if isinstance(column.type, SEALED):
            nothing = {} if isinstance(column.type, SealedDict) else ""
            setattr(row, column.key, None if column.nullable else nothing)


def _take_from_replies(session: Session, person_id: str, rows: list[Table]) -> list[Table]:
    """What the chat said of it; the messages that asked to delete it, since they name it too.

    A reply that was not sent yet is not sent any more.
    """
    asked = []
    for reply, filled in naming(session, person_id, rows):
        if reply.key in ASKS_TO_DELETE and reply.cause_id is not None:
            asked.append(reply.cause_id)
        if reply.state == "due":
            session.delete(reply)
            continue
        reply.picture = None
        if reply.text:
            reply.text = _without(reply.text, filled)
    messages = session.scalars(select(Incoming).where(Incoming.id.in_(asked))).all()
    parts = session.scalars(select(Attachment).where(Attachment.incoming_id.in_(asked))).all()
    return [*messages, *parts]


def _without(text: str, filled: list[Table]) -> str:
    """Where only their own words were quoted, and whole, the rest of the reply stays."""
    for row in filled:
        words = row.words.strip() if isinstance(row, (Statement, Incoming)) else ""
        if not words and isinstance(row, Statement):
            # Said without a word: nothing of it was quoted.
            continue
        if not words or words not in text:
            return GONE
        text = text.replace(words, GONE)
    return text
