"""Starts a real Rasa and a real action server for the tests, and speaks as the bot does.

In: the project's folder and a model. Out: processes that answer, their whole output in files.
"""

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
from mirakuru import HTTPExecutor, TCPExecutor
from mirakuru.exceptions import ProcessFinishedWithError

ROOT = Path(__file__).parents[1]
RASA_PYTHON = Path(os.environ.get("RASA_PYTHON", ROOT / "rasa_project/.venv/bin/python"))
SECONDS_TO_START = 90


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """One process that can be stopped and started again, and what it has said so far."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        said_in: Path,
        cwd: Path,
        env: dict[str, str],
        url: str = "",
        port: int = 0,
    ) -> None:
        """`url` answers 200 when it is ready; without one, `port` is open."""
        self.said_in = said_in / f"{name}.log"
        self._env = {
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "",  # compiled files make the next start quick
            **env,
        }
        self._command, self._cwd, self._url, self._port = command, cwd, url, port
        self._process: TCPExecutor | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        said = self.said_in.open("ab")
        shared: dict[str, Any] = {
            "cwd": self._cwd,
            "envvars": self._env,
            "stdout": said,
            "stderr": said,
            "timeout": SECONDS_TO_START,
        }
        self._process = (
            HTTPExecutor(self._command, self._url, method="GET", **shared)
            if self._url
            else TCPExecutor(self._command, "127.0.0.1", self._port, **shared)
        )
        try:
            self._process.start()
        finally:
            said.close()

    def stop(self) -> None:
        """Stop it, if it runs."""
        process, self._process = self._process, None
        if process is not None and process.process is not None:
            # With which code it ends when told to end is its own affair.
            with contextlib.suppress(ProcessFinishedWithError):
                process.stop()

    @property
    def pid(self) -> int:
        """The process's number, while it runs."""
        if self._process is None or self._process.process is None:
            raise ProcessLookupError(self.said_in.stem)
        return int(self._process.process.pid)

    def said(self) -> str:
        """All it has written, to its output and its errors."""
        return self.said_in.read_text("utf-8", "replace") if self.said_in.exists() else ""


async def start_together(parts: Iterable[Running]) -> None:
    """Start them side by side; raises the first failure once every start has ended."""
    starts = [asyncio.to_thread(part.start) for part in parts]
    # A start that is left alone would wait for a process that has been stopped.
    for failed in await asyncio.gather(*starts, return_exceptions=True):
        if failed is not None:
            raise failed


def action_server(module: str, port: int, said_in: Path) -> Running:
    """A real rasa-sdk server with the actions of `module`."""
    return Running(
        "actions",
        [sys.executable, "-m", "rasa_sdk", "--actions", module, "--port", str(port)],
        said_in=said_in,
        cwd=ROOT,
        env={"SANIC_HOST": "127.0.0.1", "PYTHONPATH": str(ROOT)},
        url=f"http://127.0.0.1:{port}/health",
    )


def rasa_server(
    model: Path,
    port: int,
    actions_port: int,
    said_in: Path,
    *more: str,
    name: str = "rasa",
    **env: str,
) -> Running:
    """A real Rasa with our endpoints, credentials and model."""
    return Running(
        name,
        [
            *(str(RASA_PYTHON), "-m", "rasa", "run", "--model", str(model)),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
            *("--interface", "127.0.0.1", "--port", str(port)),
            *more,
        ],
        said_in=said_in,
        cwd=ROOT / "rasa_project",
        env={
            "ACTIONS_URL": f"http://127.0.0.1:{actions_port}",
            "RASA_TELEMETRY_ENABLED": "false",
            "REDIS_URL": "",
            **env,
        },
        url=f"http://127.0.0.1:{port}/webhooks/door/health",
    )


class Bot:
    """Speaks to the door as the bot does. Counts the inbox."""

    def __init__(self, port: int) -> None:
        """`port` is Rasa's."""
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False)
        self.inbox_id = 0

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def send(self, **note: Any) -> httpx.Response:
        """A request as it is, for what a well-behaved bot would not send."""
        return self._http.post("/webhooks/door/listen", content=json.dumps(note))

    def types(self, text: str, expecting: str = "words", person: str = "ada") -> httpx.Response:
        """A person typed something."""
        self.inbox_id += 1
        return self.send(person=person, inbox_id=self.inbox_id, expecting=expecting, text=text)

    def taps(self, tap: str, expecting: str = "words", person: str = "ada") -> httpx.Response:
        """A person tapped a button with this payload."""
        self.inbox_id += 1
        return self.send(person=person, inbox_id=self.inbox_id, expecting=expecting, tap=tap)


def keys(response: httpx.Response) -> list[str]:
    """The keys of the replies, in order."""
    assert response.status_code == 200, response.text
    return [reply["key"] for reply in response.json()["replies"]]


def problem(response: httpx.Response) -> str:
    """The kind of problem, when the message was not answered: 503, and nothing else in the body."""
    assert response.status_code == 503, response.text
    body = response.json()
    assert list(body) == ["problem"]
    return str(body["problem"])
