"""The beginning, and every coming back: nothing restarts; what was talked about is said."""

from actions.asking import ask, ask_present, begin_chapter
from actions.hearing import Hand, Hearing

FIRST_CHAPTER = "work_and_learning"


class Begin(Hand):
    """Somebody opens the chat: for the first time, or again."""

    called = "action_begin"

    def act(self, hearing: Hearing) -> None:
        """Say what this is and ask for a name; or go on where the person left."""
        if hearing.place.question is not None:
            if hearing.person.called and hearing.place.chapter:
                hearing.says("we_were_talking")
            else:
                hearing.says("hello")
            ask_present(hearing)
        elif hearing.person.called:
            hearing.says("back_again")
        else:
            hearing.says("hello")
            ask(hearing, "ask_name")


class AnotherHope(Hand):
    """The person wants to talk about one more hope."""

    called = "action_another_hope"

    def act(self, hearing: Hearing) -> None:
        """Open the chapter again with a new hope; a question that is open comes first."""
        if hearing.place.question is not None:
            ask_present(hearing)
        elif hearing.person.called is None:
            ask(hearing, "ask_name")
        else:
            begin_chapter(hearing, FIRST_CHAPTER)
