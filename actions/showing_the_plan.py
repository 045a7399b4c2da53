"""My plan: see it, have it sent, delete something in it.

Comes in: the wish. Goes out: a short-lived way to the page, the plan as a file, or the question
whether it is to be deleted for good.
"""

from sqlalchemy import select

from actions.asking import ask, ask_present, go_on, said_parts
from actions.hearing import Hand, Hearing
from plan_store.deleting import answer_keeps_danger, asked_to_delete_last, keeps_danger
from plan_store.hoping import newest_item
from plan_store.keeping_words import newest_said, parts_now
from plan_store.moving_on import park
from plan_store.tables import Aspiration, Incoming, Statement
from plan_store.what_was_answered import AnswerBeside, newest_answer


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
        meant, answer = self._meant(hearing), self._answered_since(hearing)
        if answer is not None:
            stays = answer_keeps_danger(hearing.session, answer)
            park(hearing.place, answer.incoming_id)
            ask(hearing, "ask_delete_answer_but" if stays else "ask_delete_answer")
            return
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

    def _answered_since(self, hearing: Hearing) -> AnswerBeside | None:
        """What was said last, where that is an answer about a meeting or an idea.

        A voice that was one has a statement of its own. At rest, who was asked about it and kept
        it means something else when they say it again.
        """
        person_id, before = hearing.person.id, hearing.message.id
        if hearing.place.expecting in {"read_back", "sharing"}:
            return None
        answer = newest_answer(hearing.session, person_id, before)
        said = newest_said(hearing.session, person_id, before)
        if answer is None:
            return None
        message = hearing.session.get_one(Incoming, answer.incoming_id)
        voice = message.details.get("voice") or message.id
        if said is not None and (said.incoming_id > message.id or said.incoming_id == voice):
            return None
        kept = asked_to_delete_last(hearing.session, person_id) == answer.incoming_id
        return None if kept and hearing.place.question is None else answer
