"""What the young person said to the desk: to a question of a facilitator, or about a step.

Goes out: a condition for queries. What is about a hope that is private now is nobody's.
"""

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_

from plan_store.putting_to_the_person import DESK, TICK
from plan_store.sharing import shared_with
from plan_store.tables import Aspiration, DeskQuestion, Outcome, Statement, Step


def said_to_the_desk() -> ColumnElement[bool]:
    """For queries on `Statement`: said to the desk, and to be seen there now."""
    shared = exists().where(
        Aspiration.id == DeskQuestion.aspiration_id,
        shared_with("facilitator").correlate(Aspiration),
    )
    answers = exists().where(
        DeskQuestion.person_id == Statement.person_id,
        or_(
            DeskQuestion.statement_id.in_((Statement.id, Statement.replaces_id)),
            Statement.target == literal(DESK) + cast(DeskQuestion.id, String),
        ),
        or_(DeskQuestion.aspiration_id.is_(None), shared.correlate(DeskQuestion)),
    )
    of_a_step = exists().where(
        Step.person_id == Statement.person_id,
        Statement.target == literal(TICK) + cast(Step.id, String),
        Outcome.id == Step.outcome_id,
        Aspiration.id == Outcome.aspiration_id,
        shared_with("facilitator").correlate(Aspiration),
    )
    return or_(answers.correlate(Statement), of_a_step.correlate(Statement))
