"""Whether somebody could make one decision, on one day: noted by a person, never changed.

Comes in: a facilitator's form. Goes out: one more row; or every reason why there is none. After the
Mental Capacity Act 2005, sections 1 to 3, which is for people of 16 or over.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.becoming_sixteen import TooYoung, is_under_16, month_they_become_16
from plan_store.causes import Cause, note
from plan_store.inserting_once import insert_once
from plan_store.tables import CapacityNote, Facilitator, now
from plan_store.the_time_here import day_of

CAN, CANNOT = FINDINGS = "can", "cannot"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, as it was typed; see `CapacityNote`."""

    decision: str
    help: str
    finding: str
    shown_by: str
    on: date | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Noted:
    """One note as it is shown, with who wrote it."""

    decision: str
    help: str
    finding: str
    shown_by: str
    on: date
    review_on: date | None
    by: str
    noted_at: datetime


class NotWhole(Exception):
    """What is missing, by field: missing, too_long, to_come, or past."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def check_can_note_capacity(session: Session, person_id: str, found: Found) -> None:
    """Raises `TooYoung`, or `NotWhole` with everything that is not there yet."""
    moment = now()
    if is_under_16(month_they_become_16(session, person_id), moment):
        raise TooYoung
    missing = _words_amiss(found) | _days_amiss(found, day_of(moment))
    if missing:
        raise NotWhole(missing)


def _words_amiss(found: Found) -> dict[str, str]:
    """In the order in which they are asked for."""
    amiss = {}
    for name in ("decision", "help", "finding", "shown_by"):
        typed = getattr(found, name)
        if not typed.strip() or (name == "finding" and typed not in FINDINGS):
            amiss[name] = "missing"
        elif len(typed) > LONGEST:
            amiss[name] = "too_long"
    return amiss


def _days_amiss(found: Found, today: date) -> dict[str, str]:
    amiss = {}
    if found.on is None:
        amiss["on"] = "missing"
    elif found.on > today:
        amiss["on"] = "to_come"
    # Who can decide needs no other look; who could not, may another day.
    if found.finding == CANNOT and found.review_on is None:
        amiss["review_on"] = "missing"
    elif found.review_on is not None and found.on is not None and found.review_on <= found.on:
        amiss["review_on"] = "past"
    return amiss


def note_capacity(session: Session, cause: Cause, found: Found) -> bool:
    """Add the note; False when this very click did it before. Raises `TooYoung` or `NotWhole`."""
    if cause.click is None or cause.facilitator_id is None:
        raise ValueError("A person notes this, by a click.")
    check_can_note_capacity(session, cause.person_id, found)
    row = insert_once(
        session,
        CapacityNote,
        person_id=cause.person_id,
        facilitator_id=cause.facilitator_id,
        click=cause.click,
        decision=found.decision.strip(),
        help=found.help.strip(),
        finding=found.finding,
        shown_by=found.shown_by.strip(),
        decided_on=found.on,
        review_on=found.review_on,
        noted_at=now(),
    )
    if row is None:
        return False
    note(session, cause, "notes_capacity", "capacity_note", row.id)
    return True


def capacity_notes(session: Session, person_id: str) -> tuple[Noted, ...]:
    """All notes, the newest first."""
    rows = session.execute(
        select(CapacityNote, Facilitator.name)
        .join(Facilitator, Facilitator.id == CapacityNote.facilitator_id)
        .where(CapacityNote.person_id == person_id)
        .order_by(CapacityNote.decided_on.desc(), CapacityNote.id.desc())
    )
    return tuple(
        Noted(
            row.decision,
            row.help,
            row.finding,
            row.shown_by,
            row.decided_on,
            row.review_on,
            by,
            row.noted_at,
        )
        for row, by in rows
    )
