"""`python -m tests.benchmarks [--json] [--quick] [--ours-only] [--postgres URL]`.

Comes in: nothing running. Goes out: a table, or JSON on standard output, and exit code 1 when a
goal is missed or a message was answered wrongly. Logs are in var/bench/logs.
"""

import argparse
import asyncio
import json
import logging
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from house.training import TrainingFailedError, train_if_changed
from tests.benchmarks.measuring import Plan, measure
from tests.benchmarks.our_stack import Ours
from tests.benchmarks.showing import goals, show
from tests.benchmarks.stock_stack import Stock, StockFailed, make_stock
from tests.benchmarks.talking_to_both import Stack
from tests.running_the_pair import RASA_PYTHON, ROOT

FULL = Plan(people=(1, 10, 50), messages=600, rounds=3, longest=8.0, late=200, talks=2)
QUICK = Plan(people=(1, 10, 50), messages=200, rounds=1, longest=6.0, late=200, talks=1)


async def run(
    plan: Plan, bench: Path, report: Console, *, with_stock: bool = True, database_url: str = ""
) -> dict[str, Any]:
    """Measure ours, and the stock stack beside it; everything lies under `bench`."""
    this = asyncio.current_task()
    assert this is not None
    # Told to end, it still ends what it has started.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    model = train_if_changed(ROOT, RASA_PYTHON, report.print)
    logs = bench / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    stacks: list[Stack] = [Ours(model, logs, database_url)]
    if with_stock:
        stacks.append(Stock(make_stock(bench, report.print), logs))
    try:
        found = await measure(stacks, plan, report.print)
    finally:
        for stack in stacks:
            await stack.stop()
    numbers: dict[str, Any] = {name: one.summary(plan) for name, one in found.items()}
    numbers["goals"] = goals(numbers)
    return numbers


def main() -> int:
    """Read the arguments, measure, and print."""
    arguments = argparse.ArgumentParser(prog="./myway bench", description=run.__doc__)
    arguments.add_argument("--json", action="store_true", help="print JSON and nothing else")
    arguments.add_argument("--quick", action="store_true", help="fewer messages")
    arguments.add_argument("--ours-only", action="store_true", help="leave the stock stack out")
    arguments.add_argument("--postgres", default="", metavar="URL", help="instead of SQLite")
    given = arguments.parse_args()
    logging.basicConfig(level=logging.WARNING)
    # People read what is happening on standard error; standard output is the result.
    report = Console(stderr=True)
    try:
        numbers = asyncio.run(
            run(
                QUICK if given.quick else FULL,
                ROOT / "var" / "bench",
                report,
                with_stock=not given.ours_only,
                database_url=given.postgres,
            )
        )
    except (TrainingFailedError, StockFailed) as problem:
        report.print(str(problem), markup=False)
        return 1
    if given.json:
        print(json.dumps(numbers, indent=2))
    else:
        show(numbers, Console())
    wrong = any(numbers[name]["errors"] for name in ("ours", "stock") if name in numbers)
    return 1 if wrong or not all(goal["reached"] for goal in numbers["goals"].values()) else 0


if __name__ == "__main__":
    sys.exit(main())
