"""Before somebody else may see something, the person shows that they know what that means.

Comes in: who is to see it, and answers to up to three questions in pictures. Goes out: it is
shared exactly as chosen; or, where it is not clear, with nobody new, and a person explains.
"""

from actions.asking import ask, ask_present
from actions.checking_wishes import plan_checks_of
from actions.hearing import Hearing
from actions.opening_chapters import end_of_questions
from plan_store.calling import call_for_a_person
from plan_store.consenting import keep_consent_answer, questions_before
from plan_store.hoping import happens
from plan_store.moving_on import move
from plan_store.putting_to_the_person import withdraw_what_is_private
from plan_store.sharing import CHOICES, share

# "Yes" and "no" answer only the one of them that asks so.
YES_OR_NO = {"affirm": "any_day", "deny": "never"}
# Stands behind a question that was explained and is asked once more.
AGAIN_ASKED = "again"


def ask_consent(hearing: Hearing, choice: str) -> None:
    """Ask what has to be clear before this choice holds; where nothing has to, share."""
    aspiration = hearing.aspiration
    if aspiration is None:
        ask_present(hearing)
        return
    asked = questions_before(hearing.session, aspiration, choice)
    if not asked:
        share_as_chosen(hearing, choice)
        return
    if len(asked) > 1:
        hearing.says("consent_begins")
    ask(hearing, f"{asked[0]}:{choice}")


def hear_consent(hearing: Hearing, _answer: str) -> None:
    """Understood: the next question, or it is shared. Not so: said plainly, and asked once more."""
    question, choice, *again = (hearing.place.question or "").split(":")
    aspiration = hearing.aspiration
    if aspiration is None:
        end_of_questions(hearing)
        return
    given = hearing.choice
    if given is None and question == "consent_change":
        given = YES_OR_NO.get(hearing.intent)
    # Read before the answer is kept: it decides what is still to be asked.
    asked = questions_before(hearing.session, aspiration, choice)
    row = keep_consent_answer(hearing.session, hearing.cause, aspiration, question, choice, given)
    hearing.keeps(row)
    if row.right:
        following = asked[asked.index(question) + 1 :] if question in asked else ()
        if following:
            ask(hearing, f"{following[0]}:{choice}")
        else:
            share_as_chosen(hearing, choice)
    elif again:
        hearing.keeps(call_for_a_person(hearing.session, hearing.cause))
        hearing.says("consent_not_clear")
        _stays_as_it_is(hearing)
    else:
        # Remembered in its name: "say it simpler" counts as a miss too, and is no wrong answer.
        move(hearing.place, "confirm", f"{question}:{choice}:{AGAIN_ASKED}")
        hearing.says(f"{question}_is_{choice}" if question == "consent_who" else f"{question}_is")
        ask_present(hearing, "simpler")


def leave_consent(hearing: Hearing) -> None:
    """Skip, not now, private: nobody new sees it. Not knowing is an answer, and is explained."""
    if hearing.intent == "dont_know":
        hear_consent(hearing, hearing.intent)
        return
    hearing.says("consent_left")
    _stays_as_it_is(hearing)


def share_as_chosen(hearing: Hearing, choice: str) -> None:
    """Exactly these may see it from now on; those who could before and are not among them, not."""
    aspiration = hearing.aspiration
    if aspiration is None:
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
    else:
        withdraw_what_is_private(hearing.session, hearing.person.id)
    hearing.says(f"shared_{choice}")
    end_of_questions(hearing)


def _stays_as_it_is(hearing: Hearing) -> None:
    aspiration = hearing.aspiration
    if aspiration is not None and aspiration.whose_turn == "person":
        happens(hearing.session, hearing.cause, aspiration, "agrees_and_keeps_private")
    end_of_questions(hearing)
