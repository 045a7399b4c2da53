"""`./myway chat`: the conversation in this terminal, with a listener of its own if need be.

Comes in: the terminal's words. Goes out: bot.terminal, which goes through the same door, store and
Rasa as a phone does: those of a running `./myway up`, or ones that are started for this talk.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from house.checking import check_database, check_port, check_settings
from house.first_screen import is_well, wait_until_well
from house.keeping_running import Keeper
from house.running import ROOT, migrate
from house.saying import CannotGoOnError, complain, progress
from house.serving import Process, processes
from house.settings import HouseSettings
from house.tethering import tethered
from house.training import TrainingFailedError, train_if_changed

LISTENING = ("rasa", "actions")
KEEP = "--keep-listening"


def main(words: Sequence[str]) -> int:
    """Talk until the input ends; the exit code is for the shell."""
    try:
        settings = check_settings(ROOT)
        if words == [KEEP]:
            asyncio.run(_keeper(settings).run())
            return 0
        check_database(settings)
        migrate(settings.var_folder.resolve() / "logs")
        with _somebody_listens(settings):
            return _talk(settings, words)
    except (CannotGoOnError, TrainingFailedError) as problem:
        complain(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


def _talk(settings: HouseSettings, words: Sequence[str]) -> int:
    env = {**os.environ, "RASA_URL": settings.rasa_address}
    return subprocess.call([sys.executable, "-m", "bot.terminal", *words], cwd=ROOT, env=env)


@contextmanager
def _somebody_listens(settings: HouseSettings) -> Iterator[None]:
    """Rasa and the hands answer for the length of the block."""
    table = _table(settings)
    if all(asyncio.run(_well(table))):
        yield
        return
    check_port("RASA", settings.rasa_host, settings.rasa_port)
    check_port("ACTIONS", settings.actions_host, settings.actions_port)
    # A process of its own: it takes leave of every child that ends, and the talk is our child.
    keep = tethered([sys.executable, "-m", "house.chatting", KEEP])
    with subprocess.Popen(keep, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sys.stderr) as keeper:
        try:
            asyncio.run(wait_until_well(table, progress))
            yield
        finally:
            keeper.terminate()


def _keeper(settings: HouseSettings) -> Keeper:
    return Keeper(_table(settings), settings.var_folder.resolve() / "logs", progress)


def _table(settings: HouseSettings) -> tuple[Process, ...]:
    rasa_python = ROOT / "rasa_project" / ".venv" / "bin" / "python"
    model = train_if_changed(ROOT, rasa_python, progress)
    return tuple(each for each in processes(settings, ROOT, model) if each.name in LISTENING)


async def _well(table: Sequence[Process]) -> list[bool]:
    return [await is_well(each) for each in table]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
