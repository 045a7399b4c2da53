"""What the parts of a stack use: processor time and memory, each part with all its children.

Comes in: the number of each part's first process. Goes out: seconds and megabytes, by part.
"""

from collections.abc import Iterator

import psutil

MB = 1024 * 1024


def seconds_of_work(parts: dict[str, int]) -> dict[str, float]:
    """Processor seconds each part has used until now."""
    return {
        name: sum(sum(process.cpu_times()[:2]) for process in _family(number))
        for name, number in parts.items()
    }


def memory_of(parts: dict[str, int]) -> dict[str, float]:
    """Megabytes each part holds; what processes share is shared out among them (PSS)."""
    return {
        name: round(sum(process.memory_full_info().pss for process in _family(number)) / MB, 1)
        for name, number in parts.items()
    }


def _family(number: int) -> Iterator[psutil.Process]:
    first = psutil.Process(number)
    yield first
    # This very process is the bot; the stacks it has started are no part of it.
    if first != psutil.Process():
        yield from first.children(recursive=True)
