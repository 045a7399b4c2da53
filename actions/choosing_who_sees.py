"""Who may see it: asked for each part of the plan, private until chosen, answered at any time."""

from actions.asking import ask, ask_present, rest
from actions.hearing import Hand, Hearing
from actions.opening_chapters import come_back
from actions.sharing_with_consent import ask_consent
from plan_store.becoming_sixteen import FAMILY_STILL, stops_sharing_with_family
from plan_store.hoping import happens
from plan_store.putting_to_the_person import withdraw_what_is_private
from plan_store.sharing import CHOICES, last_choice, share, shared_now

# These open further choices; three are shown at a time.
FURTHER = {"more": "ask_sharing_more", "other": "ask_sharing"}


class ChooseWhoSees(Hand):
    """The person chose who may see this."""

    called = "action_choose_who_sees"

    def act(self, hearing: Hearing) -> None:
        """Go on to what has to be clear first; something else said here asks again."""
        aspiration = hearing.aspiration
        choice = "me" if hearing.intent == "private" else hearing.choice
        if hearing.intent == "affirm" and hearing.place.question == "ask_sharing_again":
            choice = "same"
        if aspiration is not None and choice == "same":
            choice = last_choice(hearing.session, hearing.person.id, aspiration.id)
        if choice in FURTHER:
            ask(hearing, FURTHER[choice])
        elif choice == "another":
            self._another(hearing)
        elif aspiration is None or choice not in CHOICES:
            ask_present(hearing)
        else:
            ask_consent(hearing, choice)

    def _another(self, hearing: Hearing) -> None:
        """The thing that was shared before this one; after the first, the last again."""
        shared = shared_now(hearing.session, hearing.person.id)
        earlier = [item.id for item in shared if item.id < (hearing.place.aspiration_id or 0)]
        if shared:
            hearing.place.aspiration_id = earlier[-1] if earlier else shared[-1].id
        ask(hearing, "ask_sharing_change")


class WhoSees(Hand):
    """Who sees this?"""

    called = "action_who_sees"

    def act(self, hearing: Hearing) -> None:
        """Say it plainly; what was shared last can be changed where nothing else is asked."""
        say_who_sees(hearing)


def say_who_sees(hearing: Hearing) -> None:
    """Who sees it, in general; where nothing else is asked, one thing after the other to change."""
    shared = shared_now(hearing.session, hearing.person.id)
    hearing.says("who_sees_shared" if shared else "who_sees_this")
    if shared and hearing.place.question is None:
        hearing.place.aspiration_id = shared[-1].id
        ask(hearing, "ask_sharing_change")
    else:
        ask_present(hearing)


class StopSharing(Hand):
    """Nobody is to see it any more: one tap, and no question about it."""

    called = "action_stop_sharing"

    def act(self, hearing: Hearing) -> None:
        """All sharing ends now. The words stay with the person."""
        for aspiration in shared_now(hearing.session, hearing.person.id):
            share(hearing.session, hearing.cause, aspiration, "me")
            happens(hearing.session, hearing.cause, aspiration, "agrees_and_keeps_private")
            hearing.keeps(aspiration)
        stops_sharing_with_family(hearing.session, hearing.cause)
        withdraw_what_is_private(hearing.session, hearing.person.id)
        hearing.says("nobody_sees_now")
        if (hearing.place.question or "") == "ask_sharing_change":
            rest(hearing)
        elif hearing.place.question == FAMILY_STILL:
            come_back(hearing)
        else:
            ask_present(hearing)
