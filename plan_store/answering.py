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
from plan_store.sending_out import contact_to_answer
from plan_store.sharing import check_can_see
from plan_store.tables import Answer, Aspiration, Outgoing, Place


class Changed(Exception):
    """The hope was changed by somebody else after the page was opened."""


class NothingToSay(Exception):
    """An answer has words."""


class NoDoor(Exception):
    """The person has no door by which an answer could reach them."""


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
    if cause.click is None or cause.facilitator_id is None:
        raise ValueError("An answer comes from a click of a facilitator.")
    if not words.strip():
        raise NothingToSay
    aspiration = None
    if aspiration_id is not None:
        aspiration = session.scalars(
            select(Aspiration)
            .where(Aspiration.id == aspiration_id, Aspiration.person_id == cause.person_id)
            .with_for_update()
        ).one()
    # Looked for behind the lock: the second click of a double one waits there for the first.
    if answered_by(session, cause.click) is not None:
        return None
    if aspiration is not None:
        check_can_see(session, aspiration, "facilitator")
        if aspiration.version != seen_version:
            raise Changed
    contact = contact_to_answer(session, cause.person_id)
    if contact is None:
        raise NoDoor
    given = insert_once(
        session,
        Answer,
        click=cause.click,
        person_id=cause.person_id,
        facilitator_id=cause.facilitator_id,
        aspiration_id=aspiration_id,
        words=words.strip(),
    )
    if given is None:
        return None
    note(session, cause, "answers", "answer", given.id)
    if aspiration is not None:
        happens(session, cause, aspiration, "facilitator_answers")
    close_call(session, cause)
    serial = session.scalar(select(Place.serial).where(Place.person_id == cause.person_id)) or 0
    session.add(
        Outgoing(
            person_id=cause.person_id,
            contact_id=contact.id,
            key="facilitator_says",
            filling={"words": {"answer": given.id}},
            buttons=[],
            serial=serial,
            state="blocked" if contact.blocked_at else "due",
        )
    )
    return given


def answered_by(session: Session, click: str) -> int | None:
    """The id of the answer that this click gave."""
    return session.scalar(select(Answer.id).where(Answer.click == click))
