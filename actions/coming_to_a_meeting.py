"""A meeting: what helps the person to come, one question at a time; their pack; and how it was.

Comes in: "my meeting", a button, or an answer. Goes out: the next question; at the end that it is
kept, whether they want a pack, and the question that was open.
"""

from actions.asking import ask, go_on, what_now
from actions.hearing import Hand, Hearing
from actions.leaving_what_is_asked import NOT_NOW, how_left, leave
from actions.making_a_pack import (
    MAKE,
    TAKE_BACK,
    can_have_a_pack,
    has_a_pack,
    make_pack,
    offer_pack,
    take_pack_back,
    takes_back,
)
from actions.opening_chapters import come_back
from actions.putting_a_pack import OF_MEETINGS
from plan_store.calling import call_for_a_person
from plan_store.meeting_up import (
    BEFORE,
    HEARD,
    answers_about,
    keep_meeting_answer,
    meeting_asked_about,
    meetings_to_come,
    next_meeting,
    why_not_now,
)
from plan_store.moving_on import park
from plan_store.putting_to_the_person import COME
from plan_store.sending_out import reply_tapped
from plan_store.tables import Meeting

AGAIN, SKIP, WORDS = "again", "skip", "words"
FACES = ("heard", "a_bit", "not_heard")
# What is an answer without being a button of the question.
MEANT = {
    **dict.fromkeys(("affirm", "praise"), "yes"),
    "deny": "no",
    **dict.fromkeys(("maybe", "dont_know", "dont_mind"), "not_sure"),
    **dict.fromkeys((SKIP, "private"), SKIP),
}


class MyMeeting(Hand):
    """My meeting."""

    called = "action_my_meeting"

    def act(self, hearing: Hearing) -> None:
        """A face tapped is an answer; else the meeting that is to come, and what helps."""
        if hearing.choice in FACES:
            _heard(hearing, hearing.choice or "")
            return
        named = _named(hearing)
        if hearing.choice == TAKE_BACK or (hearing.choice is None and takes_back(hearing)):
            to_come = meetings_to_come(hearing.session, hearing.person.id)
            take_pack_back(hearing, [named] if named is not None else to_come)
            return
        meeting = named or next_meeting(hearing.session, hearing.person.id)
        gone = "no_meeting"
        if meeting is not None:
            gone = why_not_now(hearing.session, hearing.person.id, meeting.id) or ""
        if meeting is None or gone:
            hearing.says(gone)
            go_on(hearing)
        elif hearing.choice == MAKE:
            make_pack(hearing, meeting)
        else:
            _prepare(hearing, meeting)


def _prepare(hearing: Hearing, meeting: Meeting) -> None:
    """When and where it is, and then what helps, or their pack."""
    hearing.says("meeting_is", meeting={"meeting": meeting.id})
    if hearing.choice != AGAIN and has_a_pack(hearing, meeting):
        # Made already: what is in it comes first, and one tap takes it back.
        park(hearing.place, instead_of=OF_MEETINGS)
        offer_pack(hearing, meeting)
        return
    open_ = _open_questions(hearing, meeting)
    if open_ or hearing.choice == AGAIN:
        park(hearing.place, second=None if open_ else AGAIN, instead_of=OF_MEETINGS)
        ask(hearing, f"{COME}{(open_ or BEFORE)[0]}:{meeting.id}")
        return
    if can_have_a_pack(hearing):
        park(hearing.place, instead_of=OF_MEETINGS)
        offer_pack(hearing, meeting)
        return
    go_on(hearing)
    if hearing.place.question is None:
        hearing.replies[-1]["buttons"] = ["meeting_again", *what_now(hearing)[:2]]


def answer_come(hearing: Hearing, question: str, meeting_id: int) -> None:
    """Keep the answer to one question; then the next one, or it is done."""
    meeting = hearing.session.get(Meeting, meeting_id, with_for_update=True)
    gone = why_not_now(hearing.session, hearing.person.id, meeting_id)
    if meeting is None or gone or question not in BEFORE:
        hearing.says(gone or "meeting_gone")
        come_back(hearing)
        return
    if how_left(hearing) == NOT_NOW:
        leave(hearing, NOT_NOW, "meeting", meeting.id)
        return
    choice = hearing.choice or MEANT.get(hearing.intent, WORDS)
    _keep(hearing, meeting, question, choice)
    hearing.says("meeting_answer_kept")
    if (hearing.place.comes_back_to or {}).get("second") == AGAIN:
        following = BEFORE[BEFORE.index(question) + 1 :]
    else:
        following = _open_questions(hearing, meeting)
    if following:
        ask(hearing, f"{COME}{following[0]}:{meeting.id}")
        return
    hearing.says("meeting_kept", meeting={"meeting": meeting.id})
    if can_have_a_pack(hearing):
        offer_pack(hearing, meeting)
    else:
        come_back(hearing)


def _heard(hearing: Hearing, face: str) -> None:
    # An old button answers for the meeting that it asked about.
    named = _named(hearing)
    about = named.id if named is not None else None
    meeting = meeting_asked_about(hearing.session, hearing.person.id, about)
    if meeting is None:
        hearing.says("no_meeting")
        go_on(hearing)
        return
    _keep(hearing, meeting, HEARD, face)
    if face == "not_heard":
        hearing.keeps(call_for_a_person(hearing.session, hearing.cause))
    hearing.says(f"meeting_{face}", meeting={"meeting": meeting.id})
    go_on(hearing)


def _named(hearing: Hearing) -> Meeting | None:
    """The meeting that the button they tapped was about; None where none was."""
    tapped = reply_tapped(hearing.session, hearing.message)
    about = ((tapped.filling.get("meeting") or {}) if tapped else {}).get("meeting")
    meeting = hearing.session.get(Meeting, about) if about is not None else None
    return meeting if meeting is not None and meeting.person_id == hearing.person.id else None


def _keep(hearing: Hearing, meeting: Meeting, question: str, choice: str) -> None:
    hearing.keeps(
        keep_meeting_answer(
            hearing.session,
            hearing.cause,
            hearing.said,
            meeting,
            question,
            choice,
            bool(hearing.place.with_somebody),
        )
    )


def _open_questions(hearing: Hearing, meeting: Meeting) -> tuple[str, ...]:
    answered = answers_about(hearing.session, meeting.id)
    return tuple(question for question in BEFORE if question not in answered)
