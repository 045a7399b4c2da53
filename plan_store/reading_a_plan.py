"""Reading a person's whole plan, for themselves or for one audience they share it with.

Comes in: a person's id. Goes out: plain data, for a fixed number of queries however long it is.
For an audience, words that are not shared with it are not read at all.
"""

import json
from collections import defaultdict
from typing import Any

from sqlalchemy import exists, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from plan_store.keeping_words import LEFT_EMPTY
from plan_store.life_areas import CARD, ENTRY
from plan_store.reading_what_is_agreed import agreed_of
from plan_store.sharing import shared_with
from plan_store.tables import (
    Answer,
    Aspiration,
    AspirationStatement,
    Attachment,
    ChapterPlace,
    Facilitator,
    Incoming,
    Person,
    Sharing,
    ShortVersion,
    Statement,
    WaitingQuestion,
)
from plan_store.whole_plan import TAKEN_BACK, Card, Given, Item, Part, Plan, Recording, Said

# What the hands keep words under that answer no question.
OUTSIDE_ANY_QUESTION = ("anything",)


def read_plan(session: Session, person_id: str, audience: str | None = None) -> Plan | None:
    """The plan as its person sees it, or as an audience does; None for nobody."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    mine = audience is None
    visible: ColumnElement[bool] = shared_with(audience) if audience else true()
    answers = _answers(session, person_id)
    items = _items(session, person_id, visible, answers)
    return Plan(
        person_id=person.id,
        called=person.called,
        pictures=person.pictures,
        items=items,
        told=_told(session, person_id) if mine else (),
        left=_left(session, person_id) if mine else (),
        waiting=_waiting(session, person_id) if mine else (),
        answers=tuple(answers[None]) if mine else (),
    )


def _items(
    session: Session,
    person_id: str,
    visible: ColumnElement[bool],
    answers: dict[int | None, list[Given]],
) -> tuple[Item, ...]:
    seen_by: dict[int, list[str]] = defaultdict(list)
    for item_id, audience in session.execute(
        select(Sharing.aspiration_id, Sharing.audience)
        .join(Aspiration, Aspiration.id == Sharing.aspiration_id)
        .where(Aspiration.person_id == person_id, Sharing.until.is_(None))
        .order_by(Sharing.id)
    ):
        seen_by[item_id].append(audience)
    said = _said_of_items(session, person_id, visible)
    agreed = agreed_of(session, person_id)
    return tuple(
        Item(
            id=row.id,
            kind=row.kind,
            life_area=row.life_area,
            status=row.status,
            version=row.version,
            begun_at=row.created_at,
            agreed_at=row.agreed_at,
            seen_by=tuple(dict.fromkeys(seen_by[row.id])),
            parts=_parts(said[row.id]),
            cards=_cards(said[row.id]),
            answers=tuple(answers[row.id]),
            outcomes=agreed.get(row.id, ()),
        )
        for row in session.scalars(
            select(Aspiration)
            .where(Aspiration.person_id == person_id, Aspiration.status.not_in(TAKEN_BACK), visible)
            .order_by(Aspiration.id)
        )
    )


# One row of what was said in an item: its part, the statement, and what it replaces.
_Row = tuple[str, Said, int | None]


def _said_of_items(
    session: Session, person_id: str, visible: ColumnElement[bool]
) -> dict[int, list[_Row]]:
    """By item, newest first."""
    said: dict[int, list[_Row]] = defaultdict(list)
    for item_id, part, *rest in session.execute(
        select(
            AspirationStatement.aspiration_id,
            AspirationStatement.part,
            Statement,
            Incoming.details,
            ShortVersion,
            Attachment,
        )
        .join(Statement, Statement.id == AspirationStatement.statement_id)
        .join(Aspiration, Aspiration.id == AspirationStatement.aspiration_id)
        .join(Incoming, Incoming.id == Statement.incoming_id)
        .outerjoin(ShortVersion, ShortVersion.statement_id == Statement.id)
        .outerjoin(Attachment, Attachment.incoming_id == Statement.incoming_id)
        .where(Aspiration.person_id == person_id, visible)
        .order_by(Statement.id.desc())
    ):
        statement, details, short, attachment = rest
        said[item_id].append(
            (part, _said(statement, details, short, attachment), statement.replaces_id)
        )
    return said


def _parts(rows: list[_Row]) -> tuple[Part, ...]:
    """The newest of each part stands; of entries each one stands that no newer one replaces."""
    standing: dict[tuple[str, int], list[Said]] = {}
    stands_for: dict[int, int] = {}  # a statement, and the newest one that replaces it
    for part, said, replaces in rows:
        if part.startswith(CARD):
            continue
        newest = stands_for.get(said.id, said.id) if part == ENTRY else 0
        if replaces is not None and part == ENTRY:
            stands_for[replaces] = newest
        standing.setdefault((part, newest), []).append(said)
    parts = [Part(part, said[0], tuple(said[1:])) for (part, _), said in standing.items()]
    return tuple(sorted(parts, key=lambda part: part.said.id))


def _cards(rows: list[_Row]) -> tuple[Card, ...]:
    """Each picture where it was laid last, in the order they were sorted first."""
    laid = {part.removeprefix(CARD): said for part, said, _ in rows[::-1] if part.startswith(CARD)}
    return tuple(Card(key, said.kind, said) for key, said in laid.items())


def _told(session: Session, person_id: str) -> tuple[Said, ...]:
    """What was said outside any question; an edit stands in place of what it edits."""
    linked = exists().where(AspirationStatement.statement_id == Statement.id)
    rows = session.execute(
        select(Statement, Incoming.details, ShortVersion, Attachment)
        .join(Incoming, Incoming.id == Statement.incoming_id)
        .outerjoin(ShortVersion, ShortVersion.statement_id == Statement.id)
        .outerjoin(Attachment, Attachment.incoming_id == Statement.incoming_id)
        .where(
            Statement.person_id == person_id,
            Statement.kind == "said",
            Statement.target.in_(OUTSIDE_ANY_QUESTION),
            ~linked,
        )
        .order_by(Statement.id)
    ).all()
    replaced = {statement.replaces_id for statement, *_ in rows}
    return tuple(_said(*row) for row in rows if row[0].id not in replaced)


def _left(session: Session, person_id: str) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(ChapterPlace.chapter)
            .where(ChapterPlace.person_id == person_id, ChapterPlace.state == "left")
            .order_by(ChapterPlace.at)
        )
    )


def _waiting(session: Session, person_id: str) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(WaitingQuestion.question)
            .where(WaitingQuestion.person_id == person_id)
            .order_by(WaitingQuestion.since)
        )
    )


def _answers(session: Session, person_id: str) -> dict[int | None, list[Given]]:
    given: dict[int | None, list[Given]] = defaultdict(list)
    for answer, by in session.execute(
        select(Answer, Facilitator.name)
        .join(Facilitator, Facilitator.id == Answer.facilitator_id)
        .where(Answer.person_id == person_id)
        .order_by(Answer.id)
    ):
        given[answer.aspiration_id].append(Given(answer.id, answer.words, by, answer.at))
    return given


def _said(
    statement: Statement,
    details: dict[str, Any],
    short: ShortVersion | None,
    attachment: Attachment | None,
) -> Said:
    answered = statement.kind not in LEFT_EMPTY
    return Said(
        id=statement.id,
        question=statement.target,
        kind=statement.kind,
        # Where a question was left empty, what was typed is a command to the chat.
        words=statement.words if answered else "",
        how=statement.how,
        said_by=statement.said_by,
        helped=statement.helped,
        at=statement.said_at,
        chosen=_chosen(details) if answered else None,
        short=short.words if short and answered else None,
        short_first=bool(short and answered and short.picked_at),
        recording=Recording(attachment.id, attachment.kind, attachment.media_type, attachment.state)
        if attachment and answered
        else None,
    )


def _chosen(details: dict[str, Any]) -> str | None:
    """The key of the answer that was tapped, or typed by its name: /tell{"choice": "very"}."""
    button = details.get("means") or details
    _, brace, rest = str(button.get("value", "")).partition("{")
    if not brace:
        return None
    try:
        choice = json.loads(brace + rest).get("choice")
    except ValueError:
        return None
    return choice if isinstance(choice, str) else None
