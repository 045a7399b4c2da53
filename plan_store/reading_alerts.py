"""Alerts as a facilitator may see them: with every step, and how far the telling of them got.

Comes in: who asks. Goes out: frozen values for the desk's pages; nothing that they may not see.
"""

from collections import defaultdict

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session, aliased

from plan_store.keeping_what_raised_an_alert import KEPT
from plan_store.reaching_people import seen_by
from plan_store.roles import Viewer, can, check_can
from plan_store.tables import (
    Alert,
    AlertRecording,
    AlertStep,
    AlertTelling,
    Attachment,
    Facilitator,
    Incoming,
    Person,
)
from plan_store.what_a_facilitator_sees import AlertSeen, Recording, StepSeen, TellingSeen


def alerts_of(session: Session, viewer: Viewer, person_id: str) -> tuple[AlertSeen, ...]:
    """A person's alerts, the newest first. Raises `MayNot`."""
    found = select(Alert).where(Alert.person_id == person_id).order_by(Alert.id.desc())
    return _seen(session, viewer, found)


def open_alerts(session: Session, viewer: Viewer) -> tuple[AlertSeen, ...]:
    """The alerts that nobody has closed: not yet seen first, then the longest waiting."""
    found = (
        select(Alert)
        .where(Alert.state != "closed")
        .order_by(Alert.state.desc(), Alert.tier, Alert.raised_at)
    )
    return _seen(session, viewer, found)


def latest_drills(session: Session, viewer: Viewer, most: int = 3) -> tuple[AlertSeen, ...]:
    """The last drills that were closed."""
    found = (
        select(Alert)
        .where(Alert.drill, Alert.state == "closed")
        .order_by(Alert.id.desc())
        .limit(most)
    )
    return _seen(session, viewer, found)


def _seen(session: Session, viewer: Viewer, found: Select[Alert]) -> tuple[AlertSeen, ...]:
    """Of these, the drills and the alerts of people whom the viewer may see. Raises `MayNot`."""
    check_can(viewer, "see_alerts")
    acknowledger, closer = aliased(Facilitator), aliased(Facilitator)
    rows = session.execute(
        found.add_columns(
            Person.called,
            acknowledger.name,
            closer.name,
            AlertRecording,
            Attachment.file,
            Incoming.how,
        )
        .outerjoin(Person, Person.id == Alert.person_id)
        .outerjoin(Incoming, Incoming.id == Alert.incoming_id)
        .outerjoin(acknowledger, acknowledger.id == Alert.acknowledged_by)
        .outerjoin(closer, closer.id == Alert.closed_by)
        .outerjoin(AlertRecording, AlertRecording.alert_id == Alert.id)
        .outerjoin(Attachment, Attachment.id == AlertRecording.attachment_id)
        .where(
            Alert.drill
            | (Person.id.is_not(None) & seen_by(viewer))
            # Nobody works with somebody who was forgotten: their alert is for who closes alerts.
            | (Alert.forgotten_at.is_not(None) & literal(can(viewer, "close_alerts")))
        )
    ).all()
    if not rows:
        return ()
    ids = [row[0].id for row in rows]
    steps, tellings = _steps(session, ids), _tellings(session, ids)
    seen = []
    for alert, called, acknowledged_by, closed_by, came, theirs, how in rows:
        seen.append(
            AlertSeen(
                id=alert.id,
                person_id=alert.person_id,
                called=called or alert.about,
                kind=alert.kind,
                how=alert.how,
                tier=alert.tier,
                drill=alert.drill,
                forgotten=alert.forgotten_at is not None,
                words=alert.words,
                raised_at=alert.raised_at,
                state=alert.state,
                acknowledged_by=acknowledged_by,
                acknowledged_at=alert.acknowledged_at,
                closed_by=closed_by,
                closed_at=alert.closed_at,
                closing_reason=alert.closing_reason,
                recording=_recording(alert.id, came, theirs) if came else None,
                came_as=came.kind if came else how,
                steps=tuple(steps[alert.id]),
                tellings=tuple(tellings[alert.id]),
            )
        )
    return tuple(seen)


def _recording(alert_id: int, came: AlertRecording, theirs: str | None) -> Recording:
    """What raised it: until it is copied, the person's own file opens."""
    return Recording(alert_id, came.kind, KEPT if theirs else came.state)


def _steps(session: Session, ids: list[int]) -> dict[int, list[StepSeen]]:
    found: dict[int, list[StepSeen]] = defaultdict(list)
    for step, name in session.execute(
        select(AlertStep, Facilitator.name)
        .outerjoin(Facilitator, Facilitator.id == AlertStep.facilitator_id)
        .where(AlertStep.alert_id.in_(ids))
        .order_by(AlertStep.id)
    ):
        found[step.alert_id].append(StepSeen(step.what, step.who, name, step.at, step.detail))
    return found


def _tellings(session: Session, ids: list[int]) -> dict[int, list[TellingSeen]]:
    found: dict[int, list[TellingSeen]] = defaultdict(list)
    for telling in session.scalars(
        select(AlertTelling)
        .where(AlertTelling.alert_id.in_(ids))
        .order_by(AlertTelling.due_at, AlertTelling.id)
    ):
        found[telling.alert_id].append(
            TellingSeen(
                telling.who, telling.state, telling.due_at, telling.attempts, telling.problem
            )
        )
    return found
