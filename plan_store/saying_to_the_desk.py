"""What the young person said to the desk: to a question of a facilitator, or about a step.

Goes out: a condition for queries, and what was said of steps and of whether something happened.
What is about a hope that is private now is nobody's.
"""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select
from sqlalchemy.orm import Session

from plan_store.putting_to_the_person import COME, DESK, OPTION, TICK
from plan_store.reading_the_hopes import said_of
from plan_store.sharing import shared_with
from plan_store.tables import (
    Aspiration,
    Attachment,
    DeskQuestion,
    HopeOption,
    Outcome,
    OutcomeWording,
    Statement,
    Step,
)
from plan_store.what_a_facilitator_sees import Recording, Said

# To these questions own words or a voice may stand beside the yes or no.
WITH_WORDS = ("step", "happened", "outcome", "reworded")


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
    of_an_option = exists().where(
        HopeOption.person_id == Statement.person_id,
        Statement.target == literal(OPTION) + cast(HopeOption.id, String),
        Aspiration.id == HopeOption.aspiration_id,
        shared_with("facilitator").correlate(Aspiration),
    )
    return or_(
        answers.correlate(Statement),
        of_a_step.correlate(Statement),
        of_an_option.correlate(Statement),
        # What helps to come to a meeting is said to who plans it.
        Statement.target.startswith(COME, autoescape=True),
    )


def recordings_beside(
    session: Session, person_id: str, asked: str
) -> dict[str, list[tuple[Recording, datetime]]]:
    """Voices and pictures by the question they were sent to, of those that begin with `asked`."""
    found: dict[str, list[tuple[Recording, datetime]]] = defaultdict(list)
    for target, at, attachment in session.execute(
        select(Statement.target, Statement.said_at, Attachment)
        .join(Attachment, Attachment.incoming_id == Statement.incoming_id)
        .where(
            Statement.person_id == person_id,
            Statement.kind == "said",
            Statement.target.startswith(asked, autoescape=True),
            said_to_the_desk(),
        )
        .order_by(Statement.id)
    ):
        found[target].append((Recording(attachment.id, attachment.kind, attachment.state), at))
    return found


def said_of_what_was_made(
    session: Session, person_id: str
) -> dict[tuple[str, int | None], list[Said]]:
    """Their own words by what they are about, a step or a wording; the oldest first."""
    found: dict[tuple[str, int | None], list[Said]] = defaultdict(list)
    for statement, question, attachment in session.execute(
        select(Statement, DeskQuestion, Attachment)
        .outerjoin(DeskQuestion, Statement.target == literal(DESK) + cast(DeskQuestion.id, String))
        .outerjoin(Attachment, Attachment.incoming_id == Statement.incoming_id)
        .where(
            Statement.person_id == person_id,
            Statement.kind == "said",
            or_(DeskQuestion.kind.in_(WITH_WORDS), Statement.target.startswith(TICK)),
            # What they said instead of an outcome's words stands with those.
            ~exists().where(OutcomeWording.statement_id.in_((Statement.id, Statement.replaces_id))),
            said_to_the_desk(),
        )
        .order_by(Statement.id)
    ):
        if question is None:
            about: tuple[str, int | None] = ("step", int(statement.target.removeprefix(TICK)))
        else:
            about = (question.kind, question.item_id)
        found[about].append(said_of(statement, attachment))
    return found
