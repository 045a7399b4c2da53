"""The jobs of the alert chain: who is due to be told, until it arrived or is not needed.

Comes in: a moment. Goes out: one telling after the other, leased; nothing is lost with the process.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from plan_store.alerting import step
from plan_store.tables import Alert, AlertTelling

# A sender that dies leaves its telling to the next one after so long: perhaps twice, never lost.
SENDING = timedelta(seconds=30)
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 5.0, 60.0


@dataclass(frozen=True, slots=True)
class Telling:
    """One person of the chain to tell now."""

    id: int
    alert_id: int
    who: str
    drill: bool
    attempts: int


def claim_tellings(session: Session, moment: datetime, most: int = 10) -> list[Telling]:
    """What is due at this moment. What somebody has acknowledged meanwhile is not needed."""
    rows = session.execute(
        select(AlertTelling, Alert)
        .join(Alert, Alert.id == AlertTelling.alert_id)
        .where(AlertTelling.state.in_(("due", "sending")), AlertTelling.due_at <= moment)
        .order_by(AlertTelling.due_at, AlertTelling.id)
        .limit(most)
        .with_for_update(of=AlertTelling, skip_locked=True)
    ).all()
    claimed = []
    for telling, alert in rows:
        if alert.state != "open":
            telling.state = "not_needed"
            continue
        telling.state, telling.due_at = "sending", moment + SENDING
        telling.attempts += 1
        claimed.append(Telling(telling.id, alert.id, telling.who, alert.drill, telling.attempts))
    return claimed


def told(session: Session, telling: Telling, moment: datetime) -> None:
    """It was sent."""
    _set(session, telling, state="sent", sent_at=moment, problem=None)
    step(session, telling.alert_id, "told", telling.who)


def not_told(session: Session, telling: Telling, moment: datetime, problem: str) -> None:
    """It could not be sent: tried again soon, and the desk shows it."""
    wait = min(FIRST_WAIT_SECONDS * 2 ** min(telling.attempts - 1, 6), LONGEST_WAIT_SECONDS)
    _set(
        session,
        telling,
        state="due",
        due_at=moment + timedelta(seconds=wait),
        problem=problem[:64],
    )
    step(session, telling.alert_id, "telling_failed", telling.who, detail=problem[:64])


def nobody_to_tell(session: Session, telling: Telling, moment: datetime) -> None:
    """There is no address for this one: the next of the chain is told now."""
    _set(session, telling, state="no_address", problem="no_address")
    step(session, telling.alert_id, "no_address", telling.who)
    following = session.scalars(
        select(AlertTelling)
        .where(AlertTelling.alert_id == telling.alert_id, AlertTelling.state == "due")
        .order_by(AlertTelling.due_at, AlertTelling.id)
        .limit(1)
    ).first()
    if following is not None:
        following.due_at = min(following.due_at, moment)


def next_telling_at(session: Session) -> datetime | None:
    """When the next telling is due, to know how long to rest."""
    return session.scalar(
        select(func.min(AlertTelling.due_at)).where(AlertTelling.state.in_(("due", "sending")))
    )


def _set(session: Session, telling: Telling, **values: object) -> None:
    # What was acknowledged while it was being sent stays not needed.
    session.execute(
        update(AlertTelling)
        .where(AlertTelling.id == telling.id, AlertTelling.state == "sending")
        .values(**values)
    )
