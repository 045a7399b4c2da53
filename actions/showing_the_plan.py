"""My plan: see it, have it sent, delete something in it.

Comes in: the wish. Goes out: a short-lived way to the page, the plan as a file, or the question
whether it is to be deleted for good.
"""

from sqlalchemy import select

from actions.asking import ask, ask_present, go_on, said_parts
from actions.hearing import Hand, Hearing
from plan_store.deleting import keeps_danger
from plan_store.hoping import newest_item
from plan_store.keeping_words import newest_said, parts_now
from plan_store.moving_on import park
from plan_store.tables import Aspiration, Statement


class ShowPlan(Hand):
    """Show my plan."""

    called = "action_show_plan"

    def act(self, hearing: Hearing) -> None:
        """A link to the page that ends soon; with nothing said yet, say so."""
        if self._is_empty(hearing):
            hearing.says("my_plan_empty")
        else:
            hearing.says("my_plan", link={"plan_link": hearing.person.id})
        go_on(hearing, done="show_plan")

    def _is_empty(self, hearing: Hearing) -> bool:
        return (
            hearing.session.scalars(
                select(Aspiration.id).where(
                    Aspiration.person_id == hearing.person.id, Aspiration.status != "cancelled"
                )
            ).first()
            is None
        )


class SendPlan(ShowPlan):
    """Send me my plan."""

    called = "action_send_plan"

    def act(self, hearing: Hearing) -> None:
        """The plan as a file, made when it is sent."""
        if self._is_empty(hearing):
            hearing.says("my_plan_empty")
        else:
            hearing.says("here_is_your_plan", link={"plan_link": hearing.person.id})["sends"] = (
                "plan"
            )
        go_on(hearing, done="show_plan")


class DeleteThis(Hand):
    """Delete this."""

    called = "action_delete_this"

    def act(self, hearing: Hearing) -> None:
        """Ask first, with the words read back: what is deleted is gone for good."""
        meant = self._meant(hearing)
        if meant is None:
            hearing.says("nothing_to_delete")
            ask_present(hearing)
            return
        stays = keeps_danger(hearing.session, meant)
        park(hearing.place, meant.id)
        ask(hearing, "ask_delete_but" if stays else "ask_delete")

    def _meant(self, hearing: Hearing) -> Statement | None:
        """What is read back now; else what was said last; at rest, the newest of the plan."""
        said = said_parts(hearing)
        if said and hearing.place.expecting in {"read_back", "sharing"}:
            return next(iter(said.values()))
        if hearing.place.question is None:
            item = newest_item(hearing.session, hearing.person.id)
            parts = parts_now(hearing.session, item.id) if item else {}
            newest = next((s for s in parts.values() if s.kind == "said"), None)
            if newest is not None:
                return newest
        return newest_said(hearing.session, hearing.person.id, hearing.message.id)
