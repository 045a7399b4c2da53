"""The controls that work everywhere: help, again, simpler, back, stop, and a way out of a miss."""

from actions.asking import PART_OF_AGAIN, ask, ask_present, read_back
from actions.hearing import Hand, Hearing

# Two misses: other words and buttons. The third: a person.
MISSES_BEFORE_A_PERSON = 2


class Help(Hand):
    """Help: what the chat can do, then the question that was open."""

    called = "action_help"

    def act(self, hearing: Hearing) -> None:
        """Say what works, and come back to the question."""
        hearing.says("help")
        ask_present(hearing)


class SayAgain(Hand):
    """Say it again."""

    called = "action_say_again"

    def act(self, hearing: Hearing) -> None:
        """Ask the present question again."""
        ask_present(hearing)


class SaySimpler(Hand):
    """Say it simpler."""

    called = "action_say_simpler"

    def act(self, hearing: Hearing) -> None:
        """Ask the present question in its simpler words."""
        ask_present(hearing, "simpler")


class GoBack(Hand):
    """Back to the question before; at the first one it is asked again."""

    called = "action_go_back"

    def act(self, hearing: Hearing) -> None:
        """What was answered stays in the history."""
        chapter, present = hearing.chapter, hearing.place.question
        hearing.says("we_go_back")
        if present == "ask_ready":
            ask(hearing, "ask_name")
        elif chapter is None or present is None:
            ask_present(hearing)
        elif question := chapter.question(present):
            before = chapter.before(question.asks)
            ask(hearing, before.asks if before else question.asks)
        elif present in {"ask_sharing", "ask_which_part", *PART_OF_AGAIN}:
            read_back(hearing)
        else:
            ask(hearing, chapter.questions[-1].asks)


class Stop(Hand):
    """Stop. The question stays where it is, for another day."""

    called = "action_stop"

    def act(self, hearing: Hearing) -> None:
        """Say that everything is kept, and ask nothing."""
        hearing.says("stopped")


class DidNotCatch(Hand):
    """A miss: other words first, then a person. Never "wrong", never from the start."""

    called = "action_did_not_catch"

    def act(self, hearing: Hearing) -> None:
        """The first two misses ask again in other words; the next ones offer a person."""
        hearing.place.misses += 1
        if hearing.place.misses > MISSES_BEFORE_A_PERSON:
            hearing.says("offer_person")
            return
        hearing.says("did_not_catch")
        ask_present(hearing, "simpler")


class AlreadyDone(Hand):
    """A button of an older question was tapped."""

    called = "action_already_done"

    def act(self, hearing: Hearing) -> None:
        """Say so kindly, and ask the present question."""
        hearing.says("already_did_that")
        ask_present(hearing)
