"""Putting replies into the outbox: filled from the library, in order, with their cause.

A repeat of the same cause and position changes nothing.
"""

import logging
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot.words import Library, WordsWrong
from plan_store.inserting_once import insert_all_once
from plan_store.tables import Contact, Outgoing, Person, Place, now

log = logging.getLogger(__name__)

# Telegram is sent to; a page and a terminal come and look.
PUSHED_DOORS = ("telegram",)
# A kind word while something is down stands before the answer that follows it.
KIND_WORD = 0
MOST_MESSAGES = 2
HEARD_WORDS = "heard_words"
FIRST_ANSWER = 10
# What is known only later, such as a file that cannot be had, stands after all answers.
FOLLOW_UP = 50
# What `sends` says of a reply that is read aloud, with what stands before it in its turn.
VOICE = "voice"

_NOT_FILLED = (
    select(Outgoing)
    .where(Outgoing.text.is_(None), Outgoing.state.in_(("due", "blocked")))
    .order_by(Outgoing.id)
    .limit(bindparam("most"))
)
_WHO = (
    select(Contact, Person, Place)
    .join(Person, Person.id == Contact.person_id)
    .join(Place, Place.person_id == Contact.person_id)
    .where(Contact.id == bindparam("contact_id"))
)


def put_replies(
    session: Session,
    library: Library,
    contact_id: int,
    cause_id: int,
    replies: list[dict[str, Any]],
    first: int = FIRST_ANSWER,
) -> None:
    """Queue these replies, in the transaction of the caller."""
    contact, person, place = session.execute(_WHO, {"contact_id": contact_id}).one()
    pushed = contact.door in PUSHED_DOORS
    state = "blocked" if contact.blocked_at else ("due" if pushed else "sent")
    rows = []
    replies = _with_what_is_read(library, person, _few_enough(library, person, replies))
    for position, reply in enumerate(replies, start=first):
        said = library.say(session, person, reply, place)
        rows.append(
            {
                "person_id": person.id,
                "contact_id": contact.id,
                "cause_id": cause_id,
                "position": position,
                "key": said.key,
                "version": said.version,
                "filling": reply.get("filling") or {},
                "text": said.text,
                # One set of buttons a turn, under its last message: five things to tap, not ten.
                "buttons": said.buttons if reply is replies[-1] else [],
                "picture": said.picture,
                "sends": reply.get("sends"),
                "serial": place.serial,
                "state": state,
                "sent_at": now() if state == "sent" else None,
            }
        )
    insert_all_once(session, Outgoing, rows)


def _few_enough(
    library: Library, person: Person, replies: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Two messages a turn at most; one, for who likes it slow. The question at the end stays.

    What only acknowledges goes first, then what stands in the middle.
    """
    kept = list(replies)
    # What was heard in a voice goes last of them: who speaks must see when it was heard wrongly.
    for reply in sorted(replies[:-1], key=lambda reply: reply["key"] == HEARD_WORDS):
        small = library.words[reply["key"]].small
        if small and (person.slow or len(kept) > MOST_MESSAGES):
            kept.remove(reply)
    return kept if len(kept) <= MOST_MESSAGES else [kept[0], kept[-1]]


def fill_what_the_desk_put(session: Session, library: Library, most: int = 50) -> int:
    """Replies that the desk queued by key get their words here; returns how many."""
    rows = session.scalars(_NOT_FILLED, {"most": most}).all()
    for row in rows:
        contact = session.get_one(Contact, row.contact_id)
        person = session.get_one(Person, row.person_id)
        try:
            said = library.say(session, person, {"key": row.key, "filling": row.filling})
        except (LookupError, ValueError, WordsWrong, NoResultFound) as problem:
            # One reply that cannot be filled must not hold up everybody's; the desk shows it.
            log.error("Reply %s cannot be filled: %s", row.id, type(problem).__name__)  # noqa: TRY400
            row.state, row.problem, row.text = "failed", "words", ""
            continue
        row.text, row.version = said.text, said.version
        row.buttons, row.picture = said.buttons, said.picture
        if person.listens and row.sends is None and library.can_be_read():
            row.sends = VOICE
        if contact.door not in PUSHED_DOORS:
            row.state, row.sent_at = "sent", now()
    return len(rows)


def _with_what_is_read(
    library: Library, person: Person, replies: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """One voice for the turn of somebody who listens; a kind word where there is no voice."""
    asked = any(reply.get("sends") == VOICE for reply in replies)
    if not library.can_be_read():
        silent = [
            {**reply, "sends": None} if reply.get("sends") == VOICE else reply for reply in replies
        ]
        return [{"key": "cannot_read_aloud"}, silent[-1]] if asked else replies
    if asked or not person.listens:
        return replies
    # A reply carries one thing: where the last one brings the plan, the one before it is read.
    free = [at for at, reply in enumerate(replies) if reply.get("sends") is None]
    return [
        {**reply, "sends": VOICE} if at == max(free, default=-1) else reply
        for at, reply in enumerate(replies)
    ]
