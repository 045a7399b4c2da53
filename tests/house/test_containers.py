"""The containers, checked without an engine: two linters, the Compose specification, our promises.

Planted faults show that each linter would have spoken.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from actions.settings import ActionSettings
from bot.settings import BotSettings
from house import serving, training
from house.settings import HouseSettings
from plan_store.settings import StoreSettings
from review.settings import ReviewSettings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()
BIN = Path(sys.executable).parent
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
LONG_RUNNING = {name: each for name, each in SERVICES.items() if name != "migrate"}


def as_compose_reads_it(text: str) -> str:
    """The file with its variables filled in and its shared parts in place, as Compose does it."""
    filled = re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", text)
    filled = re.sub(r"\$\{(\w+):\?[^}]*\}", "given", filled)
    return yaml.safe_dump(yaml.safe_load(filled))


def lint_compose(file: Path) -> "subprocess.CompletedProcess[str]":
    command = [str(BIN / "compose-lint"), "check", "--fail-on", "low", str(file)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def lint_dockerfile(text: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [BIN / "hadolint", "-"], input=text, capture_output=True, text=True, check=False
    )


def test_the_compose_file_is_what_the_specification_says() -> None:
    assert set(PyCompose.from_yaml(as_compose_reads_it(COMPOSE)).service_names()) == set(SERVICES)


def test_the_specification_would_have_spoken() -> None:
    with pytest.raises(ValueError, match="healthcheck"):
        PyCompose.from_yaml(as_compose_reads_it(COMPOSE.replace("interval:", "intervall:")))


def test_the_compose_linter_finds_nothing() -> None:
    found = lint_compose(ROOT / "docker-compose.yml")
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("cap_drop: [ALL]", "cap_add: [SYS_ADMIN]"),
        ("127.0.0.1:${CHAT_PORT:-8080}", "0.0.0.0:8080"),
        ("read_only: true", "privileged: true"),
    ],
)
def test_the_compose_linter_would_have_spoken(tmp_path: Path, good: str, bad: str) -> None:
    assert good in COMPOSE
    (tmp_path / "docker-compose.yml").write_text(COMPOSE.replace(good, bad))
    assert lint_compose(tmp_path / "docker-compose.yml").returncode == 1


def test_the_dockerfile_linter_finds_nothing() -> None:
    found = lint_dockerfile(DOCKERFILE)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_dockerfile_linter_would_have_spoken() -> None:
    found = lint_dockerfile(DOCKERFILE.replace("python:3.11-slim-bookworm", "python:latest"))
    assert "DL3007" in found.stdout


def test_the_services_are_those_of_the_house() -> None:
    assert set(SERVICES) == {"db", "migrate", "redis", *serving.NAMES}


def test_only_the_chat_and_the_desk_are_published_and_only_on_this_machine() -> None:
    published = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each}
    assert set(published) == {"bot", "review"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)


def test_nothing_but_the_two_pages_has_a_way_out() -> None:
    assert yaml.safe_load(COMPOSE)["networks"]["inside"] == {"internal": True}
    outside = {name for name, each in SERVICES.items() if "outside" in each["networks"]}
    assert outside == {"bot", "review"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_as_nobody_in_particular_and_cannot_become_more(name: str) -> None:
    service = SERVICES[name]
    user, _, group = service["user"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_a_service_that_stays_says_whether_it_is_well(name: str) -> None:
    health = SERVICES[name]["healthcheck"]
    assert health["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(health)


def test_each_waits_for_what_it_cannot_do_without() -> None:
    waits = {
        name: {other: how["condition"] for other, how in each.get("depends_on", {}).items()}
        for name, each in SERVICES.items()
    }
    migrated = {"migrate": "service_completed_successfully"}
    assert waits == {
        "db": {},
        "redis": {},
        "migrate": {"db": "service_healthy"},
        "rasa": {"redis": "service_healthy", "actions": "service_healthy"},
        "actions": migrated,
        "bot": {**migrated, "rasa": "service_healthy"},
        "review": migrated,
    }


# Where a container's neighbours are stands in the file; the desk keeps its sign-ins in its volume.
NOT_CHOSEN_HERE = {"RASA_HOST", "RASA_PORT", "ACTIONS_PORT", "CHAT_PORT", "DESK_PORT", "REDIS_URL"}
ADDRESSES = {"CHAT_HOST", "DESK_HOST"}


@pytest.mark.parametrize(
    ("name", "settings"),
    [("bot", BotSettings), ("actions", ActionSettings), ("review", ReviewSettings)],
)
def test_every_setting_of_a_room_reaches_its_container(
    name: str, settings: type[StoreSettings]
) -> None:
    """Whoever sets who is told of an alert must not find out later that nobody was."""
    given = SERVICES[name]["environment"]
    wanted = {field.upper() for field in settings.model_fields} - NOT_CHOSEN_HERE - ADDRESSES
    assert wanted - set(given) == set()
    defaults = {
        field.upper(): str(about.default)
        for field, about in settings.model_fields.items()
        if isinstance(about.default, str | int | float)
    }
    for key, value in given.items():
        told = re.fullmatch(r"\$\{(\w+):-(.*)\}", str(value))
        if told is not None and told[2] and key in wanted - {"PROXY_ADDRESSES"}:
            assert (told[1], told[2]) == (key, defaults[key])


def test_no_secret_has_a_default_and_none_is_in_the_files() -> None:
    assert "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?" in COMPOSE
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "SMTP_PASSWORD", "DESK_SECRET"):
        assert f"{name}: ${{{name}:-}}" in COMPOSE
    assert not re.search(r"(ENV|ARG)[^\n]*(PASSWORD|TOKEN|SECRET)", DOCKERFILE)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", "var", ".git", "**/.venv"} <= set(ignored)


def test_the_containers_run_the_same_commands_as_the_house() -> None:
    everywhere = HouseSettings(rasa_host="0.0.0.0")
    table = serving.processes(everywhere, ROOT, Path("/app/models/talk.tar.gz"))
    at_home = {each.name: ["python", *each.command[1:]] for each in table}
    assert {name: SERVICES[name]["command"] for name in serving.NAMES} == at_home


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"db", "redis", "rasa"}))
def test_what_a_container_runs_is_in_the_project_and_in_the_image(name: str) -> None:
    _, _, module, *_ = SERVICES[name]["command"]
    path = ROOT / Path(*module.split("."))
    assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module
    assert f"COPY {path.relative_to(ROOT).parts[0]} " in DOCKERFILE


def test_the_health_questions_are_those_of_the_house() -> None:
    asked = {
        name: re.search(r"http://127.0.0.1:\d+[\w/]+", str(SERVICES[name]["healthcheck"]["test"]))
        for name in serving.NAMES
    }
    said = {name: found.group() for name, found in asked.items() if found}
    table = serving.processes(HouseSettings(), ROOT, Path("model"))
    assert said == {each.name: each.health for each in table}


def test_the_images_are_built_from_the_locks_by_hash_and_end_as_nobody() -> None:
    installs = re.findall(r"pip install .*", DOCKERFILE)
    assert len(installs) == 2
    assert all("--require-hashes" in each for each in installs)
    for stage in DOCKERFILE.split("\nFROM ")[1:]:
        if "-parts\n" not in stage.split("\n", 1)[0] + "\n":
            assert re.findall(r"^USER (.+)$", stage, re.MULTILINE) == ["10001"]
            assert "HEALTHCHECK" in stage


def test_the_listener_is_trained_on_what_the_house_trains_on() -> None:
    for place in training.LEARNS_FROM:
        assert f"COPY --chown=10001 {place} ../{place}" in DOCKERFILE
        assert f'"../{place}"' in DOCKERFILE


def test_the_service_lock_is_the_tests_lock_without_the_tests() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / lock).read_text(), re.MULTILINE))

    ours, service = pins("requirements.lock"), pins("requirements.service.lock")
    assert service < ours
    assert not {pin for pin in service if pin.startswith(("pytest", "mypy", "ruff", "playwright"))}
