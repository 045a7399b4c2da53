"""A short-lived way to one's own plan as a page: a secret key in a link, kept only as a hash.

It can be opened as often as they like until it ends: what looks at links beforehand, or a page
that is loaded anew, does not use it up.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.inviting import hash_of
from plan_store.tables import PlanLink, now

PLAN_LINK_MINUTES = 30
KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Opened:
    """What a key opens: whose plan, and until when."""

    person_id: str
    ends_at: datetime


def make_plan_link(session: Session, person_id: str) -> str:
    """Make a key to this person's plan; it is not kept and cannot be shown again."""
    key = secrets.token_hex(KEY_BYTES)
    ends_at = now() + timedelta(minutes=PLAN_LINK_MINUTES)
    session.add(PlanLink(key_hash=hash_of(key), person_id=person_id, ends_at=ends_at))
    session.flush()
    return key


def person_of_plan_link(session: Session, key: str, at: datetime) -> str | None:
    """Whose plan this key opens at this moment; None for an old one and for one never made."""
    opened = open_plan_link(session, key, at)
    return opened.person_id if opened else None


def open_plan_link(session: Session, key: str, at: datetime) -> Opened | None:
    """The same, with when it ends."""
    link = session.scalar(
        select(PlanLink).where(PlanLink.key_hash == hash_of(key), PlanLink.ends_at > at)
    )
    return Opened(link.person_id, link.ends_at) if link else None


def was_plan_link(session: Session, key: str) -> bool:
    """Whether there ever was such a key."""
    return session.scalar(select(PlanLink.id).where(PlanLink.key_hash == hash_of(key))) is not None
