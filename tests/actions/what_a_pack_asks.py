"""The questions of a pack, each about something that is in the store."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.putting_a_pack import DONE, OF_KIND, OFFER, ONE_HOPE
from plan_store.keeping_words import link, parts_now
from plan_store.sharing import can_see
from plan_store.tables import Aspiration, Attachment, Incoming, PackAnswer, Sharing, Statement


def of_a_pack(session: Session, hope_id: int, meeting_id: int) -> list[str]:
    """Whether one is wanted, a hope, a picture and a voice of it, and what is in it."""
    person_id = session.get_one(Aspiration, hope_id).person_id
    said = parts_now(session, hope_id)["hope"]
    yes = PackAnswer(
        person_id=person_id,
        meeting_id=meeting_id,
        aspiration_id=hope_id,
        statement_id=said.id,
        incoming_id=said.incoming_id,
        answer="yes",
        how="tapped",
    )
    session.add(yes)
    if not can_see(session, session.get_one(Aspiration, hope_id), "facilitator"):
        shared = Sharing(
            aspiration_id=hope_id, audience="facilitator", incoming_id=said.incoming_id
        )
        session.add(shared)
    about = f"{meeting_id}:{hope_id}:{said.id}"
    found = [f"{OFFER}:{meeting_id}", f"{DONE}:{meeting_id}", f"{ONE_HOPE}:{about}"]
    for kind, asked in OF_KIND.items():
        came_with = said if kind == "voice" else _what_helps(session, hope_id)
        sent = Attachment(
            incoming_id=came_with.incoming_id,
            person_id=person_id,
            kind=kind,
            media_type="-",
            state="kept",
        )
        session.add(sent)
        session.flush()
        found.append(f"{asked}:{meeting_id}:{hope_id}:{came_with.id}:{sent.id}")
    return found


def _what_helps(session: Session, hope_id: int) -> Statement:
    """What they said helps; where they said nothing, the words of a picture."""
    helps = parts_now(session, hope_id).get("help")
    if helps is not None and helps.kind == "said":
        return helps
    other = session.scalars(select(Incoming).order_by(Incoming.id).limit(1)).one()
    # No answer in words: what they said last stays what it was.
    came_with = Statement(
        person_id=other.person_id,
        incoming_id=other.id,
        action="-",
        target="name",
        kind="said",
        words="Jo",
        how="photo",
    )
    session.add(came_with)
    session.flush()
    link(session, session.get_one(Aspiration, hope_id), came_with, "help")
    return came_with
