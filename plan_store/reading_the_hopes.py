"""The parts of one person's plan, as a facilitator may see them: hopes, entries, sorted pictures.

Comes in: a person's id. Goes out: plain data; the words of what is not shared are not read at all.
"""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.keeping_words import LEFT_EMPTY
from plan_store.life_areas import HOPE_PARTS
from plan_store.sharing import shared_with
from plan_store.tables import (
    Aspiration,
    AspirationStatement,
    Attachment,
    Sharing,
    Statement,
    WishCheck,
)
from plan_store.what_a_facilitator_sees import Hope, Recording, Said


def read_hopes(session: Session, person_id: str) -> list[Hope]:
    """Every part of the plan, the newest first; the words of what is shared."""
    seen_by: dict[int, list[str]] = defaultdict(list)
    for hope_id, audience in session.execute(
        select(Sharing.aspiration_id, Sharing.audience)
        .join(Aspiration, Aspiration.id == Sharing.aspiration_id)
        .where(Aspiration.person_id == person_id, Sharing.until.is_(None))
        .order_by(Sharing.id)
    ):
        seen_by[hope_id].append(audience)
    said: dict[int, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for hope_id, part, statement, attachment in session.execute(
        select(AspirationStatement.aspiration_id, AspirationStatement.part, Statement, Attachment)
        .join(Statement, Statement.id == AspirationStatement.statement_id)
        .join(Aspiration, Aspiration.id == AspirationStatement.aspiration_id)
        .outerjoin(Attachment, Attachment.incoming_id == Statement.incoming_id)
        .where(Aspiration.person_id == person_id, shared_with("facilitator"))
        .order_by(Statement.id.desc())
    ):
        said[hope_id][part].append(said_of(statement, attachment))
    checks: dict[int, list[str]] = defaultdict(list)
    for hope_id, outcome in session.execute(
        select(WishCheck.aspiration_id, WishCheck.outcome)
        .where(WishCheck.person_id == person_id, WishCheck.outcome.is_not(None))
        .order_by(WishCheck.id)
    ):
        checks[hope_id].append(str(outcome))
    return [
        Hope(
            id=hope.id,
            kind=hope.kind,
            version=hope.version,
            life_area=hope.life_area,
            status=hope.status,
            whose_turn=hope.whose_turn,
            begun_at=hope.created_at,
            agreed_at=hope.agreed_at,
            shared="facilitator" in seen_by[hope.id],
            seen_by=tuple(seen_by[hope.id]),
            parts=tuple(
                (part, tuple(all_said))
                for part, all_said in sorted(
                    said[hope.id].items(), key=lambda kept: _order(kept[0])
                )
            ),
            checks=tuple(checks[hope.id]),
            answers=(),
        )
        for hope in session.scalars(
            select(Aspiration)
            .where(Aspiration.person_id == person_id, Aspiration.status != "cancelled")
            .order_by(Aspiration.id.desc())
        )
    ]


def _order(part: str) -> tuple[int, str]:
    """The parts as they are asked for; sorted pictures by their key."""
    return (HOPE_PARTS.index(part) if part in HOPE_PARTS else len(HOPE_PARTS), part)


def said_of(statement: Statement, attachment: Attachment | None) -> Said:
    """One thing said; where a question was left empty, no words."""
    return Said(
        id=statement.id,
        kind=statement.kind,
        # Where a question was left empty, what was typed is a command to the chat.
        words="" if statement.kind in LEFT_EMPTY else statement.words,
        how=statement.how,
        said_by=statement.said_by,
        helped=statement.helped,
        at=statement.said_at,
        recording=recording_of(attachment),
    )


def recording_of(attachment: Attachment | None) -> Recording | None:
    """What came with the words, if anything did."""
    return Recording(attachment.id, attachment.kind, attachment.state) if attachment else None
