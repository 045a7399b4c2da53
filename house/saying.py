"""How the caretaker talks: one line for each thing done, one sentence when it cannot go on.

Comes in: a line, or a long command to wait for. Goes out: text for the operator, with seconds.
Standard library only: used before anything is installed.
"""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SAY_AGAIN_AFTER = 10.0  # seconds of silence after which a waiting person is told that work goes on


class CannotGoOnError(Exception):
    """One clear sentence on what to do. The door prints it, nothing else, and exits with 1."""


def say(line: str) -> None:
    """Prints a line at once, also where the output is kept in a file."""
    print(line, flush=True)


def progress(line: str) -> None:
    """What is being done, for whoever waits. A program that reads our output must not find it."""
    print(line, file=sys.stderr, flush=True)


def wait_for(
    what: str,
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> str:
    """Runs a long command, says what is waited for and for how long; returns what it printed.

    All that it prints goes to `log` too.
    Raises subprocess.CalledProcessError, with the command's words in `output`.
    """
    progress(f"{what} …")
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    # What a command prints is read back from the file's end: a pipe that nobody empties would
    # make a talkative command wait for ever.
    with log.open("ab+") as kept:
        beginning = kept.tell()
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=kept, stderr=kept, env=env, cwd=cwd
        ) as running:
            try:
                code = _wait_aloud(what, running, started)
            except BaseException:
                running.terminate()
                raise
        kept.seek(beginning)
        printed = kept.read().decode(errors="replace")
    seconds = time.monotonic() - started
    if code != 0:
        raise subprocess.CalledProcessError(code, list(command), output=printed)
    progress(f"{what}: done in {seconds:.0f} s")
    return printed


def _wait_aloud(what: str, running: "subprocess.Popen[bytes]", started: float) -> int:
    while True:
        try:
            return running.wait(timeout=SAY_AGAIN_AFTER)
        except subprocess.TimeoutExpired:
            progress(f"{what} … {time.monotonic() - started:.0f} s")


def complain(sentence: str) -> None:
    """Prints a sentence where errors go."""
    print(sentence, file=sys.stderr, flush=True)
