"""What is known about me, send it to me, who looked, forget me.

Comes in: the wish. Goes out: a short-lived way to their page, who looked, from the log of looks; or
the question whether they are sure.
"""

from actions.asking import ask, go_on
from actions.hearing import Hand, Hearing
from plan_store.forgetting import what_must_stay
from plan_store.looking import who_looked
from plan_store.moving_on import park


class MyData(Hand):
    """Each of the four is done at once, and by nobody else."""

    called = "action_my_data"

    def opens(self, hearing: Hearing) -> None:
        """Who asks this first is answered first."""
        self._show(hearing)
        Hand.opens(self, hearing)

    def act(self, hearing: Hearing) -> None:
        """Do it, and come back to the question that was open."""
        if hearing.intent == "forget_me":
            self._forget(hearing)
            return
        if hearing.intent == "who_looked":
            _say_who_looked(hearing)
        else:
            self._show(hearing)
        go_on(hearing)

    def _show(self, hearing: Hearing) -> None:
        key = "my_things_to_keep" if hearing.intent == "send_me_everything" else "my_things"
        hearing.says(key, link={"my_things_link": hearing.person.id})

    def _forget(self, hearing: Hearing) -> None:
        """Ask first, and say what the law wants kept."""
        park(hearing.place)
        stays = what_must_stay(hearing.session, hearing.person.id)
        ask(hearing, "ask_forget_but" if stays else "ask_forget")


def _say_who_looked(hearing: Hearing) -> None:
    lookers = who_looked(hearing.session, hearing.person.id)
    if not lookers:
        hearing.says("nobody_looked")
        return
    last = lookers[0]
    reply = hearing.says(
        "somebody_looked" if len(lookers) == 1 else "more_looked",
        facilitator={"facilitator": last.facilitator_id},
        date={"looked_on": last.last_id},
    )
    if len(lookers) > 1:
        reply["filling"]["count"] = {"number": len(lookers) - 1}
    if hearing.place.question is None:
        hearing.says("who_looked_all", link={"my_things_link": hearing.person.id})
