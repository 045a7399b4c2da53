"""What waits for a facilitator: each kind of reason by one query, however many people there are.

Comes in: the store and the moment. Goes out: reasons by person, for `plan_store.morning`. No words
are read here; they are shown on the person's own page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from plan_store.promising import end_of, late_promises
from plan_store.sharing import shared_with
from plan_store.tables import (
    Alert,
    Aspiration,
    Call,
    Incoming,
    Outcome,
    Outgoing,
    Sharing,
    Step,
)
from plan_store.the_time_here import day_of

# The most pressing first. A person stands where their first reason stands.
REASONS = (
    "alert_open",
    "alert_acknowledged",
    "call",
    "hope",
    "promise",
    "step",
    "undelivered",
    "set_aside",
    "new",
    "quiet",
)
# Neither heard from nor written to for so long.
QUIET_DAYS = 14
A_DAY = timedelta(days=1)
# What waits longer than this is late.
LATE_AFTER = {
    "alert_open": timedelta(minutes=15),
    "alert_acknowledged": timedelta(days=3),
    "call": timedelta(days=1),
    "hope": timedelta(days=7),
    # It waits from the end of the day it was promised for.
    "promise": timedelta(0),
    "step": timedelta(days=7),
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
    for person_id, kind, many, since, newest in _found(session, moment):
        late = moment - since > LATE_AFTER[kind]
        yield person_id, Reason(kind, since, newest, many, late)


def _found(
    session: Session, moment: datetime
) -> Iterable[tuple[str, str, int, datetime, datetime]]:
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
    yield from _promises_and_steps(session, moment)
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
    another_waits = exists().where(
        Outcome.aspiration_id == Aspiration.id,
        Outcome.whose_turn == "facilitator",
        Outcome.status.not_in(OVER),
    )
    for person_id, agreed_at, shared_at in session.execute(
        select(Aspiration.person_id, Aspiration.agreed_at, Sharing.since)
        .join(Sharing, Sharing.aspiration_id == Aspiration.id)
        .where(
            Sharing.audience == "facilitator",
            Sharing.until.is_(None),
            or_(
                Aspiration.whose_turn == "facilitator",
                # A step written for one outcome does not take another one off the list.
                and_(Aspiration.whose_turn == "nobody", another_waits),
            ),
            Aspiration.status.not_in(OVER),
        )
    ):
        since.setdefault(person_id, []).append(max(filter(None, (agreed_at, shared_at))))
    for person_id, times in since.items():
        yield person_id, "hope", len(times), min(times), max(times)


def _promises_and_steps(
    session: Session, moment: datetime
) -> Iterable[tuple[str, str, int, datetime, datetime]]:
    """Promises whose day has passed; steps of staff whose day has come, and calls for help."""
    ends: dict[tuple[str, str], list[datetime]] = {}
    for promise in late_promises(session, moment):
        ends.setdefault((promise.person_id, "promise"), []).append(end_of(promise.by_day))
    for step in session.scalars(
        select(Step)
        .join(Outcome, Outcome.id == Step.outcome_id)
        .join(Aspiration, Aspiration.id == Outcome.aspiration_id)
        .where(
            Step.whose_turn == "facilitator",
            Step.status.in_(("not-started", "in-progress", "stopped")),
            Outcome.status.in_(("accepted", "active")),
            or_(Step.who == "person", Step.by_day <= day_of(moment)),
            shared_with("facilitator"),
        )
    ):
        # A call for help waits from when it was made; a step of staff from the day it is for.
        since = step.turned_at if step.who == "person" else end_of(step.by_day - A_DAY)
        ends.setdefault((step.person_id, "step"), []).append(since)
    for (person_id, kind), times in ends.items():
        yield person_id, kind, len(times), min(times), max(times)
