"""Sets up the two environments: ours (`.venv`) and Rasa's (`rasa_project/.venv`), from their locks.

Comes in: which of the two a verb needs. Goes out: the path of our Python, both standing.
An environment carries a stamp with its lock's hash: what is unchanged is not touched again.
Standard library only: used before anything is installed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from house.saying import CannotGoOnError, progress, wait_for
from house.verbs import OURS, RASAS

STAMP = "set-up-from.sha256"
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Environment:
    """A Python environment. `room`: gigabytes to have free for it.

    Measured on Debian 12: 0.5 for ours with uv, 2.5 for Rasa; the rest is for unpacking.
    """

    name: str
    folder: str
    lock: str
    room: float
    what: str
    python: Callable[[Path, Path], Path]

    def is_standing(self, root: Path) -> bool:
        """Whether it was set up from the lock as it is now."""
        wanted, stamp = self.hash(root), root / self.folder / STAMP
        return stamp.exists() and stamp.read_text() == wanted and self.python_in(root).exists()

    def python_in(self, root: Path) -> Path:
        """The path of its Python, there or not."""
        return root / self.folder / "bin" / "python"

    def hash(self, root: Path) -> str:
        """What the stamp holds once it stands. Raises CannotGoOnError without a lock."""
        try:
            return hashlib.sha256((root / self.lock).read_bytes()).hexdigest()
        except FileNotFoundError:
            raise CannotGoOnError(
                f"{self.lock} is missing: fetch the project again, or write it anew with "
                "./myway lock."
            ) from None


def _our_python(_root: Path, uv: Path) -> Path:
    from house.finding_tools import find_our_python  # noqa: PLC0415 - a second start stays quick

    return find_our_python(uv)


def _rasas_python(root: Path, uv: Path) -> Path:
    from house.finding_tools import find_rasas_python  # noqa: PLC0415 - a second start stays quick

    return find_rasas_python(root, uv)


ENVIRONMENTS = (
    Environment(OURS, ".venv", "requirements.lock", 0.5, "our own parts", _our_python),
    Environment(
        RASAS, "rasa_project/.venv", "rasa_project/requirements.lock", 3.5, "Rasa", _rasas_python
    ),
)


def set_up(root: Path, needs: Collection[str]) -> Path:
    """Sets up what is missing of `needs`; returns our Python (any Python when nothing is needed).

    Raises CannotGoOnError with one sentence on what to do.
    """
    wanted = [each for each in ENVIRONMENTS if each.name in needs]
    if any(not each.is_standing(root) for each in wanted):
        with _one_at_a_time(root):
            # Asked again: another start may have done the work while this one waited.
            missing = [each for each in wanted if not each.is_standing(root)]
            check_room(root, sum(each.room for each in missing))
            for each in missing:
                _install(root, each)
    return ENVIRONMENTS[0].python_in(root) if OURS in needs else Path(sys.executable)


def _install(root: Path, each: Environment) -> None:
    from house.finding_tools import find_uv  # noqa: PLC0415 - a second start stays quick

    uv = find_uv(root)
    env = environment_for_uv()
    log = root / "var" / "logs" / "set-up.log"
    folder = root / each.folder
    if not each.python_in(root).exists():
        python = each.python(root, uv)
        shutil.rmtree(folder, ignore_errors=True)
        _uv(f"Making a place for {each.what}", [uv, "venv", "--python", python, folder], log, env)
    sync: list[Path | str] = [uv, "pip", "sync", "--require-hashes"]
    sync += ["--python", each.python_in(root), root / each.lock]
    _uv(f"Installing {each.what}", sync, log, env)
    (folder / STAMP).write_text(each.hash(root))


def _uv(what: str, command: Sequence[Path | str], log: Path, env: dict[str, str]) -> None:
    try:
        wait_for(what, [str(word) for word in command], log=log, env=env)
    except subprocess.CalledProcessError as failed:
        printed = str(failed.output)
        if "No space left on device" in printed or "os error 28" in printed:
            raise CannotGoOnError(_no_room(log)) from None
        last = "\n".join(printed.strip().splitlines()[-15:])
        raise CannotGoOnError(
            f"{last}\n\n{what} failed: see the lines above (all of them are in {log}), mend what "
            "they name (often the network), then run ./myway again."
        ) from None


def check_room(root: Path, gigabytes: float) -> None:
    """Raises CannotGoOnError when the disk of the project has less room than that."""
    free = shutil.disk_usage(root).free
    if free < gigabytes * GIGABYTE:
        raise CannotGoOnError(_no_room(root, gigabytes, free))


def _no_room(place: Path, gigabytes: float | None = None, free: int | None = None) -> str:
    if gigabytes is None or free is None:
        return (
            f"There is no room left on the disk of {place}: make room (the first set-up needs "
            f"about {sum(each.room for each in ENVIRONMENTS):.0f} GB), then run ./myway again."
        )
    return (
        f"There is too little room on the disk of {place}: about {gigabytes:.1f} GB are needed and "
        f"{free / GIGABYTE:.1f} GB are free. Make room, then run ./myway again."
    )


def environment_for_uv() -> dict[str, str]:
    """This machine's environment, with pip's own settings handed to uv, which does not read them.

    A service often reaches packages only through an index that is set for pip.
    """
    env = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    env.setdefault("UV_HTTP_TIMEOUT", "180")
    env.setdefault("UV_NO_PROGRESS", "1")
    settings = _settings_of_pip()
    if "PIP_INDEX_URL" in env:  # said here, and known even where there is no pip to ask
        settings["index-url"] = env["PIP_INDEX_URL"]
    if not env.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} and "index-url" in settings:
        env["UV_DEFAULT_INDEX"] = settings["index-url"]
    if "cert" in settings:
        env.setdefault("SSL_CERT_FILE", settings["cert"])
    return env


def _settings_of_pip() -> dict[str, str]:
    """pip's settings by their short names, the environment's before the files'."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    return read_settings_of_pip(asked.stdout if asked.returncode == 0 else "")


def read_settings_of_pip(listed: str) -> dict[str, str]:
    """pip's list of its settings, by their short names."""
    found: dict[str, str] = {}
    # pip prints NAME='VALUE', the environment's as :env:.NAME, and those first.
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        found.setdefault(name.rpartition(".")[2], value.strip("'\""))
    return found


@contextmanager
def _one_at_a_time(root: Path) -> Iterator[None]:
    (root / "var").mkdir(exist_ok=True)
    with (root / "var" / "set-up.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("Another ./myway is setting up here: waiting for it …")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
