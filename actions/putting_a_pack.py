"""Putting what may be in a pack before the person: a hope, a picture or voice of it, or all of it.

Comes in: the question, with the ids of the meeting and of what it is about. Goes out: keys and ids.
"""

from typing import Any

from actions.hearing import Hearing
from plan_store.making_a_pack import can_be_packed, is_there, packed
from plan_store.meeting_up import why_not_now
from plan_store.putting_to_the_person import COME
from plan_store.tables import Meeting
from plan_store.taking_a_pack_back import Thing

# What every such question begins with. After a colon: the meeting; the hope and its words; for a
# picture or voice, the words it came with and its own number.
PACK = "ask_pack"
OFFER, ONE_HOPE, DONE = PACK, f"{PACK}_hope", f"{PACK}_done"
OF_KIND = {"photo": f"{PACK}_picture", "voice": f"{PACK}_voice"}
# What can be done with a pack that is made: three at once, and "More".
DONE_BUTTONS = ("pack_right", "pack_take_back", "pack_change", "pack_helps")
# A detour to one of these takes the place of another one of these.
OF_MEETINGS = (COME, PACK)
PACK_QUESTIONS = (OFFER, ONE_HOPE, DONE, *OF_KIND.values())


def what_is_asked(question: str) -> tuple[str, int, list[int]]:
    """What is asked, for which meeting, and about what."""
    what, _, numbers = question.partition(":")
    meeting_id, *about = (int(number) for number in numbers.split(":"))
    return what, meeting_id, about


def thing_asked(about: list[int]) -> Thing:
    """The hope and its words, or the picture or voice, that a question is about."""
    hope_id, statement_id, *attachment = about
    return hope_id, statement_id, attachment[0] if attachment else None


def what_of_a_pack_is_over(hearing: Hearing, question: str) -> tuple[str, dict[str, Any]] | None:
    """What is said where this need not be answered any more; None where it still stands."""
    what, meeting_id, about = what_is_asked(question)
    session, person_id = hearing.session, hearing.person.id
    if gone := why_not_now(session, person_id, meeting_id):
        return gone, {}
    if about:
        return None if is_there(session, person_id, thing_asked(about)) else ("pack_gone", {})
    if what == DONE and not packed(session, session.get_one(Meeting, meeting_id)):
        return "pack_is_empty", {"meeting": {"meeting": meeting_id}}
    if what == OFFER and not can_be_packed(session, person_id):
        return "pack_no_hope", {}
    return None


def put_pack(hearing: Hearing, question: str) -> tuple[str, dict[str, Any]]:
    """The key of the words, and what fills them."""
    what, meeting_id, about = what_is_asked(question)
    filling: dict[str, Any] = {"meeting": {"meeting": meeting_id}}
    if about:
        filling["words"] = {"statement": about[1]}
    if what == DONE:
        meeting = hearing.session.get_one(Meeting, meeting_id)
        number = len(packed(hearing.session, meeting))
        if number != 1:
            return "ask_pack_done", filling | {"number": {"number": number}}
        return "ask_pack_done_one", filling
    return what, filling
