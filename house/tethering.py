"""A tether between one process and the house: when either ends, nothing of it is left behind.

Comes in: the house's process id and a command. Goes out: the command, run as our child; its exit
code or signal becomes ours. When the house dies, even by kill -9, the command and everything it
started are ended: a port that an orphan still holds would keep the next start from working.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import psutil

SECONDS_TO_FINISH = 6.0  # then it is killed: all of `up` must have ended within 10
SET_PARENT_DEATH_SIGNAL, SET_CHILD_SUBREAPER = 1, 36  # of Linux's prctl
AWAITED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


def tethered(command: Sequence[str]) -> list[str]:
    """The words that run `command` on a tether held by this process."""
    return [sys.executable, "-P", __file__, str(os.getpid()), *command]


def main(words: Sequence[str]) -> int:
    """Runs the command `words` name after the house's process id, until either ends."""
    house, *command = words
    # Blocked from the first moment, and waited for below: none can slip through in between.
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    _prctl(SET_CHILD_SUBREAPER, 1)  # grandchildren whose parent died come to us
    _prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != int(house):  # the house died before the tether held
        return 1
    child = subprocess.Popen(
        command,
        stderr=subprocess.STDOUT,
        process_group=0,
        preexec_fn=_in_the_child,  # noqa: PLW1509 - safe: there are no threads here
    )
    status = _until_it_ends(child.pid)
    _end_all_that_is_left()
    if os.WIFSIGNALED(status):
        # Ends in the same way, so that whoever watches us sees what really happened.
        number = os.WTERMSIG(status)
        if number not in {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)
        os.kill(os.getpid(), number)
    return os.waitstatus_to_exitcode(status)


def _in_the_child() -> None:
    _prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)  # should the tether itself be killed
    signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)


def _until_it_ends(child: int) -> int:
    """Waits; passes a request to stop on to the whole group; kills what takes too long."""
    deadline: float | None = None
    while True:
        if (status := _reap(child)) is not None:
            return status
        left = 3600.0 if deadline is None else max(0.0, deadline - time.monotonic())
        got = signal.sigtimedwait(AWAITED, left)
        if got is not None and got.si_signo != signal.SIGCHLD and deadline is None:
            deadline = time.monotonic() + SECONDS_TO_FINISH
            _signal_group(child, signal.SIGTERM)
        elif deadline is not None and time.monotonic() >= deadline:
            _signal_group(child, signal.SIGKILL)
            deadline = time.monotonic() + SECONDS_TO_FINISH


def _reap(child: int) -> int | None:
    """Takes leave of all that ended; returns the child's status when it was among them."""
    while True:
        try:
            ended, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return None
        if ended == child:
            return status
        if ended == 0:
            return None


def _end_all_that_is_left() -> None:
    left = psutil.Process().children(recursive=True)
    for each in left:
        try:
            each.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(left, timeout=1)


def _signal_group(group: int, number: int) -> None:
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
