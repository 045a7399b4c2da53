"""Getting ready: what to call the person, and an honest word on who will see what."""

from actions.asking import ask, ask_present, begin_chapter
from actions.beginning import FIRST_CHAPTER
from actions.hearing import Hand, Hearing
from plan_store.keeping_words import keep_statement

LONGEST_NAME = 60


class HearName(Hand):
    """The name they choose; any name is right."""

    called = "action_hear_name"

    def act(self, hearing: Hearing) -> None:
        """Keep the name as it was said, and go on to who sees what."""
        name = " ".join(hearing.message.words.split())
        if not name:
            ask_present(hearing)
        elif hearing.intent == "greet" and not hearing.place.misses:
            # "Say hello to go on" brought them here; said once more, it is their name.
            hearing.place.misses += 1
            hearing.says("hello")
            ask_present(hearing)
        elif len(name) > LONGEST_NAME:
            hearing.says("name_too_long")
            ask_present(hearing)
        else:
            said = keep_statement(
                hearing.session,
                hearing.cause,
                hearing.message,
                self.called,
                "name",
                hearing.message.words,
            )
            hearing.person.called = name
            hearing.keeps(said)
            hearing.says("hello_name")
            ask(hearing, "ask_ready")


class GetReady(Hand):
    """They said that this is OK: the conversation opens with a hope."""

    called = "action_get_ready"

    def act(self, hearing: Hearing) -> None:
        """Open the first chapter."""
        begin_chapter(hearing, FIRST_CHAPTER)


class NotReady(Hand):
    """They said that it is not OK. Nothing is pressed on anybody."""

    called = "action_not_ready"

    def act(self, hearing: Hearing) -> None:
        """Say that it is fine, and leave the question open."""
        hearing.says("not_ready")
        ask_present(hearing)
