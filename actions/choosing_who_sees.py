"""Who may see it: asked for each part of the plan, private until chosen, answered at any time."""

from actions.asking import ask, ask_present
from actions.checking_wishes import plan_checks_of
from actions.hearing import Hand, Hearing
from actions.opening_chapters import end_of_questions
from plan_store.hoping import happens
from plan_store.sharing import CHOICES, last_choice, share

# These open further choices; three are shown at a time.
FURTHER = {"more": "ask_sharing_more", "other": "ask_sharing"}


class ChooseWhoSees(Hand):
    """The person chose who may see this."""

    called = "action_choose_who_sees"

    def act(self, hearing: Hearing) -> None:
        """Share exactly as chosen; something else said here asks again."""
        aspiration = hearing.aspiration
        choice = "me" if hearing.intent == "private" else hearing.choice
        if aspiration is not None and choice == "same":
            choice = last_choice(hearing.session, hearing.person.id, aspiration.id)
        if choice in FURTHER:
            ask(hearing, FURTHER[choice])
            return
        if aspiration is None or choice not in CHOICES:
            ask_present(hearing)
            return
        hearing.keeps(*share(hearing.session, hearing.cause, aspiration, choice), aspiration)
        shared = "facilitator" in CHOICES[choice]
        happens(
            hearing.session,
            hearing.cause,
            aspiration,
            "agrees_and_shares" if shared else "agrees_and_keeps_private",
        )
        if shared:
            plan_checks_of(hearing, aspiration)
        hearing.says(f"shared_{choice}")
        end_of_questions(hearing)


class WhoSees(Hand):
    """Who sees this?"""

    called = "action_who_sees"

    def act(self, hearing: Hearing) -> None:
        """Say it plainly; what was agreed last may be changed where nothing else is asked."""
        hearing.says("who_sees_this")
        hope = hearing.aspiration
        if hearing.place.question is None and hope is not None and hope.agreed_at is not None:
            ask(hearing, "ask_sharing")
        else:
            ask_present(hearing)
