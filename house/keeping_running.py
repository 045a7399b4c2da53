"""Keeps the processes running, with circus: starts them, says who ended, starts those again.

Comes in: the table of processes. Goes out: lines for the operator, a log file for each process.
A process that ends at once is tried again later and later, so that nothing spins.
"""

import asyncio
import os
import shlex
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from circus.arbiter import Arbiter
from circus.exc import ConflictError
from circus.watcher import Watcher
from tornado.ioloop import IOLoop

from house.serving import Process
from house.tethering import tethered

LOG_BYTES, LOGS_KEPT = 5_000_000, 3
LOOK_EVERY = 0.5  # seconds between two looks at who ended
STEADY_AFTER = 30.0  # seconds: who ran that long is started again at once
LONGEST_PAUSE = 30.0
STOP_AFTER = 8.0  # seconds; the tether kills after 6, circus kills the tether after this
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@dataclass
class _Life:
    """What is known of one process: when it was started, and how long to pause if it ends now."""

    started: float = 0.0
    pause: float = 0.0
    is_running: bool = False


class _PatientArbiter(Arbiter):  # type: ignore[misc]
    """circus looks for ended processes also while it still starts some, and complains at length."""

    def manage_watchers(self) -> Any:
        """The look; a look that comes too early is left to the next one."""
        try:
            return super().manage_watchers()
        except ConflictError:
            return None


class Keeper:
    """The four processes, kept running. `report` gets one line for each thing worth saying."""

    def __init__(
        self, processes: Sequence[Process], logs: Path, report: Callable[[str], None]
    ) -> None:
        self._logs = logs
        self._report = report
        self._lives = {each.name: _Life() for each in processes}
        logs.mkdir(parents=True, exist_ok=True)
        self._loop = IOLoop.current()
        # circus's own control sockets stay inside this process: no port, no file, no stranger.
        self._arbiter = _PatientArbiter(
            [self._watcher(each) for each in processes],
            endpoint=f"inproc://house-{id(self)}",
            pubsub_endpoint=f"inproc://house-news-{id(self)}",
            check_delay=LOOK_EVERY,
            loop=self._loop,
            proc_name="myway up",
        )
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Runs everything until Ctrl-C, SIGTERM or the terminal's end; returns when all ended."""
        await self._arbiter.start()
        # After the start: circus has put its own handlers there, and its hang-up is a restart.
        for number in STOP_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._stopping.set)
        await self._stopping.wait()
        self._report("Stopping …")
        # circus would go on looking for ended processes, and complain that it is busy stopping.
        self._arbiter.ctrl.caller.stop()
        await self._arbiter.stop()
        self._report("Everything has stopped.")

    def _watcher(self, each: Process) -> Watcher:
        program, *arguments = tethered(each.command)
        log = {
            "class": "FileStream",
            "filename": str(self._logs / f"{each.name}.log"),
            "max_bytes": LOG_BYTES,
            "backup_count": LOGS_KEPT,
        }
        return Watcher(
            each.name,
            shlex.quote(program),
            args=arguments,
            working_dir=str(each.folder),
            env=dict(each.env),
            stdout_stream=log,
            graceful_timeout=STOP_AFTER,
            max_retry=-1,
            loop=self._loop,
            hooks={
                "before_reap": (self._last_words, True),
                "after_reap": (self._ended, True),
                "after_spawn": (self._started, True),
            },
        )

    def _started(self, watcher: Any, **_: Any) -> bool:
        life = self._lives[watcher.name]
        if life.is_running:  # circus found it dead between two looks, and told no one
            self._report(f"{watcher.name} ended. It was started again.")
        life.started, life.is_running = time.monotonic(), True
        return True

    def _last_words(self, watcher: Any, process_pid: int, **_: Any) -> None:
        """Empties the pipe of a process that ended: circus would close it with words inside."""
        process, redirector = watcher.processes[process_pid], watcher.stream_redirector
        if process.stdout.closed:  # stopped by us, not ended by itself
            return
        redirector.remove_redirections(process)
        os.set_blocking(process.stdout.fileno(), False)
        while data := process.stdout.read(65536):
            watcher.stdout_stream({"data": data, "pid": process_pid, "name": "stdout"})

    def _ended(self, watcher: Any, exit_code: int, **_: Any) -> None:
        life = self._lives[watcher.name]
        life.is_running = False
        if self._stopping.is_set():
            return
        steady = time.monotonic() - life.started >= STEADY_AFTER
        life.pause = 0.0 if steady else min(max(1.0, life.pause * 2), LONGEST_PAUSE)
        self._report(_how_it_ended(watcher.name, exit_code, life.pause, self._last_line(watcher)))
        # While no process is wanted circus starts none; the pause over, one is wanted again.
        watcher.numprocesses = 0
        self._loop.call_later(life.pause, setattr, watcher, "numprocesses", 1)

    def _last_line(self, watcher: Any) -> str:
        with (self._logs / f"{watcher.name}.log").open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - 4096))
            lines = log.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _how_it_ended(name: str, exit_code: int, pause: float, last_line: str) -> str:
    how = f"signal {-exit_code}" if exit_code < 0 else f"exit code {exit_code}"
    when = f"It is started again in {pause:.0f} s." if pause else "It is started again."
    words = f" Its last line: {last_line}" if exit_code > 0 and last_line else ""
    return f"{name} ended ({how}). {when}{words}"
