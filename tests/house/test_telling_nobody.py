"""Telemetry of every library is off: in every process, container and library."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from house.serving import processes
from house.settings import HouseSettings
from house.telling_nobody import TELLING_NOBODY
from tests.running_the_pair import RASA_PYTHON, ROOT

# What each library itself says, asked in the environment that its process gets.
OF_OURS = """
import json
from huggingface_hub import constants
from opentelemetry.sdk.trace import TracerProvider
tracer = TracerProvider().get_tracer("x")
with tracer.start_as_current_span("x") as span:
    pass
print(json.dumps({
    "hub": constants.HF_HUB_DISABLE_TELEMETRY,
    "offline": constants.HF_HUB_OFFLINE,
    "traces": span.is_recording(),
}))
"""
OF_RASA = """
import json, warnings
warnings.simplefilter("ignore")
import sentry_sdk
from rasa import telemetry
telemetry.initialize_telemetry()
telemetry.initialize_error_reporting()
print(json.dumps({
    "rasa": telemetry.is_telemetry_enabled(),
    "sentry": sentry_sdk.Hub.current.client is not None,
}))
"""


def environment(name: str) -> dict[str, str]:
    settings = HouseSettings(_env_file=None)  # type: ignore[call-arg]
    table = processes(settings, ROOT, Path("model"))
    return dict(next(each for each in table if each.name == name).env)


@pytest.mark.parametrize("name", ["rasa", "actions", "bot", "review"])
def test_every_process_is_told_to_tell_nobody(name: str) -> None:
    assert TELLING_NOBODY.items() <= environment(name).items()


def test_every_container_of_ours_is_told_too() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    for name in ("migrate", "rasa", "actions", "bot", "review"):
        assert TELLING_NOBODY.items() <= services[name]["environment"].items(), name


def test_the_image_that_trains_is_told_too() -> None:
    written = (ROOT / "Dockerfile").read_text()
    for name, value in TELLING_NOBODY.items():
        assert f"{name}={value or chr(34) * 2}" in written, name


def asked(python: Path | str, name: str, question: str, folder: Path) -> dict[str, bool]:
    said = subprocess.run(
        [python, "-c", question],
        env={**environment(name), "HOME": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    answer: dict[str, bool] = json.loads(said.stdout.splitlines()[-1])
    return answer


def test_our_libraries_say_so_themselves(tmp_path: Path) -> None:
    python = ROOT / ".venv" / "bin" / "python"
    assert asked(python, "bot", OF_OURS, tmp_path) == {
        "hub": True,
        "offline": True,
        "traces": False,
    }


@pytest.mark.needs("rasa")
def test_rasas_libraries_say_so_themselves(tmp_path: Path) -> None:
    assert asked(RASA_PYTHON, "rasa", OF_RASA, tmp_path) == {"rasa": False, "sentry": False}
