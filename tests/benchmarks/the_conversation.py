"""The conversation both stacks hold: what a person says, message by message, and what must answer.

A hello, a name, an OK, how one likes to talk, and then hope after hope, as long as is measured.
Ours asks more than the stock bot: a hope is nine messages here and five there; what counts is each
message.
A message that gets any other answer than the one named here is an error, however fast it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# Messages until everybody is in the middle of a hope; nothing before is measured.
OPENING = 7
HOPE_LENGTH = 9


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
READY = Step("yes", ("explain_settings", "ask_pictures"), "What would you like")
# How somebody likes to talk; the stock bot asks none of this.
SETTINGS = (
    Step("just words", ("ask_listening",), "", tap='/choose{"choice": "no_pictures"}'),
    Step("I read it myself", ("ask_pace",), "", tap='/choose{"choice": "no_reading"}'),
    Step("like this", ("ask_with_somebody",), "", tap='/choose{"choice": "like_this"}'),
    Step(
        "alone",
        ("work_learning.opens", "ask_work_hope"),
        "",
        tap='/choose{"choice": "on_my_own"}',
    ),
)
STOCK_ANOTHER = Step("another hope", (), "What would you like", tap="/another_hope")
CHOOSE = Step("choose a part", ("choose_chapter",), "", tap="/chapters")
ANOTHER = Step(
    "another hope",
    ("work_learning.opens", "ask_work_hope"),
    "What would you like",
    tap='/talk_about{"chapter": "work_learning"}',
)
HOPE = Step("I want to work with dogs", ("kept_words", "ask_work_help"), "What would help")
HELP = Step("more time for my work", ("kept_words", "work_with_whom"), "You said: I want to")
# Three more questions than the stock bot has.
LEFT = (
    Step("skip", ("left_skip", "work_when"), ""),
    Step("skip", ("left_skip", "work_important"), ""),
    Step("skip", ("left_skip", "read_back"), ""),
)
RIGHT = Step("yes", ("explain_sharing", "ask_sharing"), "Who can see this?")
RIGHT_AGAIN = Step("yes", ("ask_sharing_again",), "Who can see this?")
ONLY_ME = Step(
    "only me", ("shared_me", "chapter_done"), "I kept it.", tap='/choose{"choice": "me"}'
)


def the_conversation(stack: str) -> Iterator[Step]:
    """Every message of one person with this stack, without an end."""
    if stack == "stock":
        yield from (HELLO, NAME, READY, HOPE, HELP, RIGHT, ONLY_ME)
        while True:
            yield from (STOCK_ANOTHER, HOPE, HELP, RIGHT, ONLY_ME)
    yield from (HELLO, NAME, READY, *SETTINGS, HOPE, HELP, *LEFT, RIGHT, ONLY_ME)
    while True:
        yield from (CHOOSE, ANOTHER, HOPE, HELP, *LEFT, RIGHT_AGAIN, ONLY_ME)
