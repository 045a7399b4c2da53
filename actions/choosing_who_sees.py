"""Who may see it: asked for each hope, private until chosen, and answered at any time."""

from actions.asking import ask, ask_present
from actions.hearing import Hand, Hearing
from plan_store.hoping import happens
from plan_store.moving_on import move
from plan_store.sharing import CHOICES, share


class ChooseWhoSees(Hand):
    """The person chose who may see this hope."""

    called = "action_choose_who_sees"

    def act(self, hearing: Hearing) -> None:
        """Share exactly as chosen; something else said here asks again."""
        aspiration = hearing.aspiration
        choice = "me" if hearing.intent == "private" else hearing.choice
        if aspiration is None or choice not in CHOICES:
            ask(hearing, "ask_sharing")
            return
        hearing.keeps(*share(hearing.session, hearing.cause, aspiration, choice), aspiration)
        shared = "facilitator" in CHOICES[choice]
        happens(
            hearing.session,
            hearing.cause,
            aspiration,
            "agrees_and_shares" if shared else "agrees_and_keeps_private",
        )
        move(hearing.place, "nothing", None)
        hearing.says(f"shared_{choice}")
        hearing.says("part_done")


class WhoSees(Hand):
    """Who sees this?"""

    called = "action_who_sees"

    def act(self, hearing: Hearing) -> None:
        """Say it plainly; where a hope was agreed and nothing else is asked, it may be changed."""
        hearing.says("who_sees_this")
        hope = hearing.aspiration
        if hearing.place.question is None and hope is not None and hope.agreed_at is not None:
            ask(hearing, "ask_sharing")
        else:
            ask_present(hearing)
