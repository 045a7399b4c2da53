"""A facilitator answers: decision, history and reply in one transaction.

Comes in: the desk's form, with its one-use click key and the version the facilitator was looking
at. Goes out: an answer, and a reply in the outbox of the door the person used last.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.calling import close_call
from plan_store.causes import Cause, note
from plan_store.hoping import happens
from plan_store.inserting_once import insert_once
from plan_store.tables import Answer
from plan_store.taking_a_click import check_as_seen, clicked, locked_hope, said_in
from plan_store.telling_in_the_chat import door_to, tell


def answer(
    session: Session,
    cause: Cause,
    words: str,
    aspiration_id: int | None = None,
    seen_version: int | None = None,
) -> Answer | None:
    """Answer a person, about a hope or in general; None when this very click was done before.

    Raises `NothingToSay`, `NotShared`, `NoDoor`, or `Changed` when somebody was quicker.
    """
    click, facilitator_id = clicked(cause)
    plain = said_in(words)
    aspiration = None
    if aspiration_id is not None:
        aspiration = locked_hope(session, cause, aspiration_id)
    # Looked for behind the lock: the second click of a double one waits there for the first.
    if answered_by(session, click) is not None:
        return None
    if aspiration is not None:
        check_as_seen(session, aspiration, seen_version)
    door_to(session, cause.person_id)
    given = insert_once(
        session,
        Answer,
        click=click,
        person_id=cause.person_id,
        facilitator_id=facilitator_id,
        aspiration_id=aspiration_id,
        words=plain,
    )
    if given is None:
        return None
    note(session, cause, "answers", "answer", given.id)
    if aspiration is not None:
        happens(session, cause, aspiration, "facilitator_answers")
    close_call(session, cause)
    tell(session, cause.person_id, "facilitator_says", {"words": {"answer": given.id}})
    return given


def answered_by(session: Session, click: str) -> int | None:
    """The id of the answer that this click gave."""
    return session.scalar(select(Answer.id).where(Answer.click == click))
