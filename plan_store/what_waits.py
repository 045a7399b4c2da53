"""What waits for a facilitator: each kind of reason by one query, however many people there are.

Comes in: the store and the moment. Goes out: reasons by person, for `plan_store.morning`. No words
are read here; they are shown on the person's own page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plan_store.tables import Alert, Aspiration, Call, Incoming, Outgoing, Sharing

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
# What waits longer than this is late.
LATE_AFTER = {
    "alert_open": timedelta(minutes=15),
    "alert_acknowledged": timedelta(days=3),
    "call": timedelta(days=1),
    "hope": timedelta(days=7),
    "undelivered": timedelta(days=2),
    "set_aside": timedelta(days=2),
}
OVER = ("completed", "cancelled", "rejected", "entered-in-error")


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to turn to a person: how many of the kind, since when the oldest and the newest
    wait, and whether the oldest waits longer than it should.
    """

    kind: str
    since: datetime
    newest: datetime
    many: int = 1
    late: bool = False


def pressing(session: Session, moment: datetime) -> Iterable[tuple[str, Reason]]:
    """Every reason there is, by person."""
    for person_id, kind, many, since, newest in _found(session):
        late = moment - since > LATE_AFTER[kind]
        yield person_id, Reason(kind, since, newest, many, late)


def _found(session: Session) -> Iterable[tuple[str, str, int, datetime, datetime]]:
    for alerted, state, many, since, newest in session.execute(
        select(
            Alert.person_id,
            Alert.state,
            func.count(),
            func.min(Alert.raised_at),
            func.max(Alert.raised_at),
        )
        .where(Alert.state != "closed", Alert.person_id.is_not(None))
        .group_by(Alert.person_id, Alert.state)
    ):
        if alerted is not None:
            yield alerted, f"alert_{state}", many, since, newest
    for person_id, many, since, newest in session.execute(
        select(Call.person_id, func.count(), func.min(Call.at), func.max(Call.at))
        .where(Call.answered_at.is_(None))
        .group_by(Call.person_id)
    ):
        yield person_id, "call", many, since, newest
    yield from _hopes(session)
    last_answers = (
        select(func.max(Outgoing.id))
        .where(Outgoing.key == "facilitator_says")
        .group_by(Outgoing.person_id)
    )
    for person_id, since in session.execute(
        select(Outgoing.person_id, Outgoing.created_at).where(
            Outgoing.id.in_(last_answers), Outgoing.state.in_(("failed", "blocked"))
        )
    ):
        yield person_id, "undelivered", 1, since, since
    for person_id, many, since, newest in session.execute(
        select(
            Incoming.person_id,
            func.count(),
            func.min(Incoming.received_at),
            func.max(Incoming.received_at),
        )
        .where(Incoming.state == "set_aside")
        .group_by(Incoming.person_id)
    ):
        yield person_id, "set_aside", many, since, newest


def _hopes(session: Session) -> Iterable[tuple[str, str, int, datetime, datetime]]:
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
        yield person_id, "hope", len(times), min(times), max(times)
