"""Processes are kept running: who ends is said and started again; whoever stops, nothing is left.

Real processes, in a household of their own; each carries a mark by which all that it starts is
found, wherever it hides in the process tree.
"""

import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from circus.exc import ConflictError
from tornado.ioloop import IOLoop

from house.keeping_running import _how_it_ended, _PatientArbiter

STEADY = "import time; time.sleep(600)"
# Its child leaves the process group and the session, as a daemon does.
WITH_A_CHILD = (
    "import subprocess, sys, time; "
    "subprocess.Popen([sys.executable, '-c', 'import os, time; os.setsid(); time.sleep(600)']); "
    "time.sleep(600)"
)
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
DIES_AT_ONCE = "print('one'); print('two'); raise SystemExit('no model here')"


class Household:
    def __init__(self, folder: Path, codes: dict[str, str]) -> None:
        self.folder, self.mark = folder, uuid.uuid4().hex
        self.report = folder / "report.txt"
        with self.report.open("w") as report:
            self.house = subprocess.Popen(
                [sys.executable, "-m", "tests.house.small_household", folder, json.dumps(codes)],
                env={**os.environ, "MARK_OF_THE_TEST": self.mark},
                stdout=report,
                stderr=report,
            )

    def said(self) -> list[str]:
        return self.report.read_text().splitlines()

    def log(self, name: str) -> str:
        log = self.folder / "logs" / f"{name}.log"
        return log.read_text() if log.exists() else ""

    def family(self) -> list[psutil.Process]:
        """All that runs because of this household, the house itself left out."""
        found = []
        for each in psutil.process_iter():
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                marked = each.environ().get("MARK_OF_THE_TEST") == self.mark
                if marked and each.pid != self.house.pid:
                    found.append(each)
        return found

    def running(self, code: str) -> list[psutil.Process]:
        """Those that run this code themselves; their tethers have it among their words too."""
        found = []
        for each in self.family():
            # One of the family may have ended since it was found.
            with suppress(psutil.NoSuchProcess):
                words = each.cmdline()
                if code in words and "tethering" not in " ".join(words):
                    found.append(each)
        return found

    def stop(self, number: int) -> float:
        """Sends the signal; returns the seconds until the house had ended."""
        began = time.monotonic()
        self.house.send_signal(number)
        self.house.wait(timeout=20)
        return time.monotonic() - began


@pytest.fixture
def household(tmp_path: Path) -> Iterator[Callable[[dict[str, str]], Household]]:
    started: list[Household] = []

    def start(codes: dict[str, str]) -> Household:
        started.append(Household(tmp_path, codes))
        return started[-1]

    yield start
    for each in started:
        each.house.kill()
        each.house.wait()
        for left in each.family():
            with suppress(psutil.NoSuchProcess):
                left.kill()


def until(happened: Callable[[], object], seconds: float = 15) -> None:
    """Waits for something to become true, and fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_a_killed_process_is_said_by_name_and_started_again(
    household: Callable[[dict[str, str]], Household],
) -> None:
    house = household({"rasa": STEADY})
    until(lambda: house.running(STEADY))
    (first,) = house.running(STEADY)
    first.kill()
    until(lambda: house.running(STEADY) not in ([], [first]))
    assert house.said() == ["rasa ended (signal 9). It is started again in 1 s."]


def test_the_orphans_of_a_killed_process_are_ended_before_it_is_started_again(
    household: Callable[[dict[str, str]], Household],
) -> None:
    house = household({"rasa": WITH_A_CHILD})
    until(lambda: len(house.family()) == 3)
    (first,) = house.running(WITH_A_CHILD)
    (child,) = first.children()
    first.kill()
    until(lambda: not child.is_running())
    until(lambda: len(house.family()) == 3)


def test_a_process_that_dies_at_once_does_not_spin(
    household: Callable[[dict[str, str]], Household],
) -> None:
    house = household({"bot": DIES_AT_ONCE})
    until(lambda: len(house.said()) == 3)
    assert house.said() == [
        f"bot ended (exit code 1). It is started again in {pause} s. Its last line: no model here"
        for pause in (1, 2, 4)
    ]


def test_the_last_words_of_a_crash_are_in_the_log(
    household: Callable[[dict[str, str]], Household],
) -> None:
    house = household({"bot": DIES_AT_ONCE})
    until(house.said)
    assert house.log("bot").splitlines()[:3] == ["one", "two", "no model here"]


def test_a_log_that_grows_is_rotated(household: Callable[[dict[str, str]], Household]) -> None:
    talks = "import time\nfor n in range(3000): print('line', n)\ntime.sleep(600)"
    house = household({"bot": talks})
    until(lambda: "line 2999" in house.log("bot"))
    logs = sorted(each.name for each in (house.folder / "logs").iterdir())
    assert logs == ["bot.log", "bot.log.1"]
    assert (house.folder / "logs" / "bot.log").stat().st_size <= 20_000


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_stop_ends_everything_and_leaves_no_orphan(
    household: Callable[[dict[str, str]], Household], number: int
) -> None:
    house = household({"rasa": WITH_A_CHILD, "bot": STEADY})
    until(lambda: len(house.family()) == 5)
    seconds = house.stop(number)
    assert seconds < 10
    assert house.house.returncode == 0
    assert house.family() == []
    assert house.said() == ["Stopping …", "Everything has stopped."]


def test_a_process_that_will_not_stop_is_killed_within_ten_seconds(
    household: Callable[[dict[str, str]], Household],
) -> None:
    house = household({"rasa": STUBBORN})
    until(lambda: house.running(STUBBORN))
    time.sleep(0.3)  # not a race hidden: before it ignores the signal, ending at once is right too
    assert house.stop(signal.SIGINT) < 10
    assert house.family() == []


@pytest.mark.parametrize("code", [WITH_A_CHILD, STUBBORN])
def test_when_the_house_itself_is_killed_nothing_is_left(
    household: Callable[[dict[str, str]], Household], code: str
) -> None:
    house = household({"rasa": code, "bot": STEADY})
    until(lambda: house.running(code) and house.running(STEADY))
    house.stop(signal.SIGKILL)
    until(lambda: not house.family(), seconds=10)


def test_when_a_tether_is_killed_its_process_goes_too(
    household: Callable[[dict[str, str]], Household],
) -> None:
    house = household({"bot": STEADY})
    until(lambda: house.running(STEADY))
    (first,) = house.running(STEADY)
    tether = first.parent()
    assert tether is not None
    tether.kill()
    until(lambda: not first.is_running())
    until(lambda: house.running(STEADY))
    assert house.said() == ["bot ended (signal 9). It is started again in 1 s."]


def test_the_sentence_says_how_it_ended_and_what_comes_next() -> None:
    assert _how_it_ended("rasa", -9, 0, "x") == "rasa ended (signal 9). It is started again."
    assert _how_it_ended("bot", 0, 2, "x") == "bot ended (exit code 0). It is started again in 2 s."


async def test_a_look_while_circus_still_starts_somebody_is_left_to_the_next_one() -> None:
    arbiter = _PatientArbiter(
        [], "inproc://patient", "inproc://patient-news", loop=IOLoop.current()
    )
    arbiter._exclusive_running_command = "arbiter_start_watchers"
    assert arbiter.manage_watchers() is None
    with pytest.raises(ConflictError):
        super(_PatientArbiter, arbiter).manage_watchers()
