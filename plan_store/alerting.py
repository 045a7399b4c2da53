"""Safeguarding alerts: raised with the exact words, acknowledged and closed by people only.

Comes in: a message that may speak of danger, or a click. Goes out: the alert, who is to be told of
it and when, and a step with its time for each thing that happens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.keeping_what_raised_an_alert import note_what_raised
from plan_store.tables import Alert, AlertStep, AlertTelling, Incoming, now

# The newest alert of a person for so long is what "I was joking" is about.
RECENT = timedelta(days=7)
LONGEST_PHRASE = 200


class AlreadyClosed(Exception):
    """Somebody closed this alert before."""


class ReasonMissing(Exception):
    """An alert is closed with a reason, or not at all."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What was noticed in a message: see `Alert`."""

    kind: str
    phrase: str
    how: str = "phrase"
    tier: str = "alert"


def raise_alert(
    session: Session,
    message: Incoming,
    noticed: Noticed,
    tell: dict[str, datetime] | None = None,
    at: datetime | None = None,
    words: str | None = None,
) -> Alert:
    """Keep an alert about this message, with its exact words; `tell`: who, and from when on.

    `words`: where the message itself keeps none, as the person deleted it meanwhile.
    """
    alert = Alert(
        person_id=message.person_id,
        incoming_id=message.id,
        kind=noticed.kind,
        how=noticed.how,
        tier=noticed.tier,
        phrase=noticed.phrase[:LONGEST_PHRASE],
        words=message.words if words is None else words,
        raised_at=at or now(),
    )
    session.add(alert)
    session.flush()
    note(session, Cause.message(message.person_id, message.id), "raises", "alert", alert.id)
    step(session, alert.id, "raised", "person", detail=noticed.how)
    note_what_raised(session, alert, message)
    _tell(session, alert, tell or {})
    return alert


def raise_drill(session: Session, facilitator_id: int, tell: dict[str, datetime]) -> Alert:
    """A practice: the whole chain, marked as a drill; nobody's words and no person."""
    alert = Alert(kind="drill", phrase="", words="", drill=True)
    session.add(alert)
    session.flush()
    step(session, alert.id, "raised", "facilitator", facilitator_id)
    _tell(session, alert, tell)
    return alert


def acknowledge(session: Session, cause: Cause, alert_id: int) -> Alert:
    """A facilitator says: I have seen this and act on it. The first one counts."""
    alert = _locked(session, alert_id)
    if alert.state == "open":
        alert.state = "acknowledged"
        alert.acknowledged_by = cause.facilitator_id
        alert.acknowledged_at = now()
        _happens(session, cause, alert, "acknowledges", "acknowledged")
    return alert


def close(session: Session, cause: Cause, alert_id: int, reason: str) -> Alert:
    """A facilitator closes the alert and says why."""
    if not reason.strip():
        raise ReasonMissing
    alert = _locked(session, alert_id)
    if alert.state == "closed":
        raise AlreadyClosed
    alert.state = "closed"
    alert.closed_by = cause.facilitator_id
    alert.closed_at = now()
    alert.closing_reason = reason.strip()
    _happens(session, cause, alert, "closes", "closed")
    return alert


def newest_open_alert(session: Session, person_id: str, since: datetime) -> Alert | None:
    """The person's newest alert that nobody has closed, if it was raised after `since`."""
    return session.scalars(
        select(Alert)
        .where(Alert.person_id == person_id, Alert.state != "closed", Alert.raised_at >= since)
        .order_by(Alert.id.desc())
        .limit(1)
    ).first()


def step(
    session: Session,
    alert_id: int,
    what: str,
    who: str,
    facilitator_id: int | None = None,
    detail: str | None = None,
) -> None:
    """Write down one thing that happened to an alert."""
    session.add(
        AlertStep(
            alert_id=alert_id, what=what, who=who, facilitator_id=facilitator_id, detail=detail
        )
    )


def _tell(session: Session, alert: Alert, tell: dict[str, datetime]) -> None:
    session.add_all(
        AlertTelling(alert_id=alert.id, who=who, due_at=due_at) for who, due_at in tell.items()
    )


def _happens(session: Session, cause: Cause, alert: Alert, what: str, happened: str) -> None:
    if alert.person_id is not None:
        note(session, cause, what, "alert", alert.id)
    step(session, alert.id, happened, "facilitator", cause.facilitator_id)
    session.execute(
        update(AlertTelling)
        .where(AlertTelling.alert_id == alert.id, AlertTelling.state.in_(("due", "sending")))
        .values(state="not_needed")
    )


def _locked(session: Session, alert_id: int) -> Alert:
    return session.scalars(select(Alert).where(Alert.id == alert_id).with_for_update()).one()
