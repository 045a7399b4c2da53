"""A household of small processes, kept running by the house's own keeper: a program for the tests.

Comes in: a folder, and JSON of the processes' names and their Python code. Goes out: what the
keeper reports, on standard output, until a signal stops it.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from house import keeping_running
from house.keeping_running import Keeper
from house.saying import say
from house.serving import Process


async def main(folder: Path, codes: dict[str, str]) -> None:
    keeping_running.LOG_BYTES = 20_000
    table = [
        Process(
            name=name,
            command=(sys.executable, "-u", "-c", code),
            folder=folder,
            env=dict(os.environ),
            health="http://127.0.0.1:9/",
            waiting=name,
        )
        for name, code in codes.items()
    ]
    await Keeper(table, folder / "logs", say).run()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), json.loads(sys.argv[2])))
