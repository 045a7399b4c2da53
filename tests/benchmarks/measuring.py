"""The measurements: messages a second, waiting at the 10th and 200th message, memory, first reply.

Comes in: stacks to start. Goes out: numbers. The stacks take turns, block by block, so that what
else the machine does falls on both alike.
"""

import asyncio
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.processes import memory_of, seconds_of_work
from tests.benchmarks.talking_to_both import Person, Stack, WrongAnswer
from tests.benchmarks.the_conversation import HOPE_LENGTH, OPENING

EARLY = 10
# Newcomers beside each long talk.
TURNS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. `messages`: at each number of people, over all rounds.

    `longest`: seconds after which nobody in a block says anything more. `late`: the message that
    is compared with the 10th, in so many long `talks`.
    """

    people: tuple[int, ...]
    messages: int
    rounds: int
    longest: float
    late: int
    talks: int


@dataclass(slots=True)
class Block:
    """So many people talking at once."""

    answered: int = 0
    seconds: float = 0.0
    work: dict[str, float] = field(default_factory=dict)

    @property
    def a_second(self) -> float:
        """Messages answered a second."""
        return self.answered / self.seconds


@dataclass(slots=True)
class Measured:
    """What one stack showed."""

    first_reply_seconds: float = 0.0
    blocks: dict[int, list[Block]] = field(default_factory=lambda: defaultdict(list))
    early: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory_mb: dict[str, float] = field(default_factory=dict)

    def summary(self, plan: Plan) -> dict[str, Any]:
        """As plain numbers: seconds, milliseconds, megabytes."""
        early, late = _spread(self.early), _spread(self.late)
        return {
            "messages_a_second": {
                str(people): round(statistics.median(block.a_second for block in blocks), 2)
                for people, blocks in self.blocks.items()
            },
            "milliseconds_at": {str(EARLY): early, str(plan.late): late},
            "late_to_early": round(late["median"] / early["median"], 3) if early and late else None,
            "work_milliseconds_a_message": self._work(),
            "memory_mb": _with_all(self.memory_mb),
            "first_reply_seconds": round(self.first_reply_seconds, 2),
            "errors": dict(self.errors),
        }

    def _work(self) -> dict[str, float]:
        """Processor time of a message at the largest crowd, by part: what noise touches least."""
        blocks = self.blocks[max(self.blocks)]
        answered = sum(block.answered for block in blocks)
        parts = {part for block in blocks for part in block.work}
        if not answered:
            return {}
        return _with_all(
            {
                part: round(sum(block.work.get(part, 0.0) for block in blocks) / answered * 1000, 2)
                for part in sorted(parts)
            }
        )


def _with_all(parts: dict[str, float]) -> dict[str, float]:
    return {**parts, "all": round(sum(parts.values()), 2)}


def _spread(seconds: list[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {}
    return {
        "median": round(statistics.median(seconds) * 1000, 2),
        "p95": round(statistics.quantiles(seconds, n=20)[-1] * 1000, 2),
    }


async def measure(
    stacks: Sequence[Stack], plan: Plan, report: Callable[[str], None]
) -> dict[str, Measured]:
    """Start the stacks, one after the other, and measure them in turns."""
    found = {stack.name: Measured() for stack in stacks}
    for stack in stacks:
        seconds = found[stack.name].first_reply_seconds = await _start_and_greet(stack)
        report(f"{stack.name}: first reply after {seconds:.1f} s")
    for people in plan.people:
        crowds = {stack.name: await _gather(stack, people, found[stack.name]) for stack in stacks}
        for _ in range(plan.rounds):
            for stack in stacks:
                one = found[stack.name]
                block = await _all_at_once(stack, crowds[stack.name], plan, one)
                one.blocks[people].append(block)
                report(f"{stack.name}: {block.a_second:.1f} messages a second, {people} at once")
    for _ in range(plan.talks):
        for stack in stacks:
            await _talk_for_long(stack, plan, found[stack.name])
            report(f"{stack.name}: a talk of {plan.late} messages")
    for stack in stacks:
        found[stack.name].memory_mb = memory_of(stack.processes())
    return found


async def _start_and_greet(stack: Stack) -> float:
    """Start everything, cold; seconds until the first message was answered."""
    began = time.perf_counter()
    await stack.start()
    await Person(stack).says_next()
    return time.perf_counter() - began


async def _gather(stack: Stack, people: int, measured: Measured) -> list[Person]:
    """People in the middle of a hope, each at another message of it: not in step."""
    crowd = [Person(stack) for _ in range(people)]

    async def open_with(person: Person, messages: int) -> None:
        for _ in range(messages):
            await _said_well(person, measured)

    await asyncio.gather(
        *(open_with(person, OPENING + place % HOPE_LENGTH) for place, person in enumerate(crowd))
    )
    return crowd


async def _all_at_once(stack: Stack, crowd: list[Person], plan: Plan, measured: Measured) -> Block:
    """Everybody talks at once, each as fast as they are answered."""
    left = plan.messages // plan.rounds
    ends = time.perf_counter() + plan.longest
    block = Block()

    async def talk(person: Person) -> None:
        nonlocal left
        while left > 0 and time.perf_counter() < ends:
            left -= 1
            if await _said_well(person, measured) is not None:
                block.answered += 1

    before, began = seconds_of_work(stack.processes()), time.perf_counter()
    await asyncio.gather(*(talk(person) for person in crowd))
    block.seconds = time.perf_counter() - began
    for part, seconds in seconds_of_work(stack.processes()).items():
        block.work[part] = seconds - before[part]
    return block


async def _talk_for_long(stack: Stack, plan: Plan, measured: Measured) -> None:
    """One person has talked for long; people at their 10th message take turns with them.

    A whole hope of messages stands for the 10th, and one for the late one: its five messages are
    not equally much work.
    """
    long_talker = Person(stack)
    for _ in range(plan.late - HOPE_LENGTH):
        await _said_well(long_talker, measured)
    for _ in range(TURNS):
        newcomer = Person(stack)
        for _ in range(EARLY - HOPE_LENGTH // 2 - 1):
            await _said_well(newcomer, measured)
        for _ in range(HOPE_LENGTH):
            measured.late += await _seconds(long_talker, measured)
            measured.early += await _seconds(newcomer, measured)


async def _seconds(person: Person, measured: Measured) -> list[float]:
    took = await _said_well(person, measured)
    return [] if took is None else [took]


async def _said_well(person: Person, measured: Measured) -> float | None:
    """Seconds, or nothing for a message that was not answered as it should be."""
    try:
        return await person.says_next()
    except WrongAnswer as wrong:
        measured.errors[str(wrong)] += 1
    except Exception as broken:  # noqa: BLE001  (counted and shown: a run ends with its numbers)
        measured.errors[type(broken).__name__] += 1
    return None
