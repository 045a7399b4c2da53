"""Stock: Rasa as `rasa init` makes it, one form, one action that keeps what was said, its REST
channel, and rasa-sdk's own server.

Comes in: the two Pythons and a folder to make it in. Goes out: a trained project, kept until its
template, its Rasa or the project's talk changes, and the running stack. Nothing is tuned, up or
down: the default pipeline and policies, tracker and lock in memory, default settings. The form's
action runs once in five messages and keeps what it got as durably as ours does.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.benchmarks.talking_to_both import LONGEST_ANSWER_SECONDS, WrongAnswer
from tests.benchmarks.the_conversation import Step
from tests.running_the_pair import RASA_PYTHON, Running, free_port, start_together

TEMPLATE = Path(__file__).parent / "stock"
MOST_TRAINING_SECONDS = 1800
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}


class StockFailed(RuntimeError):
    """The stock project could not be made; names the log to read."""


def make_stock(folder: Path, report: Callable[[str], None]) -> Path:
    """The trained stock project; made by `rasa init` and `rasa train` when it is not there yet."""
    project = folder / f"stock-{_fingerprint()}"
    if (project / "trained").is_file():
        return project
    for old in folder.glob("stock-*"):
        shutil.rmtree(old)
    project.mkdir(parents=True)
    report("Making the stock project with rasa init, and training it (once)…")
    began = time.monotonic()
    _rasa(project, "init", "--no-prompt", "--init-dir", str(project))
    shutil.copytree(TEMPLATE, project, dirs_exist_ok=True)
    _rasa(project, "train")
    (project / "trained").touch()
    report(f"Made the stock project in {time.monotonic() - began:.0f} s.")
    return project


def _fingerprint() -> str:
    digest = hashlib.sha256(str(RASA_PYTHON.resolve()).encode())
    for file in sorted(TEMPLATE.rglob("*")):
        if file.is_file() and file.suffix in {".py", ".yml"}:
            digest.update(file.relative_to(TEMPLATE).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _rasa(project: Path, *arguments: str) -> None:
    log = project / "making.log"
    with log.open("ab") as said:
        done = subprocess.run(
            [str(RASA_PYTHON), "-m", "rasa", *arguments],
            cwd=project,
            env={**os.environ, **QUIET},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            timeout=MOST_TRAINING_SECONDS,
            check=False,
        )
    if done.returncode:
        raise StockFailed(f"rasa {arguments[0]} failed; {log} says why.")


class Stock:
    """The stock stack, with a database of its own."""

    name = "stock"

    def __init__(self, project: Path, var: Path) -> None:
        """`project`: from make_stock. `var`: an empty folder for the database and logs."""
        rasa_port, actions_port = free_port(), free_port()
        hands = Running(
            "stock-actions",
            [
                *(sys.executable, "-m", "rasa_sdk", "--actions", "actions"),
                *("--port", str(actions_port)),
            ],
            said_in=var,
            cwd=project,
            env={"SANIC_HOST": "127.0.0.1", "STOCK_DATABASE": str(var / "stock.sqlite")},
            url=f"http://127.0.0.1:{actions_port}/health",
        )
        rasa = Running(
            "stock-rasa",
            [
                *(str(RASA_PYTHON), "-m", "rasa", "run"),
                *("--interface", "127.0.0.1", "--port", str(rasa_port)),
            ],
            said_in=var,
            cwd=project,
            env={**QUIET, "STOCK_ACTIONS_URL": f"http://127.0.0.1:{actions_port}"},
            url=f"http://127.0.0.1:{rasa_port}/webhooks/rest/",
        )
        self._parts = {"rasa": rasa, "actions": hands}
        self._http = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{rasa_port}",
            timeout=LONGEST_ANSWER_SECONDS,
            trust_env=False,
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=100),
        )

    async def start(self) -> None:
        """Start the two processes."""
        await start_together(self._parts.values())

    async def stop(self) -> None:
        """Hang up and stop the processes."""
        await self._http.aclose()
        for part in self._parts.values():
            part.stop()

    def processes(self) -> dict[str, int]:
        """The listener and the hands; there is no bot before them."""
        return {name: part.pid for name, part in self._parts.items()}

    async def say(self, person: str, step: Step) -> float:
        """One message to the REST channel; a button is said in words."""
        began = time.perf_counter()
        answer = await self._http.post(
            "/webhooks/rest/webhook", json={"sender": person, "message": step.said}
        )
        took = time.perf_counter() - began
        texts = [reply.get("text", "") for reply in answer.json()] if answer.is_success else []
        if not texts or not texts[0].startswith(step.stock):
            raise WrongAnswer(f"{answer.status_code} {texts}")
        return took
