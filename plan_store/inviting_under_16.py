"""Inviting somebody under 16: a parent or carer agrees first, and that is noted with the invite.

Comes in: the month in which they become 16, and who agreed. Goes out: the code; or every reason why
there is none yet. No date of birth is asked for.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.becoming_sixteen import months_before
from plan_store.inviting import FACILITATOR, hash_of, new_invite
from plan_store.tables import Agreement, Invite, now
from plan_store.the_time_here import day_of

HOW = ("in_person", "by_phone", "by_video", "in_writing")
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who agreed, as it was typed; `on` is None where no day was given that there is."""

    name: str
    relation: str
    how: str
    on: date | None


class NobodyAgreed(Exception):
    """What is missing, by field: missing, too_long, or to_come."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def check_can_invite_under_16(month: date | None, agreed: Agreed, moment: datetime) -> None:
    """Raises `NobodyAgreed` with everything that is not there yet."""
    missing: dict[str, str] = {}
    if month not in months_before(moment):
        missing["month"] = "missing"
    for name, typed in (("name", agreed.name), ("relation", agreed.relation)):
        if not typed.strip():
            missing[name] = "missing"
        elif len(typed) > LONGEST:
            missing[name] = "too_long"
    if agreed.how not in HOW:
        missing["how"] = "missing"
    if agreed.on is None:
        missing["on"] = "missing"
    elif agreed.on > day_of(moment):
        missing["on"] = "to_come"
    if missing:
        raise NobodyAgreed(missing)


def invite_under_16(
    session: Session, facilitator_id: int, month: date | None, agreed: Agreed
) -> str:
    """The code of an invite that carries who agreed. Raises `NobodyAgreed`."""
    check_can_invite_under_16(month, agreed, now())
    code = new_invite(session, f"{FACILITATOR}:{facilitator_id}", month)
    session.flush()
    invite_id = session.scalars(select(Invite.id).where(Invite.code_hash == hash_of(code))).one()
    session.add(
        Agreement(
            invite_id=invite_id,
            name=agreed.name.strip(),
            relation=agreed.relation.strip(),
            how=agreed.how,
            agreed_on=agreed.on,
            noted_by=facilitator_id,
        )
    )
    session.flush()
    return code
