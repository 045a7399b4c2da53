"""Consent is shown, not ticked: what is asked right before somebody else may see something.

Comes in: who is to see it. Goes out: which questions to ask, and one row for each answer.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.sharing import CHOICES, open_sharings
from plan_store.tables import Aspiration, ConsentAnswer

# Who can see it then; can I change my mind; what if I am in danger. Each is a key of
# data/words/consent.yml and has a picture.
QUESTIONS = ("consent_who", "consent_change", "consent_danger")
# The answers that show that it is understood; to the first question it is the choice itself.
RIGHT = {"consent_change": "any_day", "consent_danger": "told"}


def questions_before(session: Session, aspiration: Aspiration, choice: str) -> tuple[str, ...]:
    """What to ask before this choice of who sees this part of the plan holds.

    All three where somebody is among them whom the person never shared with; the first one each
    time after that. None where nobody new is to see it.
    """
    see_it = {row.audience for row in open_sharings(session, aspiration.id)}
    if not set(CHOICES[choice]) - see_it:
        return ()
    understood = session.scalars(
        select(ConsentAnswer.choice).where(
            ConsentAnswer.person_id == aspiration.person_id,
            ConsentAnswer.question == QUESTIONS[-1],
            ConsentAnswer.right,
        )
    )
    known = {audience for before in understood for audience in CHOICES[before]}
    return QUESTIONS if set(CHOICES[choice]) - known else QUESTIONS[:1]


def right_answer(question: str, choice: str) -> str:
    """The answer that shows that the person understood what this choice means."""
    return RIGHT.get(question, choice)


def keep_consent_answer(
    session: Session,
    cause: Cause,
    aspiration: Aspiration,
    question: str,
    choice: str,
    answer: str | None,
) -> ConsentAnswer:
    """Keep what was answered; `right` says whether it showed understanding."""
    if cause.incoming_id is None:
        raise ValueError("Only a message of the person can show what they understood.")
    row = ConsentAnswer(
        person_id=cause.person_id,
        aspiration_id=aspiration.id,
        incoming_id=cause.incoming_id,
        question=question,
        choice=choice,
        answer=answer,
        right=answer == right_answer(question, choice),
    )
    session.add(row)
    session.flush()
    note(session, cause, "shows_consent" if row.right else "is_unsure", "consent_answer", row.id)
    return row
