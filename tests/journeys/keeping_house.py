"""The whole house, kept running by its own keeper as in life: a program for the tests.

Comes in: the model's file, and the settings in the environment. Goes out: what the keeper reports,
on standard output, until a signal stops it.
"""

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from house import keeping_running
from house.keeping_running import Keeper
from house.saying import say
from house.serving import Process, processes
from house.settings import HouseSettings
from tests.running_the_pair import ROOT


def table(model: Path, var_folder: Path) -> list[Process]:
    """The processes of life, in a folder where no newcomer's `.env` speaks into the test."""
    settings = HouseSettings(_env_file=None)  # type: ignore[call-arg]
    return [
        each
        if each.name == "rasa"
        else replace(each, folder=var_folder, env={**each.env, "PYTHONPATH": str(ROOT)})
        for each in processes(settings, ROOT, model)
    ]


async def main(model: Path) -> None:
    # A test kills more often than life does: whoever ran a moment is started again at once.
    keeping_running.STEADY_AFTER = 1.0
    var_folder = Path(os.environ["VAR_FOLDER"])
    await Keeper(table(model, var_folder), var_folder / "logs", say).run()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
