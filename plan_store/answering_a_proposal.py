"""The young person answers what was made of their hope: yes, other words, no, not now; it happened.

Comes in: a message of theirs in the chat. Goes out: the wording agreed or not, the outcome and its
hope moved on, and the facilitator's turn where there is something to do.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.deciding import ACHIEVED, check_can_move
from plan_store.hoping import happens
from plan_store.making_moves import make_move
from plan_store.proposing_outcomes import take_place_of_older
from plan_store.putting_to_the_person import withdraw
from plan_store.tables import Aspiration, Outcome, OutcomeWording, Statement, Step, now

# What each answer to a proposal is for the wording, the outcome, and the hope.
ANSWERS = {
    "agrees": ("agreed", "outcome_agreed"),
    "says_otherwise": ("refused", "outcome_not_agreed"),
    "refuses": ("refused", "outcome_not_agreed"),
    "puts_off": ("proposed", "outcome_put_off"),
}
# What each answer to "did it happen" is for the hope.
JUDGED = {
    "happened": "outcome_happened",
    "happened_partly": "outcome_not_yet_there",
    "did_not_happen": "outcome_not_yet_there",
}
OVER = ("completed", "cancelled", "rejected")


def answer_proposal(
    session: Session,
    cause: Cause,
    wording_id: int,
    answer: str,
    statement: Statement | None = None,
) -> bool:
    """One of `ANSWERS`; False when these words are not proposed any more."""
    wording, outcome, hope = _locked(session, wording_id)
    if wording.state != "proposed":
        return False
    state, for_hope = ANSWERS[answer]
    # First of all: what is refused here writes nothing.
    check_can_move("aspiration", for_hope, cause.who, hope.status)
    make_move(session, cause, outcome, answer)
    outcome.changed_at = now()
    if answer == "agrees":
        for before in session.scalars(
            select(OutcomeWording).where(
                OutcomeWording.outcome_id == outcome.id, OutcomeWording.state == "agreed"
            )
        ):
            before.state = "before"
        session.flush()
        outcome.achievement = outcome.achievement or ACHIEVED["agrees"]
    wording.state = state
    if state != "proposed":
        wording.answered_at, wording.incoming_id = now(), cause.incoming_id
        wording.statement_id = statement.id if statement else None
        note(session, cause, answer, "outcome_wording", wording.id)
    happens(session, cause, hope, for_hope)
    return True


def judge(session: Session, cause: Cause, wording_id: int, answer: str) -> None:
    """Whether it happened: one of `JUDGED`. Only they say so."""
    _, outcome, hope = _locked(session, wording_id)
    make_move(session, cause, outcome, answer)
    outcome.achievement, outcome.changed_at = ACHIEVED[answer], now()
    if answer == "happened":
        take_place_of_older(session, outcome)
        steps = select(Step.id).where(Step.outcome_id == outcome.id)
        withdraw(session, cause.person_id, ("step",), list(session.scalars(steps)))
    session.flush()
    for_hope = JUDGED[answer]
    if answer == "happened" and _others_are_open(session, hope):
        for_hope = "one_outcome_happened"
    happens(session, cause, hope, for_hope)


def leave_open(session: Session, cause: Cause, wording_id: int) -> None:
    """Skipped, not known, or private: nothing is decided, and the facilitator goes on from it."""
    _, outcome, hope = _locked(session, wording_id)
    make_move(session, cause, outcome, "leaves_open")
    outcome.changed_at = now()
    happens(session, cause, hope, "outcome_left_open")


def _locked(session: Session, wording_id: int) -> tuple[OutcomeWording, Outcome, Aspiration]:
    """The hope first, as the desk locks it: then nobody waits for each other."""
    wording = session.get_one(OutcomeWording, wording_id)
    hope_id = session.get_one(Outcome, wording.outcome_id).aspiration_id
    hope = session.get_one(Aspiration, hope_id, with_for_update=True)
    outcome = session.get_one(
        Outcome, wording.outcome_id, with_for_update=True, populate_existing=True
    )
    session.refresh(wording)
    return wording, outcome, hope


def _others_are_open(session: Session, hope: Aspiration) -> bool:
    found = select(Outcome.id).where(Outcome.aspiration_id == hope.id, Outcome.status.not_in(OVER))
    return session.scalars(found.limit(1)).first() is not None
