"""The commands of docker-compose.yml, run without containers until each says that it is well.

In: the Compose and Docker files as they are. Each service gets its own settings and no others, in
a folder that holds what its image holds; only addresses are those of this machine.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.engine import make_url

from plan_store.migrating import down, head, now_at
from plan_store.opening import open_store
from tests.journeys.whole_house import until
from tests.running_the_pair import RASA_PYTHON, ROOT, free_port
from tests.stores import MASTER_KEY, a_store

pytestmark = pytest.mark.needs("postgresql", "redis")

SECONDS_TO_START = 120.0
SECONDS_TO_STOP = 15.0
# What stands in the file, by who listens there.
PORTS = {"rasa": "5005", "actions": "5055", "bot": "8080", "review": "8081", "redis": "6379"}


class Said:
    """What a service wrote, for a failing test to show."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def __str__(self) -> str:
        return self.log.read_text("utf-8", "replace")[-2000:]


class Containers:
    """The services of the file, on this machine."""

    def __init__(self, folder: Path, database_url: str, model: Path) -> None:
        self.folder = folder
        self.ports = {name: str(free_port()) for name in PORTS}
        self.database = make_url(database_url)
        text = (ROOT / "docker-compose.yml").read_text()
        text = re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", text)
        text = re.sub(r"postgresql://.*@db:5432/myway", database_url, text)
        text = re.sub(r"\$\{MYWAY_MASTER_KEYS:\?[^}]*\}", MASTER_KEY, text)
        text = re.sub(r"\$\{(\w+):\?[^}]*\}", "given", text)
        for name, port in PORTS.items():
            text = text.replace(f"//{name}:", "//127.0.0.1:").replace(port, self.ports[name])
        for inside, here in {
            "/app/var": folder / "var",
            "/app/models/talk.tar.gz": model,
            "0.0.0.0": "127.0.0.1",
        }.items():
            text = text.replace(inside, str(here))
        self.services: dict[str, dict[str, Any]] = yaml.safe_load(text)["services"]

    def image(self) -> Path:
        """A folder with what the Dockerfile copies into the image of our own rooms."""
        stage = (ROOT / "Dockerfile").read_text().partition("AS house\n")[2].partition("\nFROM ")[0]
        app = self.folder / "app"
        app.mkdir(exist_ok=True)
        for name in re.findall(r"^COPY (\w+) \w+$", stage, re.MULTILINE):
            if not (app / name).exists():
                (app / name).symlink_to(ROOT / name)
        return app

    def begins(self, name: str, command: list[str]) -> "subprocess.Popen[bytes]":
        """Run a command as this service: its settings, its folder, its Python."""
        python, place = (
            (str(RASA_PYTHON), ROOT / "rasa_project")
            if name == "rasa"
            else (sys.executable, self.image())
        )
        words = [python if word == "python" else word for word in command]
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                words, cwd=place, env=self._settings(name), stdout=log, stderr=log
            )

    def _settings(self, name: str) -> dict[str, str]:
        settings = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        if name == "db":
            # Inside its container it is asked through a socket, here by its address.
            settings |= {"PGHOST": str(self.database.host), "PGPORT": str(self.database.port)}
            return settings
        if name == "actions":
            # Its container leaves the port as it is.
            settings["ACTIONS_PORT"] = self.ports["actions"]
        given = self.services[name].get("environment", {})
        return settings | {key: "" if value is None else str(value) for key, value in given.items()}

    def is_well(self, name: str) -> bool:
        """The service's own health check, as Docker would run it."""
        kind, *command = self.services[name]["healthcheck"]["test"]
        assert kind == "CMD"
        if name == "redis":
            command[1:1] = ["-p", self.ports["redis"]]
        return self.begins(name, command).wait(SECONDS_TO_STOP) == 0

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """The service runs until the block ends; it is well before the block begins."""
        command = list(self.services[name]["command"])
        if name == "redis":
            command += ["--port", self.ports["redis"], "--bind", "127.0.0.1"]
        assert not self.is_well(name), f"{name} is well before it runs"
        process = self.begins(name, command)
        try:
            until(
                lambda: process.poll() is not None or self.is_well(name),
                SECONDS_TO_START,
                f"{name} well",
                Said(self.folder / f"{name}.log"),
                every=0.5,
            )
            assert process.poll() is None, Said(self.folder / f"{name}.log")
            yield
        finally:
            process.terminate()
            process.wait(SECONDS_TO_STOP)


@pytest.fixture
def containers(request: pytest.FixtureRequest, tmp_path: Path, model: Path) -> Iterator[Containers]:
    with a_store(request, "postgresql", tmp_path) as settings:
        store = open_store(settings)
        down(store)
        assert now_at(store) is None
        yield Containers(tmp_path, settings.store_url.replace("+psycopg", ""), model)
        assert now_at(store) == head()
        store.close()


def test_every_command_runs_and_every_health_check_passes(containers: Containers) -> None:
    assert shutil.which("pg_isready"), "Debian's postgresql brings it"
    until(lambda: containers.is_well("db"), 10, "the database well")
    migrate = containers.begins("migrate", containers.services["migrate"]["command"])
    assert migrate.wait(SECONDS_TO_START) == 0, Said(containers.folder / "migrate.log")
    with (
        containers.running("redis"),
        containers.running("actions"),
        containers.running("rasa"),
        containers.running("bot"),
        containers.running("review"),
    ):
        assert all(containers.is_well(name) for name in containers.ports)
