"""What Rasa must know while it hears one message, and nothing longer than that.

In: what the chat was expecting, from the door. Out: the kind of problem, if one arose on the way.
Rasa hands no such note from its channel to its tracker store or its actions, so it travels in the
task itself: each request runs in a task of its own, and so sees only its own note.
"""

from contextvars import ContextVar
from dataclasses import dataclass

# What a message may be an answer to. The rules in data/rules speak of these and no others.
EXPECTATIONS = (
    "nothing",
    "name",
    "ready",
    "settings",
    "with_somebody",
    "words",
    "chapter",
    "read_back",
    "sharing",
    "sorting",
    "check",
    "confirm",
    "deciding",
)


@dataclass
class Hearing:
    """One message being heard: what it answers, and which problem stopped it, if any."""

    expecting: str = "nothing"
    problem: str | None = None


# No default on purpose: a tracker made outside a hearing would be a message nobody answers for.
HEARING: ContextVar[Hearing] = ContextVar("hearing")
