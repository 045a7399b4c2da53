"""The person's own steps: one after the other, ticked by nobody else, and un-ticked by nobody else.

Comes in: "my steps", or an answer to one. Goes out: I did it, not yet, I need help; then the next
one, or the question that was open.
"""

from actions.asking import ask, ask_present, what_now
from actions.hearing import Hand, Hearing
from actions.leaving_what_is_asked import NOT_NOW, how_left, leave
from actions.opening_chapters import come_back
from plan_store.deciding import NotAllowed
from plan_store.hoping import happens
from plan_store.moving_on import park
from plan_store.putting_to_the_person import TICK
from plan_store.tables import Aspiration, Outcome, Step, now
from plan_store.taking_steps import (
    TICKED,
    due_step,
    open_steps,
    say_of_step,
    ticked_just_now,
    ticked_steps,
)

# What an answer is for the step, and what the chat says to it.
ANSWERS = {
    "did": ("ticks", "step_ticked"),
    "need_help": ("needs_help", "step_gets_help"),
    "not_yet": ("not_yet", "step_not_yet"),
    "no": ("not_yet", "step_not_yet"),
    "refuse": ("refuses", "step_not_wanted"),
    # Words of their own go to whoever wrote the step.
    "words": ("says_words", "step_words_kept"),
}
FIRST_ASKED = {**ANSWERS, "yes": ("takes_it_on", "step_taken_on")}
# No to "is that OK?" is no to the step, and no cry for help.
FIRST_ASKED["no"] = FIRST_ASKED["refuse"]
LATER_ASKED = {**ANSWERS, "yes": ("ticks", "step_ticked")}
# Of a step that they ticked: it stays so, or it was a slip.
ASKED_AFTER = {
    **LATER_ASKED,
    **dict.fromkeys(("did", "yes"), ("", "step_stays_ticked")),
    **dict.fromkeys(("not_yet", "no"), ("unticks", "step_unticked")),
    "words": ("", "step_words_kept"),
}
TELLS = ("step_gets_help", "step_words_kept", "step_not_wanted")


class MySteps(Hand):
    """My steps: the soonest first, each asked about; or what was ticked, where a tick is wrong."""

    called = "action_my_steps"

    def act(self, hearing: Hearing) -> None:
        """Ask about the first one that is to be done; where there is none, say so."""
        ticked = ticked_steps(hearing.session, hearing.person.id)
        if hearing.choice == TICKED and ticked:
            _ask_about(hearing, ticked[0], TICKED)
            return
        steps = open_steps(hearing.session, hearing.person.id)
        if steps:
            _ask_about(hearing, steps[0])
            return
        reply = hearing.says("no_steps")
        if hearing.place.question is not None:
            ask_present(hearing)
        elif ticked:
            reply["buttons"] = ["tick_is_wrong"]


def ask_due_step(hearing: Hearing) -> bool:
    """A step whose day has come is asked about when they come in; False where there is none."""
    step = due_step(hearing.session, hearing.person.id)
    if step is None:
        return False
    _ask_about(hearing, step)
    return True


def ask_what_was_ticked(hearing: Hearing) -> bool:
    """ "No" or "back" right after a tick: that one is asked about again; False after all else."""
    step = ticked_just_now(hearing.session, hearing.message)
    if step is None:
        return False
    _ask_about(hearing, step)
    return True


def answer_step(hearing: Hearing, step_id: int, answer: str) -> None:
    """The first word on a step that was written for them."""
    _follow(hearing, step_id, FIRST_ASKED.get(answer, ANSWERS["words"]))
    come_back(hearing)


def answer_tick(hearing: Hearing, step_id: int, answer: str) -> None:
    """Did you do it? Then the next one that was not asked about now."""
    how = how_left(hearing)
    step = hearing.session.get_one(Step, step_id)
    was_ticked = step.status == TICKED
    if how is not None:
        leave(hearing, how, "step", step_id)
        if how == NOT_NOW:
            return
    else:
        what = (ASKED_AFTER if was_ticked else LATER_ASKED).get(answer, ANSWERS["words"])
        if what[1] == "step_words_kept":
            hearing.keep_words("action_decide", f"{TICK}{step_id}")
        _follow(hearing, step_id, what)
    hearing.session.flush()
    following = _after(hearing, step, was_ticked)
    if following is not None:
        following.asked_at = now()
        ask(hearing, f"{TICK}{following.id}")
        return
    come_back(hearing)
    if hearing.place.question is None and ticked_steps(hearing.session, hearing.person.id):
        hearing.replies[-1]["buttons"] = ["tick_is_wrong", *what_now(hearing)[:2]]


def _after(hearing: Hearing, asked: Step, was_ticked: bool) -> Step | None:
    """Each once: the next in the order of the list; of what was ticked, the one before it."""
    if was_ticked:
        if (hearing.place.comes_back_to or {}).get("second") != TICKED:
            return None
        older = ticked_steps(hearing.session, hearing.person.id)
        ids = [step.id for step in older]
        at = ids.index(asked.id) + 1 if asked.id in ids else len(ids)
        return next(iter(older[at:]), None)
    after = (asked.by_day, asked.id)
    steps = open_steps(hearing.session, hearing.person.id)
    return next((step for step in steps if (step.by_day, step.id) > after), None)


def _follow(hearing: Hearing, step_id: int, what: tuple[str, str]) -> None:
    move, says = what
    step = hearing.session.get_one(Step, step_id)
    try:
        if move:
            step = say_of_step(hearing.session, hearing.cause, step_id, move)
        elif says == "step_words_kept":
            # It stays ticked; what they say of it is for the facilitator all the same.
            outcome = hearing.session.get_one(Outcome, step.outcome_id)
            hope = hearing.session.get_one(Aspiration, outcome.aspiration_id, with_for_update=True)
            happens(hearing.session, hearing.cause, hope, "step_talked_about")
    except NotAllowed:
        hearing.says("step_is_over")
        return
    hearing.keeps(step)
    if says in TELLS:
        hearing.says(says, facilitator={"facilitator": step.made_by})
    else:
        hearing.says(says)


def _ask_about(hearing: Hearing, step: Step, which: str | None = None) -> None:
    step.asked_at = now()
    park(hearing.place, second=which, instead_of=TICK)
    ask(hearing, f"{TICK}{step.id}")
