"""The yes-checker: a wish that will drive a plan is asked again, another day, in another form.

Comes in: coming back on another day, and the answer. Goes out: a thank-you, or an offer to talk
about a difference. Nothing is corrected.
"""

from actions.asking import ask, ask_present
from actions.hearing import Hand, Hearing
from actions.opening_chapters import come_back
from plan_store.chapters import Question
from plan_store.checking_wishes import (
    THE_HOPE,
    answer_check,
    asked_now,
    due_check,
    plan_checks,
)
from plan_store.keeping_words import newest_part
from plan_store.moving_on import park
from plan_store.tables import Aspiration, WishCheck, now

# What the three answers about the hope itself come to.
OUTCOMES = {"still": "same", "else": "different", "not_sure": "unsure"}


def plan_checks_of(hearing: Hearing, aspiration: Aspiration) -> None:
    """A hope that others now work with: plan to ask it again, and its either-or questions."""
    if aspiration.kind != "hope" or aspiration.agreed_at is None:
        return
    chapter = hearing.chapters.about(aspiration.life_area)
    asked = [
        question for question in (chapter.questions if chapter else ()) if question.asked_again
    ]
    answered = [q.question for q in asked if _answered(hearing, aspiration, q) is not None]
    plan_checks(hearing.session, hearing.cause, aspiration, [THE_HOPE, *answered])


def ask_due_check(hearing: Hearing) -> bool:
    """Ask the check that is due, as a detour; False where none is."""
    check = due_check(hearing.session, hearing.person.id)
    if check is None:
        return False
    hope = newest_part(hearing.session, check.aspiration_id, "hope")
    if check.form == THE_HOPE and (hope is None or hope.kind != "said"):
        answer_check(hearing.session, hearing.cause, check, "unsure", None)
        return False
    if check.form != THE_HOPE and hearing.chapters.with_question(check.form) is None:
        # The question was taken out of the chapters since.
        answer_check(hearing.session, hearing.cause, check, "unsure", None)
        return False
    park(hearing.place)
    check.asked_at = now()
    hearing.place.aspiration_id = check.aspiration_id
    hearing.session.flush()
    ask(hearing, "ask_hope_still" if check.form == THE_HOPE else f"{check.form}.again")
    return True


class AnswerCheck(Hand):
    """The wish, answered once more."""

    called = "action_answer_check"

    def act(self, hearing: Hearing) -> None:
        """Keep the answer beside the first one; a difference is offered to be talked about."""
        check = asked_now(hearing.session, hearing.person.id)
        if check is None:
            come_back(hearing)
            return
        if hearing.intent not in {"choose", "tell", "maybe", "affirm", "deny"}:
            ask_present(hearing)
            return
        statement = hearing.keep_words(self.called, f"{check.form}.again")
        outcome = self._outcome(hearing, check)
        answer_check(hearing.session, hearing.cause, check, outcome, statement)
        hearing.keeps(check)
        if outcome == "different":
            first = newest_part(hearing.session, check.aspiration_id, self._part(hearing, check))
            hearing.says(
                "both_are_ok",
                first={"statement": first.id if first else statement.id},
                now={"statement": statement.id},
            )
            ask(hearing, "ask_talk_about_it")
        else:
            hearing.says(f"check_{outcome}")
            come_back(hearing)

    def _outcome(self, hearing: Hearing, check: WishCheck) -> str:
        if check.form == THE_HOPE:
            # Their own words instead of a button: whether they differ is theirs to say.
            return OUTCOMES.get(hearing.choice or "", "different")
        found = hearing.chapters.with_question(check.form)
        aspiration = hearing.session.get_one(Aspiration, check.aspiration_id)
        before = _answered(hearing, aspiration, found[1]) if found else None
        return "same" if before is not None and before == hearing.choice else "different"

    def _part(self, hearing: Hearing, check: WishCheck) -> str:
        found = hearing.chapters.with_question(check.form)
        return found[1].part if found else "hope"


def _answered(hearing: Hearing, aspiration: Aspiration, question: Question) -> str | None:
    """Which of the question's ready answers stands for this hope now, if one does."""
    said = newest_part(hearing.session, aspiration.id, question.part)
    if said is None or said.kind != "said":
        return None
    return next((a.answer for a in question.answers if said.words.strip() == a.label), None)
