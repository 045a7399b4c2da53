"""The yes-checker: a wish that will drive a plan is asked again, another day, in another form.

Comes in: a hope that was agreed and shared. Goes out: checks that fall due, and what came of them.
A difference is noted and talked about; nothing is corrected.
"""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.tables import Aspiration, Statement, WishCheck, now

# Not on the same day: an answer that was given to please is often given twice in a row.
ANOTHER_DAY = timedelta(hours=20)
# The form of the hope itself; the other forms are questions of the chapter.
THE_HOPE = "hope"


def plan_checks(session: Session, cause: Cause, aspiration: Aspiration, forms: list[str]) -> None:
    """Ask these again on another day, one a day; a form that was planned before stays as it is."""
    planned = set(
        session.scalars(select(WishCheck.form).where(WishCheck.aspiration_id == aspiration.id))
    )
    for number, form in enumerate([form for form in forms if form not in planned], start=1):
        session.add(
            WishCheck(
                person_id=cause.person_id,
                aspiration_id=aspiration.id,
                form=form,
                due_at=now() + ANOTHER_DAY * number,
            )
        )
    session.flush()


def due_check(session: Session, person_id: str) -> WishCheck | None:
    """The check that is due, if there is one; of hopes that still stand."""
    return session.scalars(
        select(WishCheck)
        .join(Aspiration, Aspiration.id == WishCheck.aspiration_id)
        .where(
            WishCheck.person_id == person_id,
            WishCheck.due_at <= now(),
            WishCheck.outcome.is_(None),
            Aspiration.agreed_at.is_not(None),
            Aspiration.status != "cancelled",
        )
        .order_by(WishCheck.due_at, WishCheck.id)
        .limit(1)
    ).first()


def asked_now(session: Session, person_id: str) -> WishCheck | None:
    """The check that was asked last and has no answer yet."""
    return session.scalars(
        select(WishCheck)
        .where(
            WishCheck.person_id == person_id,
            WishCheck.asked_at.is_not(None),
            WishCheck.outcome.is_(None),
        )
        .order_by(WishCheck.asked_at.desc(), WishCheck.id.desc())
        .limit(1)
    ).first()


def answer_check(
    session: Session, cause: Cause, check: WishCheck, outcome: str, statement: Statement | None
) -> None:
    """What came of it: same, different or unsure."""
    check.outcome = outcome
    check.statement_id = statement.id if statement else None
    note(session, cause, f"check_{outcome}", "aspiration", check.aspiration_id)
