"""Finds what set-up needs on this machine: uv, a Python for us, and a Python 3.10 for Rasa.

Comes in: the project's folder. Goes out: paths to programs that were asked and do answer.
What is missing is fetched when the machine allows it; if not, one sentence says what to do.
Standard library only: used before anything is installed.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from house.saying import CannotGoOnError, say, wait_for

OURS_MAY_BE = ((3, 13), (3, 12), (3, 11))  # newest first
RASAS_IS = (3, 10)
OLDEST_UV = (0, 8)
# What a Python must be able to import to carry us; a Python built from source may lack some.
PARTS_OF_A_PYTHON = "ssl, sqlite3, zlib, ctypes, bz2"


def find_uv(root: Path) -> Path:
    """uv of this machine, else our own copy in var/tools, installed on first use."""
    ours = root / "var" / "tools" / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(ours)):
        if candidate and _uv_version(candidate) >= OLDEST_UV:
            return Path(candidate)
    _install_uv(root, ours.parent.parent)
    if _uv_version(str(ours)) < OLDEST_UV:
        raise CannotGoOnError(_UV_SENTENCE)
    return ours


_UV_SENTENCE = (
    "uv, which installs everything else, cannot be installed: install uv, or Python's pip and venv "
    "(on Debian or Ubuntu, as root: apt-get install python3-venv), then run ./myway again."
)


def _uv_version(path: str) -> tuple[int, ...]:
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    found = re.search(r"(\d+)\.(\d+)", asked.stdout)
    return tuple(map(int, found.groups())) if found else ()


def _install_uv(root: Path, tools: Path) -> None:
    log = root / "var" / "logs" / "set-up.log"
    lock = root / "house" / "tools.lock"
    wanted = ["install", "--require-hashes", "--quiet", "--upgrade", "--target", str(tools)]
    for pip in _ways_to_a_pip(root, log):
        try:
            wait_for("Installing uv", [*pip, *wanted, "-r", str(lock)], log=log)
        except (OSError, subprocess.CalledProcessError):
            say("That did not work; another way is tried.")
        else:
            return
    raise CannotGoOnError(_UV_SENTENCE)


def _ways_to_a_pip(root: Path, log: Path) -> Iterator[list[str]]:
    """pip of the Python that runs us; a pip in a new environment; the same after Debian's help."""
    if _answers([sys.executable, "-m", "pip", "--version"]):
        yield [sys.executable, "-m", "pip"]
    nursery = root / "var" / "tools" / "pip"
    if _answers([sys.executable, "-m", "venv", "--clear", str(nursery)]):
        yield [str(nursery / "bin" / "python"), "-m", "pip"]
    elif os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            wait_for("Asking Debian for its packages", ["apt-get", "update"], log=log, env=quiet)
            install = ["apt-get", "install", "-y", "--no-install-recommends", "python3-venv"]
            wait_for("Installing python3-venv", install, log=log, env=quiet)
        except subprocess.CalledProcessError:
            return
        debians = "/usr/bin/python3"
        if _answers([debians, "-m", "venv", "--clear", str(nursery)]):
            yield [str(nursery / "bin" / "python"), "-m", "pip"]


def find_our_python(uv: Path) -> Path:
    """The Python that runs us when it fits, else the newest of this machine that does."""
    if sys.version_info[:2] in OURS_MAY_BE and sys.prefix == sys.base_prefix:
        return Path(sys.executable)
    for version in OURS_MAY_BE:
        if found := find_python(version, uv):
            return found
    raise CannotGoOnError(
        "Python 3.11, 3.12 or 3.13 is needed and none was found: install one of them (on Debian or "
        "Ubuntu: apt-get install python3 python3-venv), then run ./myway again."
    )


def find_rasas_python(root: Path, uv: Path) -> Path:
    """Python 3.10, the newest that Rasa 3.6 runs on: found on this machine, else fetched by uv."""
    if found := find_python(RASAS_IS, uv):
        return found
    log = root / "var" / "logs" / "set-up.log"
    try:
        wait_for("Fetching Python 3.10 for Rasa", [str(uv), "python", "install", "3.10"], log=log)
    except subprocess.CalledProcessError:
        pass
    else:
        if found := find_python(RASAS_IS, uv):
            return found
    raise CannotGoOnError(
        "Rasa needs Python 3.10, which was not found and could not be fetched: install it (for "
        "instance with pyenv: pyenv install 3.10), then run ./myway again."
    )


def find_python(version: tuple[int, int], uv: Path) -> Path | None:
    """The real path of a Python of that version that works, or None."""
    name = f"{version[0]}.{version[1]}"
    for candidate in _candidates(name, uv):
        # A version manager's stand-in is on PATH even when it leads nowhere: ask, and take the
        # real program's path from its answer.
        ask = f"import {PARTS_OF_A_PYTHON}, sys; print(sys.version_info[:2], sys.executable)"
        try:
            asked = subprocess.run(
                [candidate, "-c", ask], capture_output=True, text=True, check=False, timeout=30
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        answer = f"({version[0]}, {version[1]}) "
        if asked.returncode == 0 and asked.stdout.startswith(answer):
            return Path(asked.stdout.removeprefix(answer).strip())
    return None


def _candidates(name: str, uv: Path) -> Iterator[str]:
    if on_path := shutil.which(f"python{name}"):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder in sorted(pyenv.glob(f"versions/{name}.*"), reverse=True):
        yield str(folder / "bin" / "python")
    asked = subprocess.run(
        [str(uv), "python", "find", "--no-project", name],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode == 0:
        yield asked.stdout.strip()


def _answers(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
