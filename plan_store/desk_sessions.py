"""Sign-ins to the desk: begun with both factors, seen with each click, listed, and ended.

A sign-in whose row is ended or too old counts no more, whatever a cookie says.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from plan_store.facilitators import viewer_of
from plan_store.roles import Viewer
from plan_store.tables import DeskSession, Facilitator, now

IDLE = timedelta(hours=8)
LONGEST = timedelta(hours=12)
# Not every click writes.
SEEN_EVERY = timedelta(minutes=1)


def begin_desk_session(session: Session, facilitator_id: int, browser: str) -> DeskSession:
    """A new sign-in."""
    begun = DeskSession(facilitator_id=facilitator_id, browser=browser[:64])
    session.add(begun)
    session.flush()
    return begun


def find_open(session: Session, session_id: int) -> tuple[DeskSession, Facilitator, Viewer] | None:
    """The sign-in and whose it is; None when it or the account has ended."""
    found = session.execute(
        select(DeskSession, Facilitator)
        .join(Facilitator, Facilitator.id == DeskSession.facilitator_id)
        .where(DeskSession.id == session_id, Facilitator.ended_at.is_(None), *_open())
    ).one_or_none()
    if found is None:
        return None
    begun, facilitator = found
    return begun, facilitator, viewer_of(session, facilitator.id)


def is_stale(begun: DeskSession) -> bool:
    """Whether the last click that was written down is a while ago."""
    return now() - begun.seen_at > SEEN_EVERY


def see(session: Session, session_id: int) -> None:
    """Somebody clicked."""
    session.execute(update(DeskSession).where(DeskSession.id == session_id).values(seen_at=now()))


def open_sessions(session: Session, facilitator_id: int) -> list[DeskSession]:
    """Where somebody is signed in, the newest first."""
    return list(
        session.scalars(
            select(DeskSession)
            .where(DeskSession.facilitator_id == facilitator_id, *_open())
            .order_by(DeskSession.id.desc())
        )
    )


def leave(session: Session, session_id: int) -> None:
    """The browser signs in anew: what it had before ends."""
    session.execute(
        update(DeskSession)
        .where(DeskSession.id == session_id, DeskSession.ended_at.is_(None))
        .values(ended_at=now())
    )


def end_session(session: Session, facilitator_id: int, session_id: int) -> None:
    """End one sign-in of theirs."""
    _end(session, facilitator_id, DeskSession.id == session_id)


def end_sessions(session: Session, facilitator_id: int, besides: int | None = None) -> None:
    """End every sign-in of theirs, or every other one."""
    _end(session, facilitator_id, DeskSession.id != besides if besides else DeskSession.id > 0)


def _end(session: Session, facilitator_id: int, which: ColumnElement[bool]) -> None:
    session.execute(
        update(DeskSession)
        .where(
            DeskSession.facilitator_id == facilitator_id,
            DeskSession.ended_at.is_(None),
            which,
        )
        .values(ended_at=now())
    )


def _open() -> tuple[ColumnElement[bool], ...]:
    return (
        DeskSession.ended_at.is_(None),
        DeskSession.seen_at > now() - IDLE,
        DeskSession.began_at > now() - LONGEST,
    )
