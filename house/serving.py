"""The processes of the house in one table: how each is run, and where it says that it is well.

Comes in: the settings and the trained model. Goes out: the table, for `up`; or, as `./myway serve
NAME`, that one process in place of this one. The containers run the same commands.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from house.checking import check_settings
from house.saying import CannotGoOnError, complain, say
from house.settings import HouseSettings
from house.telling_nobody import TELLING_NOBODY
from house.training import TrainingFailedError, train_if_changed
from plan_store.settings import local_url

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("rasa", "actions", "bot", "review")


@dataclass(frozen=True)
class Process:
    """One process: `health` answers 200 when it can work; `waiting` says what is waited for."""

    name: str
    command: tuple[str, ...]
    folder: Path
    env: Mapping[str, str]
    health: str
    waiting: str


def processes(settings: HouseSettings, root: Path, model: Path) -> tuple[Process, ...]:
    """The four processes. Paths in `env` are whole ones: Rasa runs in a folder of its own."""
    env = {
        **os.environ,
        **TELLING_NOBODY,
        "PYTHONUNBUFFERED": "1",  # a crash's last words must reach the log
        # Without compiled files beside its sources Rasa takes twice as long to start, every time.
        "PYTHONDONTWRITEBYTECODE": "",
        "VAR_FOLDER": str(settings.var_folder.resolve()),
        "RASA_URL": settings.rasa_address,
        "ACTIONS_URL": settings.actions_address,
    }
    if settings.redis_url:
        env["REDIS_URL"] = settings.redis_url
    ours = str(root / ".venv" / "bin" / "python")
    rasa_home = root / "rasa_project"
    rasa = [str(rasa_home / ".venv" / "bin" / "python"), "-m", "rasa", "run", "--model", str(model)]
    rasa += ["-i", settings.rasa_host, "-p", str(settings.rasa_port)]
    rasa_well = local_url(settings.rasa_host, settings.rasa_port) + "/webhooks/door/health"
    actions_well = local_url(settings.actions_host, settings.actions_port) + "/health"
    bot_well = local_url(settings.chat_host, settings.chat_port) + "/health"
    desk_well = local_url(settings.desk_host, settings.desk_port) + "/health"
    return (
        Process(
            "rasa",
            tuple(rasa),
            rasa_home,
            env,
            rasa_well,
            "Rasa to open its model",
        ),
        Process(
            "actions",
            (ours, "-m", "actions"),
            root,
            env,
            actions_well,
            "the action server to start",
        ),
        Process("bot", (ours, "-m", "bot"), root, env, bot_well, "the chat to start"),
        Process("review", (ours, "-m", "review"), root, env, desk_well, "the desk to start"),
    )


def main(words: Sequence[str]) -> int:
    """Becomes the process that is named."""
    if len(words) != 1 or words[0] not in NAMES:
        complain(f"Say which process: ./myway serve {' | '.join(NAMES)}")
        return 2
    try:
        settings = check_settings(ROOT)
        model = Path()
        if words[0] == "rasa":
            model = train_if_changed(ROOT, ROOT / "rasa_project" / ".venv" / "bin" / "python", say)
    except (CannotGoOnError, TrainingFailedError) as problem:
        complain(str(problem))
        return 1
    wanted = next(each for each in processes(settings, ROOT, model) if each.name == words[0])
    return _become(wanted)


def _become(process: Process) -> NoReturn:
    os.chdir(process.folder)
    os.execve(process.command[0], process.command, dict(process.env))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
