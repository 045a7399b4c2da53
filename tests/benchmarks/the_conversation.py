"""The conversation both stacks hold: what a person says, message by message, and what must answer.

A hello, a name, an OK, and then hope after hope: five messages each, for as long as it is measured.
A message that gets any other answer than the one named here is an error, however fast it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# Messages until everybody is in the middle of a hope; nothing before is measured.
OPENING = 3
HOPE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One message: what is said, the button's value where a phone would tap, and the answers.

    `keys`: the keys of our replies. `stock`: how the stock bot's sentence begins.
    """

    said: str
    keys: tuple[str, ...]
    stock: str
    tap: str | None = None


HELLO = Step("hello", ("hello", "ask_name"), "Hello. What do you want to be called?")
NAME = Step("Sam", ("hello_name", "ask_ready"), "Hello. Only you can see")
READY = Step("yes", ("chapter_work", "ask_work_hope"), "What would you like")
ANOTHER = Step(
    "another hope", ("chapter_work", "ask_work_hope"), "What would you like", tap="/another_hope"
)
HOPE = Step("I want to work with dogs", ("kept_words", "ask_work_help"), "What would help")
HELP = Step("more time for my work", ("kept_words", "read_back"), "You said: I want to")
RIGHT = Step("yes", ("explain_sharing", "ask_sharing"), "Who can see this?")
ONLY_ME = Step("only me", ("shared_me", "part_done"), "I kept it.", tap='/choose{"choice": "me"}')


def the_conversation() -> Iterator[Step]:
    """Every message of one person, without an end."""
    yield from (HELLO, NAME, READY, HOPE, HELP, RIGHT, ONLY_ME)
    while True:
        yield from (ANOTHER, HOPE, HELP, RIGHT, ONLY_ME)
