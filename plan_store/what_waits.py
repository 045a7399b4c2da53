"""What waits for a facilitator, by person and not by message.

Comes in: the store. Goes out: each person with the reasons why they wait, the most pressing first.
No words are read here; they are shown on the person's own page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.tables import (
    Access,
    Alert,
    Answer,
    Aspiration,
    Call,
    Contact,
    Incoming,
    Outgoing,
    Person,
    Sharing,
    now,
)

# The most pressing first. A person stands where their first reason stands.
REASONS = (
    "alert_open",
    "alert_acknowledged",
    "call",
    "hope",
    "undelivered",
    "set_aside",
    "new",
    "quiet",
)
# Neither heard from nor written to for so long.
QUIET_DAYS = 14
OVER = ("completed", "cancelled", "rejected", "entered-in-error")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to turn to a person: how many of the kind, and since when the oldest waits."""

    kind: str
    since: datetime
    many: int = 1


@dataclass(frozen=True, slots=True)
class SomebodyWaiting:
    """A person, and why they wait: empty when nothing is to be done."""

    person_id: str
    called: str | None
    came_at: datetime
    heard_at: datetime | None
    reasons: tuple[Reason, ...]


def who_waits(session: Session) -> list[SomebodyWaiting]:
    """The people for whom something is to be done, the most pressing and longest waiting first."""
    waiting = [person for person in everybody(session) if person.reasons]
    return sorted(
        waiting,
        key=lambda person: (REASONS.index(person.reasons[0].kind), person.reasons[0].since),
    )


def everybody(session: Session) -> list[SomebodyWaiting]:
    """Everybody, by the name they chose; those without a name come last, the newest first."""
    reasons: dict[str, list[Reason]] = {}
    for person_id, reason in _pressing(session):
        reasons.setdefault(person_id, []).append(reason)
    opened = set(session.scalars(select(Access.person_id).distinct()))
    answers = session.execute(
        select(Answer.person_id, func.max(Answer.at).label("last")).group_by(Answer.person_id)
    )
    written: dict[str, datetime] = {row.person_id: row.last for row in answers}
    people = session.execute(
        select(Person.id, Person.called, Person.created_at, func.max(Contact.heard_at))
        .outerjoin(Contact, Contact.person_id == Person.id)
        .group_by(Person.id, Person.called, Person.created_at)
        .order_by(Person.created_at.desc())
    )
    found = []
    for person_id, called, came_at, heard_at in sorted(people, key=_by_name):
        mine = sorted(reasons.get(person_id, []), key=lambda reason: REASONS.index(reason.kind))
        last = max(filter(None, (came_at, heard_at, written.get(person_id))))
        # These two are reasons only where there is no better one.
        if not mine and person_id not in opened:
            mine = [Reason("new", came_at)]
        elif not mine and last < now() - timedelta(days=QUIET_DAYS):
            mine = [Reason("quiet", last)]
        found.append(SomebodyWaiting(person_id, called, came_at, heard_at, tuple(mine)))
    return found


def _by_name(row: Any) -> tuple[bool, str]:
    """Names are sealed in the database: it cannot put them in order."""
    return row.called is None, (row.called or "").casefold()


def _pressing(session: Session) -> Iterable[tuple[str, Reason]]:
    """Each kind of reason by one query, whoever and however many they are."""
    for person_id, state, many, since in session.execute(
        select(Alert.person_id, Alert.state, func.count(), func.min(Alert.raised_at))
        .where(Alert.state != "closed", Alert.person_id.is_not(None))
        .group_by(Alert.person_id, Alert.state)
    ):
        if person_id is None:
            continue
        yield person_id, Reason(f"alert_{state}", since, many)
    for person_id, many, since in session.execute(
        select(Call.person_id, func.count(), func.min(Call.at))
        .where(Call.answered_at.is_(None))
        .group_by(Call.person_id)
    ):
        yield person_id, Reason("call", since, many)
    yield from _hopes(session)
    newest = (
        select(func.max(Outgoing.id))
        .where(Outgoing.key == "facilitator_says")
        .group_by(Outgoing.person_id)
    )
    for person_id, since in session.execute(
        select(Outgoing.person_id, Outgoing.created_at).where(
            Outgoing.id.in_(newest), Outgoing.state.in_(("failed", "blocked"))
        )
    ):
        yield person_id, Reason("undelivered", since)
    for person_id, many, since in session.execute(
        select(Incoming.person_id, func.count(), func.min(Incoming.received_at))
        .where(Incoming.state == "set_aside")
        .group_by(Incoming.person_id)
    ):
        yield person_id, Reason("set_aside", since, many)


def _hopes(session: Session) -> Iterable[tuple[str, Reason]]:
    """Hopes that the facilitator may see and whose next move is the facilitator's."""
    since: dict[str, list[datetime]] = {}
    for person_id, agreed_at, shared_at in session.execute(
        select(Aspiration.person_id, Aspiration.agreed_at, Sharing.since)
        .join(Sharing, Sharing.aspiration_id == Aspiration.id)
        .where(
            Sharing.audience == "facilitator",
            Sharing.until.is_(None),
            Aspiration.whose_turn == "facilitator",
            Aspiration.status.not_in(OVER),
        )
    ):
        since.setdefault(person_id, []).append(max(filter(None, (agreed_at, shared_at))))
    for person_id, times in since.items():
        yield person_id, Reason("hope", min(times), len(times))
