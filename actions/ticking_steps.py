"""The person's own steps: one after the other, ticked by nobody else.

Comes in: "my steps", or an answer to one. Goes out: I did it, not yet, I need help; then the next
one, or the question that was open.
"""

from actions.asking import ask, ask_present
from actions.hearing import Hand, Hearing
from actions.opening_chapters import come_back
from plan_store.deciding import NotAllowed
from plan_store.keeping_words import keep_statement
from plan_store.moving_on import park
from plan_store.putting_to_the_person import TICK
from plan_store.tables import Step, now
from plan_store.taking_steps import due_step, open_steps, say_of_step

# What an answer is for the step, and what the chat says to it.
ANSWERS = {
    "did": ("ticks", "step_ticked"),
    "need_help": ("needs_help", "step_gets_help"),
    "not_yet": ("not_yet", "step_not_yet"),
    "no": ("not_yet", "step_not_yet"),
    "leave": ("not_yet", "step_not_yet"),
    "refuse": ("refuses", "step_not_wanted"),
    # Words of their own go to whoever wrote the step.
    "words": ("says_words", "step_words_kept"),
}
FIRST_ASKED = {**ANSWERS, "yes": ("takes_it_on", "step_taken_on")}
# No to "is that OK?" is no to the step, and no cry for help.
FIRST_ASKED["no"] = FIRST_ASKED["refuse"]
LATER_ASKED = {**ANSWERS, "yes": ("ticks", "step_ticked")}


class MySteps(Hand):
    """My steps: the soonest first, each asked about."""

    called = "action_my_steps"

    def act(self, hearing: Hearing) -> None:
        """Ask about the first one that is to be done; where there is none, say so."""
        steps = open_steps(hearing.session, hearing.person.id)
        if not steps:
            hearing.says("no_steps")
            if hearing.place.question is not None:
                ask_present(hearing)
            return
        _ask_about(hearing, steps[0])


def ask_due_step(hearing: Hearing) -> bool:
    """A step whose day has come is asked about when they come in; False where there is none."""
    step = due_step(hearing.session, hearing.person.id)
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
    if answer == "words":
        hearing.keeps(
            keep_statement(
                hearing.session,
                hearing.cause,
                hearing.message,
                "action_decide",
                f"{TICK}{step_id}",
                hearing.message.words,
                helped=bool(hearing.place.with_somebody),
            )
        )
    _follow(hearing, step_id, LATER_ASKED.get(answer, ANSWERS["words"]))
    hearing.session.flush()
    asked = hearing.session.get_one(Step, step_id)
    # Each once: those that come after it in the order of the list.
    after = (asked.by_day, asked.id)
    steps = open_steps(hearing.session, hearing.person.id)
    following = next((step for step in steps if (step.by_day, step.id) > after), None)
    if following is not None:
        following.asked_at = now()
        ask(hearing, f"{TICK}{following.id}")
    else:
        come_back(hearing)


def _follow(hearing: Hearing, step_id: int, what: tuple[str, str]) -> None:
    try:
        step = say_of_step(hearing.session, hearing.cause, step_id, what[0])
    except NotAllowed:
        hearing.says("step_is_over")
        return
    hearing.keeps(step)
    if what[0] in {"needs_help", "says_words", "refuses"}:
        hearing.says(what[1], facilitator={"facilitator": step.made_by})
    else:
        hearing.says(what[1])


def _ask_about(hearing: Hearing, step: Step) -> None:
    step.asked_at = now()
    park(hearing.place)
    ask(hearing, f"{TICK}{step.id}")
