"""Reading back: is that right? The person keeps it or changes it."""

from actions.asking import ask, ask_present, part_asked
from actions.hearing import Hand, Hearing
from actions.keeping_answers import keep_answer
from plan_store.hoping import agree

PARTS = {"hope": "ask_hope_again", "help": "ask_help_again"}


class Agree(Hand):
    """That is right."""

    called = "action_agree"

    def act(self, hearing: Hearing) -> None:
        """Keep that they agreed, and ask who may see it."""
        aspiration = hearing.aspiration
        if aspiration is None or not (hearing.place.question or "").startswith("read_back"):
            ask_present(hearing)
            return
        agree(hearing.session, hearing.cause, aspiration)
        hearing.keeps(aspiration)
        hearing.says("explain_sharing")
        ask(hearing, "ask_sharing")


class ChangeWords(Hand):
    """That is not right, or: I want to change it."""

    called = "action_change_words"

    def act(self, hearing: Hearing) -> None:
        """Ask which part, where there are two; then ask that part again."""
        question = hearing.place.question
        if hearing.aspiration is None:
            hearing.says("nothing_to_change")
            ask_present(hearing)
        elif hearing.choice in PARTS:
            ask(hearing, PARTS[hearing.choice])
        elif question in {"read_back_hope", "read_back_help"}:
            ask(hearing, PARTS[question.removeprefix("read_back_")])
        elif part_asked(hearing) is not None:
            # They are answering that very question now: what they say next is the change.
            ask_present(hearing)
        else:
            ask(hearing, "ask_which_part")


class CorrectWords(Hand):
    """Instead of yes or no they said it anew: at the read-back of one part that is the change."""

    called = "action_correct_words"

    def act(self, hearing: Hearing) -> None:
        """Take the new words for the one part read back; with two parts, ask which."""
        question = hearing.place.question or ""
        part = question.removeprefix("read_back_")
        if part in PARTS:
            ask_again = PARTS[part]
            hearing.place.question = ask_again
            keep_answer(hearing, self.called)
            hearing.says("kept_new_words")
            ask(hearing, question)
        else:
            ask(hearing, "ask_which_part")
