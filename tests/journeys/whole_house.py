"""The whole house in the test's hands: four real processes that can be killed and frozen.

Comes in: a store, the model, Telegram's double. Goes out: addresses, and a list of who was killed
when, for a failing test to show.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil

from plan_store.opening import open_store
from plan_store.settings import StoreSettings
from tests.running_the_pair import ROOT, free_port
from tests.telegram_double import TelegramDouble

NAMES = ("rasa", "actions", "bot", "review")
SECONDS_TO_START = 90.0
LOOK_EVERY = 0.02


class House:
    """Everything that `./myway up` runs."""

    def __init__(self, settings: StoreSettings, model: Path, double: TelegramDouble) -> None:
        self.settings = settings
        self.store = open_store(settings)
        self.ports = {name: free_port() for name in NAMES}
        self.chat = f"http://127.0.0.1:{self.ports['bot']}"
        self.desk = f"http://127.0.0.1:{self.ports['review']}"
        self.health = {
            "rasa": f"http://127.0.0.1:{self.ports['rasa']}/webhooks/door/health",
            "actions": f"http://127.0.0.1:{self.ports['actions']}/health",
            "bot": f"{self.chat}/health",
            "review": f"{self.desk}/health",
        }
        self.env = {
            **os.environ,
            "DATABASE_URL": settings.store_url,
            "VAR_FOLDER": str(settings.var_folder.resolve()),
            "RASA_PORT": str(self.ports["rasa"]),
            "ACTIONS_PORT": str(self.ports["actions"]),
            "CHAT_PORT": str(self.ports["bot"]),
            "DESK_PORT": str(self.ports["review"]),
            "TELEGRAM_BOT_TOKEN": double.token,
            "TELEGRAM_API_URL": double.url,
            "PYTHONPATH": str(ROOT),
            "NO_PROXY": "127.0.0.1",
        }
        self.model = model
        self._client = httpx.Client(timeout=2, trust_env=False)
        self.happened: list[str] = []
        self._born = time.monotonic()
        self._keeper: subprocess.Popen[bytes] | None = None

    @contextmanager
    def running(self) -> Iterator["House"]:
        """The house is up for as long as the block lasts; then nothing of it is left."""
        self.settings.var_folder.mkdir(parents=True, exist_ok=True)
        with (self.settings.var_folder / "report.txt").open("wb") as report:
            self._keeper = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.keeping_house", str(self.model)],
                cwd=ROOT,
                env=self.env,
                stdout=report,
                stderr=report,
            )
        try:
            for name in NAMES:
                self.is_well(name)
            yield self
        finally:
            for name in NAMES:
                self.thaws(name)
            self._keeper.terminate()
            self._keeper.wait(30)
            self._client.close()
            self.store.close()

    def asks(self, *words: str) -> str:
        """What a room's own command prints."""
        asked = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.settings.var_folder,
            env=self.env,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return asked.stdout.strip()

    def is_well(self, name: str) -> None:
        """Wait until this process answers that it can work."""
        until(lambda: self._answers(name), SECONDS_TO_START, f"{name} well", self, every=0.2)

    def kills(self, name: str) -> None:
        """`kill -9`; the keeper starts it again by itself."""
        process = self._process(name)
        self._notes(f"{name} killed")
        # All of its group, and at once, also when it is frozen.
        os.killpg(process.pid, signal.SIGKILL)
        until(lambda: not process.is_running(), 10, f"{name} dead", self)

    def freezes(self, name: str) -> None:
        """It stays where it is and does nothing; what is sent to it waits at its door."""
        self._notes(f"{name} frozen")
        os.killpg(self._process(name).pid, signal.SIGSTOP)

    def thaws(self, name: str) -> None:
        """It goes on."""
        with suppress(ProcessLookupError, StopIteration, psutil.NoSuchProcess):
            os.killpg(self._process(name, within=0).pid, signal.SIGCONT)

    def has_call_waiting(self, name: str) -> None:
        """Wait until a request lies unread at the door of this frozen process."""
        until(lambda: _unread_bytes(self.ports[name]) > 0, 30, f"a call at {name}", self)

    def __str__(self) -> str:
        """What happened to the house so far, and what the keeper and the rooms said last."""
        lines = [*self.happened]
        folder = self.settings.var_folder
        for file in (folder / "report.txt", *sorted((folder / "logs").glob("*.log"))):
            if file.exists():
                tail = file.read_text("utf-8", "replace").splitlines()[-12:]
                lines += [f"--- {file.name}", *tail]
        return "\n".join(lines)

    def _answers(self, name: str) -> bool:
        try:
            return self._client.get(self.health[name]).is_success
        except httpx.HTTPError:
            return False

    def _notes(self, what: str) -> None:
        self.happened.append(f"{time.monotonic() - self._born:6.1f} s  {what}")

    def _process(self, name: str, within: float = SECONDS_TO_START) -> psutil.Process:
        found: list[psutil.Process] = []

        def look() -> bool:
            found[:] = self._find(name)
            return bool(found)

        if within:
            until(look, within, f"a process {name}", self)
        else:
            look()
        return next(iter(found))

    def _find(self, name: str) -> Iterator[psutil.Process]:
        if self._keeper is None:
            return
        for each in psutil.Process(self._keeper.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                words = each.cmdline()
                # The tether carries the same words, behind its own.
                if any("tethering" in word for word in words):
                    continue
                if words[1:3] == ["-m", name]:
                    yield each


def until(
    holds: Callable[[], Any],
    within: float,
    awaited: str,
    about: object = "",
    every: float = LOOK_EVERY,
) -> None:
    """Look again and again until it holds. `about` is read out when it never does."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"not within {within:.0f} s: {awaited}\n{about}"
        time.sleep(every)


def _unread_bytes(port: int) -> int:
    """How much lies unread in the connections to this port, as Linux tells it."""
    unread = 0
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, here, _, state, queues, *_ = line.split()
        if int(here.partition(":")[2], 16) == port and state == "01":
            unread += int(queues.partition(":")[2], 16)
    return unread
