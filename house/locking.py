"""`./myway lock`: renews the locks, the files that name every part with its version and its hash.

Comes in: pyproject.toml, rasa_project/pyproject.toml and uv's own name. Goes out: the locks, with
no download address in them. Standard library only: run before anything is installed.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from house.finding_tools import find_uv
from house.saying import CannotGoOnError, complain, say
from house.setting_up import environment_for_uv

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Lock:
    """One lock: written in `folder`, from `source`, for `python` and every newer one allowed."""

    folder: str
    source: str
    lock: str
    python: str
    extra: tuple[str, ...] = ()


# An extra, since an operator may leave it out of a lock of their own; in ours it is.
SPEECH = ("--extra", "speech")
LOCKS = (
    Lock(".", "pyproject.toml", "requirements.lock", "3.11", ("--extra", "test", *SPEECH)),
    # The same versions, without what only the tests need: the containers install from it.
    Lock(
        ".",
        "pyproject.toml",
        "requirements.service.lock",
        "3.11",
        (*SPEECH, "-c", "requirements.lock"),
    ),
    Lock("rasa_project", "pyproject.toml", "requirements.lock", "3.10"),
    Lock("house", "tools.in", "tools.lock", "3.11"),
)


def main() -> int:
    """Renews every lock; stops at the first that cannot be made."""
    try:
        uv = find_uv(ROOT)
    except CannotGoOnError as problem:
        complain(str(problem))
        return 1
    for each in LOCKS:
        say(f"Renewing {each.folder}/{each.lock} …")
        command = [uv, "pip", "compile", each.source, *each.extra, "--output-file", each.lock]
        options = ["--upgrade", "--universal", "--generate-hashes", "--quiet", "--no-header"]
        options += ["--no-emit-index-url", "--no-emit-find-links"]
        code = subprocess.call(
            [*map(str, command), *options, "--python-version", each.python],
            cwd=ROOT / each.folder,
            env=environment_for_uv(),
        )
        if code != 0:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
