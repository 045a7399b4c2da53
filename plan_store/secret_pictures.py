"""The secret pictures of a device's people: kept as a hash, tried, and waited for.

Comes in: hashes, never the pictures. A try counts as failed until it is known to be right, so that
many at once are as slow as one after the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from plan_store.tables import DevicePerson, now

# Two slips are free. Then each failed try waits longer; nobody is ever shut out for good.
FREE_TRIES = 2
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Try:
    """A try that may be made now, and what it is compared with."""

    here_id: int
    secret_hash: str


def wait_after(tries: int) -> timedelta:
    """How long the next try waits after so many that failed in a row."""
    late = tries - FREE_TRIES
    return WAITS[min(late, len(WAITS)) - 1] if late > 0 else timedelta(0)


def begin_try(session: Session, here_id: int, moment: datetime | None = None) -> Try | None:
    """Count one more try and say what to compare with; None while the person has to wait."""
    at = moment or now()
    row = session.scalars(
        select(DevicePerson).where(DevicePerson.id == here_id).with_for_update()
    ).one_or_none()
    if row is None or row.secret_hash is None:
        return None
    if row.wait_until is not None and row.wait_until > at:
        return None
    row.tries += 1
    wait = wait_after(row.tries)
    row.wait_until = at + wait if wait else None
    return Try(row.id, row.secret_hash)


def choose_picture(session: Session, here_id: int, picture: str) -> None:
    """What stands beside their name."""
    session.execute(update(DevicePerson).where(DevicePerson.id == here_id).values(picture=picture))


def keep_secret_pictures(session: Session, here_id: int, secret_hash: str) -> None:
    """From now on these open the chat on this device."""
    session.execute(
        update(DevicePerson)
        .where(DevicePerson.id == here_id)
        .values(secret_hash=secret_hash, free=False, tries=0, wait_until=None)
    )


def go_without(session: Session, here_id: int) -> None:
    """They know that others use the device, and want no secret pictures."""
    session.execute(
        update(DevicePerson)
        .where(DevicePerson.id == here_id)
        .values(secret_hash=None, free=True, tries=0, wait_until=None)
    )
