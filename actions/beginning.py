"""The beginning, and every coming back: nothing restarts; what was talked about is said."""

from datetime import timedelta

from actions.asking import ask, ask_present, rest
from actions.asking_about_family import ask_about_family
from actions.checking_wishes import ask_due_check
from actions.deciding_together import ask_what_the_desk_asks
from actions.hearing import Hand, Hearing
from actions.ticking_steps import ask_due_step
from plan_store.moving_on import in_a_detour, park
from plan_store.putting_to_the_person import DECIDING
from plan_store.tables import now

# Who is there may have changed since; asked again where it decides what is asked.
ASK_WHO_IS_HERE_AFTER = timedelta(hours=12)


class Begin(Hand):
    """Somebody opens the chat: for the first time, or again."""

    called = "action_begin"

    def act(self, hearing: Hearing) -> None:
        """Say what this is and ask for a name; or go on where the person left."""
        come_in(hearing)


def come_in(hearing: Hearing) -> None:
    """Say what this is and ask for a name; or say what was talked about, and go on there."""
    place = hearing.place
    if hearing.person.called is None:
        hearing.says("hello")
        if place.question is None:
            ask(hearing, "ask_name")
        else:
            ask_present(hearing)
        return
    if place.expecting != DECIDING and not in_a_detour(place) and ask_what_the_desk_asks(hearing):
        return
    chapter = hearing.chapter
    talking = chapter is not None and place.question is not None
    if chapter is not None and talking:
        hearing.says("we_were_talking", chapter={"chapter": chapter.chapter})
    elif place.question is not None:
        hearing.says("greeting")
    else:
        hearing.says("back_again")
    if _who_is_here_is_old(hearing):
        park(place)
        place.with_somebody = None
        ask(hearing, "ask_with_somebody")
    elif ask_about_family(hearing):
        pass
    elif place.question is not None:
        ask_present(hearing)
    elif not (ask_due_step(hearing) or ask_due_check(hearing)):
        hearing.replies.pop()
        rest(hearing, "back_again")


def _who_is_here_is_old(hearing: Hearing) -> bool:
    at = hearing.place.with_somebody_at
    return bool(
        hearing.place.with_somebody and at is not None and now() - at > ASK_WHO_IS_HERE_AFTER
    )
