"""What hangs on a part of the plan: every row that carries its words, found by walking the tables.

Comes in: a hope or an entry. Goes out: its rows, each once. The way goes along the foreign keys, so
a new table is found by itself; what rows name without a foreign key stands in the tables below.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from plan_store.keeping_words import SAID_OF, hopes_with, newest_part
from plan_store.tables import (
    Aspiration,
    History,
    Incoming,
    Outgoing,
    SaidAnyway,
    ShortVersion,
    Statement,
    Table,
)
from plan_store.what_was_answered import AnswerBeside, answers_of, asked_by, with_older_ones

# What tables hold that stays when a part of the plan goes, and why: docs/data-protection.md says
# the same. A table with sealed words is reached from a hope, or stands here; a test asks for it.
STAYS: Mapping[str, str] = {
    "person": "what they are called",
    "contact": "the way to reach them",
    "facilitator": "who works at the desk",
    "agreement": "who agreed for somebody under 16",
    "device_person": "what stands in the box of the page and was never sent",
    "alert": "words about danger: the law wants them kept",
    "capacity_note": "whether they could make one decision: the Mental Capacity Act wants it kept",
    "plan_check": "what staff answered to the seven questions, of the plan as a whole",
    "staff_note": "what staff note about the person, of no one hope",
    "meeting": "when and where they meet, of no one hope",
    "meeting_answer": "what helps them to come to a meeting, of no one hope",
}
# These rows say by themselves what the hope was, as a choice from the catalogue: nothing of them
# stays. Of all others the row stays without its words, since the history names it.
REMOVED = ("meeting_answer", "option_answer", "hope_option", "brokering", "short_version")
# A message is the cause of much; only this is a part of it.
PARTS_OF_A_MESSAGE = ("attachment",)
# What was said stands above what it was said for.
ABOVE = ("statement", "incoming")
# What fills a reply, by kind: the table it is of. Every other kind is of no hope.
FILLED_FROM: Mapping[str, str] = {
    "statement": "statement",
    "short": "short_version",
    "message": "incoming",
    "answer": "answer",
    "wording": "outcome_wording",
    "step": "step",
    "promise": "promise",
    "desk_question": "desk_question",
    "hope_option": "hope_option",
    "option_place": "hope_option",
    "next_step": "brokering",
}
CARDS = "cards"
# What a statement is whose words were deleted.
DELETED = "deleted"


class Edge(NamedTuple):
    """One foreign key: rows of `below` name a row of the table `above` in this column."""

    below: type[Table]
    column: str
    above: str


@cache
def edges() -> tuple[Edge, ...]:
    """Every foreign key between tables that are one class each."""
    return tuple(
        Edge(mapper.class_, column.key, key.column.table.name)
        for mapper in Table.registry.mappers
        for column in mapper.columns
        for key in column.foreign_keys
    )


def leads_down(edge: Edge) -> bool:
    """Whether what names a found row is found too."""
    if edge.above == "incoming":
        return edge.below.__tablename__ in PARTS_OF_A_MESSAGE
    return edge.above not in STAYS and edge.below.__tablename__ not in STAYS


def tables_reached() -> set[str]:
    """Every table that a hope's words can stand in, from the tables alone."""
    reached = {"aspiration"}
    while True:
        more = {e.below.__tablename__ for e in edges() if e.above in reached and leads_down(e)}
        more |= {e.above for e in edges() if e.below.__tablename__ in reached and e.above in ABOVE}
        if more <= reached:
            return reached | {SaidAnyway.__tablename__, Outgoing.__tablename__}
        reached |= more


def hanging_on(session: Session, aspiration: Aspiration) -> list[Table]:
    """The part itself and all that hangs on it; words that stand in another part are left out."""
    found: dict[Any, Table] = {}
    _walk(session, [aspiration], found, aspiration.id)
    _walk(session, _messages_that_moved(session, list(found.values())), found, aspiration.id)
    rows = _without_what_stays(session, list(found.values()))
    return [*rows, *_why_it_was_said(session, rows)]


def hanging_on_words(session: Session, statement: Statement) -> list[Table]:
    """One statement, the older ones it took the place of, and how they were said and shortened.

    Where a voice was the answer about a meeting or an idea, that answer too. What staff asked or
    made is not theirs to lose: it goes with its hope.
    """
    found: dict[Any, Table] = {}
    said: Statement | None = statement
    while said is not None and inspect(said).key not in found:
        if said is not statement and _stands_elsewhere(session, said):
            break
        found[inspect(said).key] = said
        message = session.get_one(Incoming, said.incoming_id)
        _walk(session, [message], found)
        short = session.get(ShortVersion, said.id)
        found |= {inspect(short).key: short} if short is not None else {}
        said = session.get(Statement, said.replaces_id) if said.replaces_id else None
    rows = _without_what_stays(session, list(found.values()))
    answers = answers_of(session, [row.id for row in rows if isinstance(row, Incoming)])
    rows += [row for answer in answers for row in hanging_on_answer(session, answer)]
    return list({inspect(row).key: row for row in rows}.values())


def hanging_on_answer(session: Session, answer: AnswerBeside) -> list[Table]:
    """An answer about a meeting or an idea, the older ones to the same question, and how each was
    said: the older ones would stand again, as if they were the answer now.
    """
    found: dict[Any, Table] = {}
    answers = with_older_ones(session, answer)
    _walk(session, [session.get_one(Incoming, each.incoming_id) for each in answers], found)
    messages = [row.id for row in found.values() if isinstance(row, Incoming)]
    spoken = select(Statement).where(
        Statement.incoming_id.in_(messages), Statement.target == asked_by(answer)
    )
    _walk(session, list(session.scalars(spoken)), found)
    return [*_without_what_stays(session, list(found.values())), *answers]


def naming(
    session: Session, person_id: str, rows: Iterable[Table]
) -> list[tuple[Outgoing, list[Table]]]:
    """The replies that were filled from these rows, each with those that fill it."""
    by_name = {(row.__tablename__, _id(row)): row for row in rows}
    cards = {row.target: row for row in rows if isinstance(row, Statement)}
    found = []
    for reply in session.scalars(select(Outgoing).where(Outgoing.person_id == person_id)):
        filled: list[Table] = []
        for kind, value in _named_in(reply.filling):
            if kind == CARDS:
                filled += [cards[card] for card in value if card in cards]
            elif isinstance(value, int):
                row = by_name.get((FILLED_FROM.get(kind, ""), value))
                filled += [row] if row is not None else []
        if filled:
            found.append((reply, filled))
    return found


def _walk(
    session: Session, waits: list[Table], found: dict[Any, Table], besides: int | None = None
) -> None:
    while waits:
        fresh = {inspect(row).key: row for row in waits if inspect(row).key not in found}
        new = {k: row for k, row in fresh.items() if not _stands_elsewhere(session, row, besides)}
        found |= new
        rows = list(new.values())
        waits = [*_along_the_keys(session, rows), *_by_name(session, rows)]


def _along_the_keys(session: Session, rows: list[Table]) -> Iterator[Table]:
    for edge in edges():
        if leads_down(edge):
            ids = [_id(row) for row in rows if row.__tablename__ == edge.above]
            if ids:
                named = getattr(edge.below, edge.column).in_(ids)
                yield from session.scalars(select(edge.below).where(named))
        if edge.above in ABOVE:
            above: Any = Statement if edge.above == "statement" else Incoming
            ids = [getattr(row, edge.column) for row in rows if isinstance(row, edge.below)]
            if any(ids):
                yield from session.scalars(select(above).where(above.id.in_(ids)))


def _by_name(session: Session, rows: list[Table]) -> Iterator[Table]:
    targets = [
        f"{name}:{_id(row)}"
        for name, table in SAID_OF.items()
        for row in rows
        if isinstance(row, table)
    ]
    if targets:
        yield from session.scalars(select(Statement).where(Statement.target.in_(targets)))
    messages = {row.id for row in rows if isinstance(row, Incoming)}
    if messages:
        person_id = next(row.person_id for row in rows if isinstance(row, Incoming))
        yield from _told_again(session, person_id, messages)


def _told_again(session: Session, person_id: str, messages: set[int]) -> Iterator[Incoming]:
    """With a voice what was written down of it, and the other way; with an edit what it edits."""
    for other in session.scalars(
        select(Incoming).where(
            Incoming.person_id == person_id, Incoming.kind.in_(("heard", "edit"))
        )
    ):
        pair = {other.id, other.details.get("voice") or other.details.get("edits")}
        if pair & messages:
            yield from (session.get_one(Incoming, each) for each in pair if each)


def _messages_that_moved(session: Session, rows: list[Table]) -> list[Table]:
    """What was said when any of it was agreed to, answered or shared, by the history."""
    caused: set[int | None] = set()
    for table in {row.__tablename__ for row in rows}:
        ids = [str(_id(row)) for row in rows if row.__tablename__ == table]
        moved = select(History.incoming_id).where(History.item == table, History.item_id.in_(ids))
        caused |= set(session.scalars(moved))
    return list(session.scalars(select(Incoming).where(Incoming.id.in_(caused - {None}))))


def _without_what_stays(session: Session, rows: list[Table]) -> list[Table]:
    """Messages of which every word stands in another part of the plan are left there."""
    gone = {row.id for row in rows if isinstance(row, Statement)}
    said = {row.id: row.words.strip() for row in rows if isinstance(row, Incoming)}
    stands = session.scalars(select(Statement).where(Statement.incoming_id.in_(said)))
    stay = {
        each.incoming_id
        for each in stands
        if each.id not in gone
        and each.kind != DELETED
        and each.words.strip() == said[each.incoming_id]
    }
    return [row for row in rows if _message_of(row) not in stay]


def _id(row: Table) -> Any:
    """Its primary key, or the first of its columns."""
    return inspect(row).mapper.primary_key_from_instance(row)[0]


def _message_of(row: Table) -> int | None:
    """The message this is, or is a part of."""
    if isinstance(row, Incoming):
        return row.id
    if row.__tablename__ in PARTS_OF_A_MESSAGE:
        part: int = getattr(row, "incoming_id")  # noqa: B009  (each part of a message names it so)
        return part
    return None


def _why_it_was_said(session: Session, rows: list[Table]) -> list[Table]:
    """Why hard words were sent all the same: it may quote them."""
    ids = {(row.__tablename__, _id(row)) for row in rows}
    person_id = next(row.person_id for row in rows if isinstance(row, Aspiration))
    reasons = session.scalars(select(SaidAnyway).where(SaidAnyway.person_id == person_id))
    return [row for row in reasons if (row.item, row.item_id) in ids]


def _stands_elsewhere(session: Session, row: Table, besides: int | None = None) -> bool:
    return isinstance(row, Statement) and any(
        other.id != besides
        and other.status != "cancelled"
        and newest_part(session, other.id, part) is row
        for other, part in hopes_with(session, row)
    )


def _named_in(filling: Any) -> Iterator[tuple[str, Any]]:
    """Every kind with what it names, however deep in the lines of a reply."""
    if isinstance(filling, dict):
        for kind, value in filling.items():
            yield kind, value
            yield from _named_in(value)
    elif isinstance(filling, list):
        for part in filling:
            yield from _named_in(part)
