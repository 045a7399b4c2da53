"""A hope from its first words to "that is right", and whose turn it is after each move."""

from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.deciding import NOT_YET, check_can_move
from plan_store.keeping_words import LEFT_EMPTY
from plan_store.life_areas import LIFE_AREAS
from plan_store.making_moves import make_move
from plan_store.tables import Aspiration, AspirationStatement, Statement, now


def begin_item(
    session: Session, cause: Cause, life_area: str, kind: Literal["hope", "entry", "sorted"]
) -> Aspiration:
    """A new part of the plan in this life area; its words are linked to it as they are said."""
    if life_area not in LIFE_AREAS:
        raise ValueError(f"{life_area!r} is no life area.")
    begins = check_can_move("aspiration", "begins", cause.who, NOT_YET)
    aspiration = Aspiration(
        person_id=cause.person_id,
        life_area=life_area,
        kind=kind,
        status=begins.after or "",
        whose_turn=begins.turn or "",
    )
    session.add(aspiration)
    session.flush()
    note(session, cause, "begins", "aspiration", aspiration.id)
    return aspiration


def not_agreed(
    session: Session, person_id: str, life_area: str, after: int = 0
) -> Aspiration | None:
    """The oldest part of the plan here, newer than `after`, that was said and not yet agreed to."""
    said = (
        select(AspirationStatement.aspiration_id)
        .join(Statement, Statement.id == AspirationStatement.statement_id)
        .where(
            AspirationStatement.aspiration_id == Aspiration.id, Statement.kind.not_in(LEFT_EMPTY)
        )
    )
    return session.scalars(
        select(Aspiration)
        .where(
            Aspiration.person_id == person_id,
            Aspiration.life_area == life_area,
            Aspiration.id > after,
            Aspiration.agreed_at.is_(None),
            Aspiration.status != "cancelled",
            said.exists(),
        )
        .order_by(Aspiration.id)
        .limit(1)
        .with_for_update()
    ).first()


def said_anything(session: Session, person_id: str, life_area: str) -> bool:
    """Whether the plan has anything in this life area that was not left empty."""
    said = (
        select(AspirationStatement.statement_id)
        .join(Aspiration, Aspiration.id == AspirationStatement.aspiration_id)
        .join(Statement, Statement.id == AspirationStatement.statement_id)
        .where(
            Aspiration.person_id == person_id,
            Aspiration.life_area == life_area,
            Aspiration.status != "cancelled",
            Statement.kind.not_in(LEFT_EMPTY),
        )
    )
    return bool(session.scalar(select(said.exists())))


def newest_item(session: Session, person_id: str, kind: str | None = None) -> Aspiration | None:
    """The newest part of the plan, of this kind where one is named."""
    asked = select(Aspiration).where(
        Aspiration.person_id == person_id, Aspiration.status != "cancelled"
    )
    if kind is not None:
        asked = asked.where(Aspiration.kind == kind)
    return session.scalars(asked.order_by(Aspiration.id.desc()).limit(1)).first()


def happens(session: Session, cause: Cause, aspiration: Aspiration, what: str) -> None:
    """Something happened to the hope, by the table: its version grows and, mostly, the turn passes.

    Raises `NotAllowed` where it may not happen now.
    """
    make_move(session, cause, aspiration, what)
    if what in ("changes", "edits"):
        # New words are read back again before they count as agreed.
        aspiration.agreed_at = None


def agree(session: Session, cause: Cause, aspiration: Aspiration) -> None:
    """The person read it back and said that it is right."""
    make_move(session, cause, aspiration, "agrees")
    aspiration.agreed_at = now()
