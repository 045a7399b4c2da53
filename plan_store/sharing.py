"""Who may see a hope. High privacy by default: with no choice made, only the person.

Comes in: the person's choice. Goes out: sharing rows with a beginning and, once withdrawn, an end.
"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from plan_store.causes import Cause, note
from plan_store.tables import Aspiration, Sharing, now
from plan_store.taking_a_pack_back import take_back_hope

# What each choice in the chat means; a wider choice includes the facilitator, who makes it happen.
CHOICES: dict[str, tuple[str, ...]] = {
    "me": (),
    "facilitator": ("facilitator",),
    "family": ("facilitator", "family"),
    "circle": ("facilitator", "circle"),
    "all": ("facilitator", "family", "circle"),
}


class NotShared(Exception):
    """The person has not let this audience see the hope."""


def share(session: Session, cause: Cause, aspiration: Aspiration, choice: str) -> list[Sharing]:
    """Let exactly the audiences of this choice see the hope from now on; others stop seeing it."""
    wanted = CHOICES[choice]
    if cause.incoming_id is None:
        raise ValueError("Only a message of the person changes who may see something.")
    rows = {row.audience: row for row in open_sharings(session, aspiration.id)}
    for audience, row in rows.items():
        if audience not in wanted:
            row.until = now()
            note(session, cause, "stops_sharing", "sharing", row.id)
            if audience == "facilitator":
                take_back_hope(session, cause, aspiration.id)
    added = [
        Sharing(aspiration_id=aspiration.id, audience=audience, incoming_id=cause.incoming_id)
        for audience in wanted
        if audience not in rows
    ]
    session.add_all(added)
    session.flush()
    for row in added:
        note(session, cause, "shares", "sharing", row.id)
    return added


def open_sharings(session: Session, aspiration_id: int) -> list[Sharing]:
    """The sharings of a hope that hold now."""
    return list(
        session.scalars(
            select(Sharing).where(Sharing.aspiration_id == aspiration_id, Sharing.until.is_(None))
        )
    )


def shared_now(session: Session, person_id: str) -> list[Aspiration]:
    """The parts of the plan that somebody besides the person may see now, locked."""
    return list(
        session.scalars(
            select(Aspiration)
            .where(
                Aspiration.person_id == person_id,
                exists().where(Sharing.aspiration_id == Aspiration.id, Sharing.until.is_(None)),
            )
            .order_by(Aspiration.id)
            .with_for_update()
        )
    )


def last_choice(session: Session, person_id: str, besides: int) -> str | None:
    """What the person chose for the part of the plan that they agreed to before this one."""
    before = session.scalars(
        select(Aspiration.id)
        .where(
            Aspiration.person_id == person_id,
            Aspiration.id != besides,
            Aspiration.agreed_at.is_not(None),
        )
        .order_by(Aspiration.agreed_at.desc(), Aspiration.id.desc())
        .limit(1)
    ).first()
    if before is None:
        return None
    audiences = {row.audience for row in open_sharings(session, before)}
    return next((name for name, who in CHOICES.items() if set(who) == audiences), None)


def shared_with(audience: str) -> ColumnElement[bool]:
    """For queries on `Aspiration`: only hopes that this audience may see now."""
    return exists().where(
        Sharing.aspiration_id == Aspiration.id,
        Sharing.audience == audience,
        Sharing.until.is_(None),
    )


def check_can_see(session: Session, aspiration: Aspiration, audience: str) -> None:
    """Raise `NotShared` when this audience may not see the hope."""
    if audience not in {row.audience for row in open_sharings(session, aspiration.id)}:
        raise NotShared(audience)


def can_see(session: Session, aspiration: Aspiration, audience: str) -> bool:
    """Whether this audience may see the hope now."""
    try:
        check_can_see(session, aspiration, audience)
    except NotShared:
        return False
    return True
