"""Safeguarding alerts: raised with the exact words, acknowledged and closed by people only."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.tables import Alert, Incoming, now


class AlreadyClosed(Exception):
    """Somebody closed this alert before."""


class ReasonMissing(Exception):
    """An alert is closed with a reason, or not at all."""


def raise_alert(session: Session, message: Incoming, kind: str, phrase: str) -> Alert:
    """Keep an alert about this message, with its exact words."""
    alert = Alert(
        person_id=message.person_id,
        incoming_id=message.id,
        kind=kind,
        phrase=phrase,
        words=message.words,
    )
    session.add(alert)
    session.flush()
    note(session, Cause.message(message.person_id, message.id), "raises", "alert", alert.id)
    return alert


def acknowledge(session: Session, cause: Cause, alert_id: int) -> Alert:
    """A facilitator says: I have seen this and act on it. The first one counts."""
    alert = _locked(session, alert_id)
    if alert.state == "open":
        alert.state = "acknowledged"
        alert.acknowledged_by = cause.facilitator_id
        alert.acknowledged_at = now()
        note(session, cause, "acknowledges", "alert", alert.id)
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
    note(session, cause, "closes", "alert", alert.id)
    return alert


def _locked(session: Session, alert_id: int) -> Alert:
    return session.scalars(select(Alert).where(Alert.id == alert_id).with_for_update()).one()
