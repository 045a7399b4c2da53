"""A new password for an account at the desk, by whom it belongs to.

Comes in: the hash they proved to know, and the new one; never a password. Goes out: the new hash, a
line in the record, and the end of every other sign-in.
"""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from plan_store.desk_sessions import end_sessions
from plan_store.tables import AccountChange, Facilitator

PASSWORD = "password"  # noqa: S105  (what was changed)


def password_hash_of(session: Session, facilitator_id: int) -> str:
    """What is kept of their password; empty for somebody who signs in at the council."""
    return session.get_one(Facilitator, facilitator_id).password_hash


def has_password(session: Session, facilitator_id: int) -> bool:
    """Whether they sign in with a password of ours."""
    return password_hash_of(session, facilitator_id) != ""


def change_password(
    session: Session, facilitator_id: int, session_id: int, known: str, new: str
) -> bool:
    """Keep the new hash, and end every sign-in but this one; False where the known one is over."""
    changed = session.scalar(
        update(Facilitator)
        .where(
            Facilitator.id == facilitator_id,
            Facilitator.password_hash == known,
            Facilitator.password_hash != "",
        )
        .values(password_hash=new)
        .returning(Facilitator.id)
    )
    if changed is None:
        return False
    end_sessions(session, facilitator_id, besides=session_id)
    session.add(AccountChange(facilitator_id=facilitator_id, what=PASSWORD, by_id=facilitator_id))
    return True


def last_changed(session: Session, facilitator_id: int) -> datetime | None:
    """When they last changed it, as far as the record reaches."""
    newest: datetime | None = session.scalar(
        select(func.max(AccountChange.at)).where(
            AccountChange.facilitator_id == facilitator_id, AccountChange.what == PASSWORD
        )
    )
    return newest


def changed_since(session: Session, facilitator_id: int, moment: datetime) -> bool:
    """Whether a password that was given at this moment was changed after it."""
    newest = last_changed(session, facilitator_id)
    return newest is not None and newest >= moment
