"""A facilitator's morning: their people, why each waits, what is late, what is new to them.

Comes in: who looks, and the moment. Goes out: each person once, the most pressing first, by a fixed
number of queries. No words are read here; they are shown on the person's own page.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from plan_store.reaching_people import seen_by
from plan_store.reading_a_person import likes_of
from plan_store.roles import Viewer, can, check_can
from plan_store.tables import (
    Access,
    Answer,
    Aspiration,
    AspirationStatement,
    Caseload,
    Contact,
    Facilitator,
    Person,
    Place,
    Sharing,
    Statement,
    now,
)
from plan_store.what_waits import OVER, QUIET_DAYS, REASONS, Reason, pressing

# A person stands in the first of these that holds for them; "none": nothing is to be done.
SECTIONS = ("alert", "late", "turn", "new", "quiet", "none")
QUIETLY = ("new", "quiet")


@dataclass(frozen=True, slots=True)
class InTheMorning:
    """A person, and why they wait.

    `likes`: as in `PersonSeen`. `new`: parts of the plan that are new or changed since the viewer
    looked; `is_new`: that, or a newer reason. `turn`: facilitator, person, or None.
    """

    person_id: str
    called: str | None
    came_at: datetime
    heard_at: datetime | None
    reasons: tuple[Reason, ...]
    likes: tuple[str, ...]
    facilitators: tuple[str, ...]
    is_mine: bool
    new: int
    is_new: bool
    turn: str | None

    @property
    def is_late(self) -> bool:
        """Whether any reason waits longer than it should."""
        return any(why.late for why in self.reasons)

    @property
    def section(self) -> str:
        """Where they stand."""
        kinds = {why.kind for why in self.reasons}
        if kinds & {"alert_open", "alert_acknowledged"}:
            return "alert"
        if self.is_late:
            return "late"
        if kinds - set(QUIETLY):
            return "turn"
        if self.is_new or "new" in kinds:
            return "new"
        return "quiet" if kinds else "none"


def people_of(
    session: Session, viewer: Viewer, moment: datetime | None = None
) -> list[InTheMorning]:
    """Everybody whom the viewer may see, the most pressing and longest waiting first.

    Raises `MayNot` for somebody who does not work with people.
    """
    check_can(viewer, "work_with_people")
    at = moment or now()
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for person_id, reason in pressing(session, at):
        if can(viewer, "see_alerts") or not reason.kind.startswith("alert"):
            reasons[person_id].append(reason)
    looked, opened = _looks(session, viewer)
    answered = _last(
        session, select(Answer.person_id, func.max(Answer.at)).group_by(Answer.person_id)
    )
    new, with_them, theirs = _new(session, viewer), _facilitators(session), _their_turn(session)
    heard = select(func.max(Contact.heard_at)).where(Contact.person_id == Person.id)
    found = []
    for person, place, heard_at in session.execute(
        select(Person, Place, heard.scalar_subquery())
        .outerjoin(Place, Place.person_id == Person.id)
        .where(seen_by(viewer))
    ):
        mine = sorted(reasons[person.id], key=lambda reason: REASONS.index(reason.kind))
        last = max(filter(None, (person.created_at, heard_at, answered.get(person.id))))
        # These two are reasons only where there is no better one.
        if not mine and person.id not in opened:
            mine = [Reason("new", person.created_at, person.created_at)]
        elif not mine and last < at - timedelta(days=QUIET_DAYS):
            mine = [Reason("quiet", last, last)]
        since = looked.get(person.id)
        fresh = [why for why in mine if why.kind not in QUIETLY and _after(why.newest, since)]
        is_mine = viewer.id in {each for each, _ in with_them[person.id]}
        # Somebody of one's own whom one never looked at is new, whatever they said.
        is_new = bool(fresh) or person.id in new or (is_mine and since is None)
        found.append(
            InTheMorning(
                person_id=person.id,
                called=person.called,
                came_at=person.created_at,
                heard_at=heard_at,
                reasons=tuple(mine),
                likes=likes_of(person, place),
                facilitators=tuple(name for _, name in with_them[person.id]),
                is_mine=is_mine,
                new=new.get(person.id, 0),
                is_new=is_new,
                turn=_turn(mine, theirs, person.id),
            )
        )
    return sorted(found, key=_order)


def _order(person: InTheMorning) -> tuple[int, int, datetime, str]:
    first = person.reasons[0] if person.reasons else None
    return (
        SECTIONS.index(person.section),
        REASONS.index(first.kind) if first else 0,
        first.since if first else now(),
        (person.called or "\U0010ffff").lower(),
    )


def _turn(mine: list[Reason], theirs: set[str], person_id: str) -> str | None:
    if any(why.kind not in QUIETLY for why in mine):
        return "facilitator"
    return "person" if person_id in theirs else None


def _after(newest: datetime, since: datetime | None) -> bool:
    return since is None or newest > since


def _looks(session: Session, viewer: Viewer) -> tuple[dict[str, datetime], set[str]]:
    """When the viewer opened each person's page last; and whose page anybody ever opened."""
    looked = _last(
        session,
        select(Access.person_id, func.max(Access.at))
        .where(Access.facilitator_id == viewer.id, Access.what == "page")
        .group_by(Access.person_id),
    )
    return looked, set(session.scalars(select(Access.person_id).distinct()))


def _new(session: Session, viewer: Viewer) -> dict[str, int]:
    """Parts of the plan that are shared, and newer than the viewer's last look."""
    looks = (
        select(Access.person_id, func.max(Access.at).label("at"))
        .where(Access.facilitator_id == viewer.id, Access.what == "page")
        .group_by(Access.person_id)
        .subquery()
    )
    rows = session.execute(
        select(Aspiration.person_id, func.count(Aspiration.id.distinct()))
        .join(
            Sharing,
            and_(
                Sharing.aspiration_id == Aspiration.id,
                Sharing.audience == "facilitator",
                Sharing.until.is_(None),
            ),
        )
        .join(AspirationStatement, AspirationStatement.aspiration_id == Aspiration.id)
        .join(Statement, Statement.id == AspirationStatement.statement_id)
        .outerjoin(looks, looks.c.person_id == Aspiration.person_id)
        .where(
            Aspiration.status != "cancelled",
            or_(looks.c.at.is_(None), Statement.said_at > looks.c.at, Sharing.since > looks.c.at),
        )
        .group_by(Aspiration.person_id)
    )
    return {row[0]: row[1] for row in rows}


def _facilitators(session: Session) -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for person_id, facilitator_id, name in session.execute(
        select(Caseload.person_id, Facilitator.id, Facilitator.name)
        .join(Facilitator, Facilitator.id == Caseload.facilitator_id)
        .where(Caseload.until.is_(None))
        .order_by(Caseload.id)
    ):
        found[person_id].append((facilitator_id, name))
    return found


def _their_turn(session: Session) -> set[str]:
    """Those whose next move a shared part of their plan waits for."""
    return set(
        session.scalars(
            select(Aspiration.person_id)
            .join(Sharing, Sharing.aspiration_id == Aspiration.id)
            .where(
                Sharing.audience == "facilitator",
                Sharing.until.is_(None),
                Aspiration.whose_turn == "person",
                Aspiration.status.not_in(OVER),
            )
            .distinct()
        )
    )


def _last(session: Session, asked: Select[str, datetime]) -> dict[str, datetime]:
    return {row[0]: row[1] for row in session.execute(asked)}
