"""A pack for one meeting: up to three hopes of the person's own, with the pictures and voices that
they let be shown there.

Comes in: a yes or no of the person's to one thing at one meeting. Goes out: a row with its history,
and what is in the pack now. What nobody asked about is not in it; nothing goes on to the next
meeting.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.keeping_words import parts_now
from plan_store.sharing import shared_with
from plan_store.tables import Aspiration, Attachment, Incoming, Meeting, PackAnswer, Statement
from plan_store.taking_a_pack_back import (
    YES,
    Thing,
    answers_for,
    is_yes,
    pack_answer,
    take_back,
)
from plan_store.whole_plan import TAKEN_BACK

MOST_HOPES = 3
# What can be shown at a meeting, besides words.
SHOWN = ("photo", "voice")
HOPE = "hope"


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture or voice of a hope, and the words that it came with."""

    attachment: Attachment
    statement: Statement


@dataclass(frozen=True, slots=True)
class Packed:
    """A hope in a pack: its words, what of it may be shown, and whether somebody sat with them."""

    hope: Aspiration
    statement: Statement
    shown: tuple[Kept, ...]
    helped: bool


def can_be_packed(session: Session, person_id: str) -> list[tuple[Aspiration, Statement]]:
    """Their hopes that their facilitator may see now, each with its words; the oldest first.

    What is private stays so: who may see it is asked elsewhere, with what that means.
    """
    hopes = session.scalars(
        select(Aspiration)
        .where(
            Aspiration.person_id == person_id,
            Aspiration.kind == HOPE,
            Aspiration.status.not_in(TAKEN_BACK),
            shared_with("facilitator"),
        )
        .order_by(Aspiration.id)
    )
    said = ((hope, parts_now(session, hope.id).get(HOPE)) for hope in hopes)
    return [(hope, words) for hope, words in said if words is not None and words.kind == "said"]


def kept_of(session: Session, hope_id: int) -> list[Kept]:
    """The pictures and voices behind what stands for this hope now."""
    statements = [each for each in parts_now(session, hope_id).values() if each.kind == "said"]
    found = []
    for statement in statements:
        # What was heard in a voice stands in its place; the voice is behind it.
        behind = session.get(Statement, statement.replaces_id) if statement.replaces_id else None
        came_in = {statement.incoming_id}
        if behind is not None and behind.how == statement.how == "spoken":
            came_in.add(behind.incoming_id)
        found += [
            Kept(attachment, statement)
            for attachment in session.scalars(
                select(Attachment)
                .where(
                    Attachment.incoming_id.in_(came_in),
                    Attachment.kind.in_(SHOWN),
                    Attachment.state == "kept",
                )
                .order_by(Attachment.id)
            )
        ]
    return found


def is_there(session: Session, person_id: str, thing: Thing) -> bool:
    """Whether it still stands so in a hope that may be packed: not deleted, changed, or private."""
    hope_id, statement_id, attachment_id = thing
    said = {hope.id: words.id for hope, words in can_be_packed(session, person_id)}
    if attachment_id is None:
        return said.get(hope_id) == statement_id
    return hope_id in said and any(
        (kept.statement.id, kept.attachment.id) == (statement_id, attachment_id)
        for kept in kept_of(session, hope_id)
    )


def packed(session: Session, meeting: Meeting) -> list[Packed]:
    """What is in the pack now. A hope that is private by now, or has other words, is not."""
    if meeting.state != "planned":
        return []
    answers = answers_for(session, meeting.id)
    if not answers:
        return []
    found = []
    for hope, statement in can_be_packed(session, meeting.person_id):
        given = answers.get((hope.id, statement.id, None))
        if given is None or given.answer != YES:
            continue
        shown = [
            kept
            for kept in kept_of(session, hope.id)
            if is_yes(answers.get((hope.id, kept.statement.id, kept.attachment.id)))
        ]
        helped = given.helped or _any_helped(answers, hope.id, shown)
        found.append(Packed(hope, statement, tuple(shown), helped))
    return found[:MOST_HOPES]


def asked_next(
    session: Session, meeting: Meeting, after: int
) -> tuple[Aspiration, Statement] | None:
    """The next hope to ask about, behind this one; when the pack is full, only those in it."""
    mine = [each.hope.id for each in packed(session, meeting)]
    for hope, statement in can_be_packed(session, meeting.person_id):
        if hope.id > after and (hope.id in mine or len(mine) < MOST_HOPES):
            return hope, statement
    return None


def keep_pack_answer(
    session: Session,
    cause: Cause,
    message: Incoming,
    meeting: Meeting,
    thing: Thing,
    answer: str,
    *,
    helped: bool,
) -> PackAnswer:
    """What they said to this; an older answer stays beside it. Out of the pack with a hope goes
    all that came with it.
    """
    row = pack_answer(cause, message, meeting, thing, answer, helped=helped)
    session.add(row)
    session.flush()
    hope_id, _, attachment_id = thing
    note(session, cause, f"pack_{answer}", "meeting", meeting.id)
    if attachment_id is None and answer != YES:
        before = [each for each in answers_for(session, meeting.id) if each[0] == hope_id]
        take_back(session, cause, message, meeting, before, helped=helped)
    return row


def _any_helped(answers: dict[Thing, PackAnswer], hope_id: int, shown: Iterable[Kept]) -> bool:
    return any(answers[hope_id, each.statement.id, each.attachment.id].helped for each in shown)
