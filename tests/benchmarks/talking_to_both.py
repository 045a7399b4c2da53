"""What is measured: a stack that is started and stopped, and a person who talks with it.

Comes in: the next step of the conversation. Goes out: seconds until it was answered, or an error.
"""

from typing import Protocol
from uuid import uuid4

from tests.benchmarks.the_conversation import Step, the_conversation

LONGEST_ANSWER_SECONDS = 30.0


class WrongAnswer(Exception):
    """The message was not answered as the conversation says. Names what came instead."""


class Stack(Protocol):
    """A whole chat, from the message that came in to the reply that is ready to go out."""

    name: str

    async def start(self) -> None:
        """Start every process and wait until all are ready."""

    async def stop(self) -> None:
        """Stop every process."""

    async def say(self, person: str, step: Step) -> float:
        """Say it as this person; seconds until it was answered. Raises WrongAnswer."""

    def processes(self) -> dict[str, int]:
        """The first process of each part, by the part's name."""


class Person:
    """Somebody in the middle of the conversation."""

    def __init__(self, stack: Stack) -> None:
        """Nothing is said yet."""
        self._stack = stack
        self._name = uuid4().hex
        self._steps = the_conversation(stack.name)

    async def says_next(self) -> float:
        """Say the next message; seconds until it was answered. Raises WrongAnswer."""
        return await self._stack.say(self._name, next(self._steps))
