"""The only ways from somebody at the desk to a person: each asks first whether they may.

Comes in: a `Viewer` and an id. Goes out: the person's row, or `MayNot`; for lists, the condition
that leaves out everybody else. Where there is no such person, the refusal is the same.
"""

from sqlalchemy import ColumnElement, exists, false, or_, select, true, update
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.inserting_once import insert_once
from plan_store.roles import (
    NOT_YOUR_PERSON,
    Around,
    MayNot,
    Viewer,
    can,
    check_can,
    check_can_answer_person,
    check_can_see_person,
)
from plan_store.tables import Alert, Caseload, Facilitator, Person, now


def access_person_by_viewer(session: Session, viewer: Viewer | None, person_id: str) -> Person:
    """The person, for somebody who may see them. Raises `MayNot`."""
    check_can_see_person(viewer, around(session, person_id))
    return _there(session, person_id)


def access_person_to_answer(session: Session, viewer: Viewer | None, person_id: str) -> Person:
    """The person, for somebody who may write to them. Raises `MayNot`."""
    check_can_answer_person(viewer, around(session, person_id))
    return _there(session, person_id)


def access_alert_by_viewer(
    session: Session, viewer: Viewer | None, person_id: str, alert_id: int
) -> Alert:
    """An alert of this person, for somebody who may see both. Raises `MayNot`."""
    check_can(viewer, "see_alerts")
    access_person_by_viewer(session, viewer, person_id)
    alert = session.get(Alert, alert_id)
    if alert is None or alert.person_id != person_id:
        raise MayNot(NOT_YOUR_PERSON)
    return alert


def check_can_open_alert(session: Session, viewer: Viewer | None, alert_id: int) -> Alert:
    """An alert for who may see it; of somebody forgotten, who closes alerts. Raises `MayNot`."""
    check_can(viewer, "see_alerts")
    alert = session.get(Alert, alert_id)
    if alert is None or (alert.person_id is None and alert.forgotten_at is None):
        raise MayNot(NOT_YOUR_PERSON)
    if alert.person_id is not None:
        access_person_by_viewer(session, viewer, alert.person_id)
    elif not can(viewer, "close_alerts"):
        raise MayNot(NOT_YOUR_PERSON)
    return alert


def seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """For queries on `Person`: only those whom the viewer may see. The same rule, in SQL."""
    if can(viewer, "see_everybody"):
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if can(viewer, "see_own_people"):
        ways.append(
            exists()
            .where(
                Caseload.person_id == Person.id,
                Caseload.facilitator_id == viewer.id,
                Caseload.until.is_(None),
            )
            .correlate(Person)
        )
    if can(viewer, "see_people_with_alerts"):
        # Correlated by name: the query around it may be one of alerts.
        ways.append(exists().where(Alert.person_id == Person.id).correlate(Person))
    return or_(*ways)


def around(session: Session, person_id: str) -> Around:
    """The facts that decide who may see this person."""
    with_them = session.scalars(
        select(Caseload.facilitator_id).where(
            Caseload.person_id == person_id, Caseload.until.is_(None)
        )
    )
    has_alert = session.scalar(select(exists().where(Alert.person_id == person_id)))
    return Around(frozenset(with_them), bool(has_alert))


def facilitators_of(session: Session, person_id: str) -> list[tuple[int, str]]:
    """Who works with this person now, by id and name, the longest first."""
    found = session.execute(
        select(Facilitator.id, Facilitator.name)
        .join(Caseload, Caseload.facilitator_id == Facilitator.id)
        .where(Caseload.person_id == person_id, Caseload.until.is_(None))
        .order_by(Caseload.id)
    )
    return [(facilitator_id, name) for facilitator_id, name in found]


def give_person(session: Session, cause: Cause, facilitator_id: int) -> bool:
    """From now on this facilitator works with the person. False when they did already."""
    given = insert_once(
        session,
        Caseload,
        person_id=cause.person_id,
        facilitator_id=facilitator_id,
        given_by=cause.facilitator_id,
    )
    if given is None:
        return False
    note(session, cause, "gives", "caseload", given.id)
    return True


def take_person_back(session: Session, cause: Cause, facilitator_id: int) -> bool:
    """From now on this facilitator does not work with the person. False when they did not."""
    ended = session.scalar(
        update(Caseload)
        .where(
            Caseload.person_id == cause.person_id,
            Caseload.facilitator_id == facilitator_id,
            Caseload.until.is_(None),
        )
        .values(until=now())
        .returning(Caseload.id)
    )
    if ended is None:
        return False
    note(session, cause, "takes_back", "caseload", ended)
    return True


def _there(session: Session, person_id: str) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise MayNot(NOT_YOUR_PERSON)
    return person
