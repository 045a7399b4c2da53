"""A pack for a meeting: one hope after the other, and each picture and voice of it by itself.

Comes in: "make my pack", a yes or no to one thing, "that is all", "take it back". Goes out: the
next thing; at the end what is in the pack, and the question that was open. Only a yes is a yes.
"""

from actions.after_a_miss import one_too_many
from actions.asking import ask, ask_present, go_on
from actions.hearing import Hearing
from actions.leaving_what_is_asked import NOT_NOW, how_left, leave
from actions.opening_chapters import come_back
from actions.putting_a_pack import (
    DONE,
    OF_KIND,
    OF_MEETINGS,
    OFFER,
    ONE_HOPE,
    PACK,
    thing_asked,
    what_is_asked,
)
from plan_store.making_a_pack import (
    Kept,
    asked_next,
    can_be_packed,
    is_there,
    keep_pack_answer,
    kept_of,
    packed,
)
from plan_store.meeting_up import meetings_to_come, why_not_now
from plan_store.moving_on import park
from plan_store.tables import Meeting
from plan_store.taking_a_pack_back import NO, YES, Thing, take_back_pack
from plan_store.words_that_take_a_pack_back import read_taking_a_pack_back

# What a button of a pack says, tapped at any time.
MAKE, TAKE_BACK = "pack", "pack_back"
ENOUGH, RIGHT = "enough", "right"
MEANT = {
    # "Good" and "I love it" are said of many things: no praise lets a stranger see a picture.
    "affirm": YES,
    **dict.fromkeys(("deny", "maybe"), NO),
}


def can_have_a_pack(hearing: Hearing) -> bool:
    """Whether there is a hope that could be in it."""
    return bool(can_be_packed(hearing.session, hearing.person.id))


def has_a_pack(hearing: Hearing, meeting: Meeting) -> bool:
    """Whether anything is in it now."""
    return bool(packed(hearing.session, meeting))


def offer_pack(hearing: Hearing, meeting: Meeting) -> None:
    """Ask whether they want one; where there is one, what is in it. The place is parked before."""
    ask(hearing, f"{DONE if has_a_pack(hearing, meeting) else OFFER}:{meeting.id}")


def make_pack(hearing: Hearing, meeting: Meeting) -> None:
    """From the first hope."""
    if not can_have_a_pack(hearing):
        hearing.says("pack_no_hope")
        go_on(hearing)
        return
    park(hearing.place, instead_of=OF_MEETINGS)
    if len(meetings_to_come(hearing.session, hearing.person.id)) > 1:
        # A yes is one for this meeting: which one it is comes first.
        hearing.says("meeting_is", meeting={"meeting": meeting.id})
    else:
        hearing.says("pack_begins")
    _ask_next(hearing, meeting, after=0)


def takes_back(hearing: Hearing) -> bool:
    """Whether their words take a pack back; where it may be meant, it is."""
    return read_taking_a_pack_back().is_meant_by(hearing.message.words)


def take_pack_back(hearing: Hearing, meetings: list[Meeting]) -> None:
    """One tap, and nothing of it is shown: at this meeting, or at any that is to come."""
    if not meetings:
        hearing.says("no_meeting")
        go_on(hearing)
        return
    gone = [meeting for meeting in meetings if _take_back(hearing, meeting)]
    about = (gone or meetings)[0].id
    hearing.says("pack_is_back" if gone else "pack_is_empty", meeting={"meeting": about})
    if (hearing.place.question or "").startswith(PACK):
        come_back(hearing)
    else:
        go_on(hearing)


def _take_back(hearing: Hearing, meeting: Meeting) -> int:
    return take_back_pack(
        hearing.session,
        hearing.cause,
        hearing.message,
        meeting,
        helped=bool(hearing.place.with_somebody),
    )


def answer_pack(hearing: Hearing) -> None:
    """The answer to one of these questions."""
    what, meeting_id, about = what_is_asked(hearing.place.question or "")
    if gone := why_not_now(hearing.session, hearing.person.id, meeting_id):
        hearing.says(gone)
        come_back(hearing)
        return
    meeting = hearing.session.get_one(Meeting, meeting_id)
    if how_left(hearing) == NOT_NOW:
        leave(hearing, NOT_NOW, "meeting", meeting.id)
        return
    left = how_left(hearing)
    if left is not None:
        # Kept as just that; and it is no yes.
        leave(hearing, left, "meeting", meeting.id)
    answer = NO if left is not None else hearing.choice or MEANT.get(hearing.intent)
    if answer not in {YES, NO, ENOUGH, RIGHT}:
        _not_clear(hearing)
    elif what == OFFER:
        _offered(hearing, meeting, answer)
    elif what == DONE:
        _read(hearing, meeting, answer)
    elif answer == ENOUGH:
        _done(hearing, meeting)
    else:
        _keep(hearing, meeting, thing_asked(about), answer)


def _offered(hearing: Hearing, meeting: Meeting, answer: str) -> None:
    if answer == YES:
        hearing.says("pack_begins")
        _ask_next(hearing, meeting, after=0)
        return
    hearing.says("pack_not_wanted")
    come_back(hearing)


def _read(hearing: Hearing, meeting: Meeting, answer: str) -> None:
    """A no to what is in it takes it back, and each thing is asked again."""
    if answer == NO and how_left(hearing) is None:
        _take_back(hearing, meeting)
        hearing.says("pack_is_back", meeting={"meeting": meeting.id})
        _ask_next(hearing, meeting, after=0)
        return
    hearing.says("pack_kept", meeting={"meeting": meeting.id})
    come_back(hearing)


def _keep(hearing: Hearing, meeting: Meeting, thing: Thing, answer: str) -> None:
    hope_id, _, attachment_id = thing
    if not is_there(hearing.session, hearing.person.id, thing):
        # Who keeps it back need not hear that it is gone.
        if answer == YES:
            hearing.says("pack_gone")
        _ask_next(hearing, meeting, after=hope_id)
        return
    hearing.keeps(
        keep_pack_answer(
            hearing.session,
            hearing.cause,
            hearing.message,
            meeting,
            thing,
            answer,
            helped=bool(hearing.place.with_somebody),
        )
    )
    if how_left(hearing) is None:
        hearing.says("pack_in" if answer == YES else "pack_out")
    if attachment_id is None and answer == NO:
        _ask_next(hearing, meeting, after=hope_id)
        return
    following = _kept_after(hearing, hope_id, attachment_id)
    if following is None:
        _ask_next(hearing, meeting, after=hope_id)
        return
    asked = OF_KIND[following.attachment.kind]
    numbers = (meeting.id, hope_id, following.statement.id, following.attachment.id)
    ask(hearing, ":".join([asked, *map(str, numbers)]))


def _kept_after(hearing: Hearing, hope_id: int, attachment_id: int | None) -> Kept | None:
    kept = kept_of(hearing.session, hope_id)
    at = [each.attachment.id for each in kept]
    return next(iter(kept[at.index(attachment_id) + 1 if attachment_id in at else 0 :]), None)


def _ask_next(hearing: Hearing, meeting: Meeting, after: int) -> None:
    following = asked_next(hearing.session, meeting, after)
    if following is None:
        _done(hearing, meeting)
        return
    hope, statement = following
    ask(hearing, f"{ONE_HOPE}:{meeting.id}:{hope.id}:{statement.id}")


def _done(hearing: Hearing, meeting: Meeting) -> None:
    if packed(hearing.session, meeting):
        ask(hearing, f"{DONE}:{meeting.id}")
        return
    hearing.says("pack_is_empty", meeting={"meeting": meeting.id})
    come_back(hearing)


def _not_clear(hearing: Hearing) -> None:
    """Own words are no permission: asked once more, and the third time there is a person."""
    if one_too_many(hearing):
        return
    hearing.says("did_not_catch")
    ask_present(hearing, "simpler")
