"""`./myway` on a machine where nothing is set up yet: it installs and runs; later just runs."""

import ast
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from house import finding_tools, saying, setting_up
from house.verbs import BOTH, OURS, VERBS
from tests.house.small_project import REAL_PYTHON, ROOT, SmallProject, make_wheel


@pytest.fixture
def project(tmp_path: Path) -> SmallProject:
    return SmallProject(tmp_path)


def test_the_first_start_installs_and_then_runs_the_verb(project: SmallProject) -> None:
    first = project.run("show", "PERSON", "--json")
    assert first.returncode == 0, first.stderr
    assert "Installing our own parts …" in first.stderr.splitlines()
    # Progress is for people; a program reads the verb's own words and nothing else.
    assert first.stdout == "shown 1.0 PERSON --json\n"


def test_an_unchanged_second_start_installs_nothing_and_is_quick(project: SmallProject) -> None:
    project.run("show")
    project.put_program("uv", "echo uv must not be asked >&2; exit 1")
    seconds = []
    for _ in range(3):
        began = time.monotonic()
        second = project.run("show")
        seconds.append(time.monotonic() - began)
        assert (second.stdout, second.stderr) == ("shown 1.0\n", "")
    began = time.monotonic()
    subprocess.run(
        [project.root / ".venv/bin/python", "-m", "plan_store.showing"],
        cwd=project.root,
        check=True,
        capture_output=True,
    )
    alone = time.monotonic() - began
    assert min(seconds) - alone < 0.3


def test_a_changed_lock_is_installed_at_the_next_start(project: SmallProject) -> None:
    project.run("show")
    project.lock("1.10")
    assert project.run("show").stdout.splitlines()[-1] == "shown 1.10"


def test_a_set_up_that_was_cut_off_is_done_again(project: SmallProject) -> None:
    project.run("show")
    (project.root / ".venv" / setting_up.STAMP).unlink()
    shutil.rmtree(project.root / ".venv" / "lib")
    assert project.run("show").stdout.splitlines()[-1] == "shown 1.0"


def test_a_package_that_is_not_what_the_lock_says_is_refused(project: SmallProject) -> None:
    make_wheel(project.shelf, "tiny_thing", "1.0", {"tiny_thing.py": "VERSION = 'evil'\n"})
    refused = project.run("show")
    assert refused.returncode == 1
    assert "Hash mismatch" in refused.stderr
    assert refused.stderr.splitlines()[-1].startswith("Installing our own parts failed: ")


def test_two_first_starts_at_once_do_not_disturb_each_other(project: SmallProject) -> None:
    both = [project.start("show"), project.start("show")]
    said = [each.communicate(timeout=120) for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert [out for out, _ in said] == ["shown 1.0\n"] * 2
    assert sum("Installing our own parts …" in aloud for _, aloud in said) == 1


def test_a_missing_lock_is_said_with_what_to_do(project: SmallProject) -> None:
    (project.root / "requirements.lock").unlink()
    stopped = project.run("show")
    assert stopped.returncode == 1
    assert stopped.stderr == (
        "requirements.lock is missing: fetch the project again, or write it anew with "
        "./myway lock.\n"
    )


def test_a_missing_python_310_is_one_sentence(project: SmallProject) -> None:
    stopped = project.run("up")
    assert stopped.returncode == 1
    assert stopped.stderr.splitlines()[-1] == (
        "Rasa needs Python 3.10, which was not found and could not be fetched: install it (for "
        "instance with pyenv: pyenv install 3.10), then run ./myway again."
    )


def test_a_python_310_is_found_in_pyenvs_own_folder(
    project: SmallProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = finding_tools.find_rasas_python(ROOT, finding_tools.find_uv(ROOT))
    pyenv = tmp_path / "pyenv" / "versions" / "3.10.13" / "bin"
    pyenv.mkdir(parents=True)
    (pyenv / "python").symlink_to(real)
    monkeypatch.setenv("PATH", str(project.bin))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    found = finding_tools.find_python((3, 10), project.bin / "uv")
    assert found is not None
    assert found.resolve() == real.resolve()


def test_a_stand_in_that_leads_nowhere_is_not_taken_for_a_python(project: SmallProject) -> None:
    project.put_program("python3.10", "echo 'no such command' >&2; exit 127")
    last = project.run("up").stderr.splitlines()[-1]
    assert last.startswith("Rasa needs Python 3.10, which was not found")


def test_a_disk_that_fills_up_while_installing_is_one_sentence(project: SmallProject) -> None:
    error = "No space left on device (os error 28)"
    project.put_program(
        "uv", f"[ \"$1\" = --version ] && echo uv 0.13.0 && exit; echo '{error}' >&2; exit 2"
    )
    stopped = project.run("show")
    assert stopped.returncode == 1
    *progress, sentence = stopped.stderr.splitlines()
    assert sentence.startswith("There is no room left on the disk of ")
    assert all(line.endswith("…") for line in progress)


def test_too_little_room_is_said_before_anything_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = type(shutil.disk_usage(tmp_path))(10_000_000_000, 9_000_000_000, 1_000_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: small)
    for each in setting_up.ENVIRONMENTS:
        (tmp_path / each.lock).parent.mkdir(exist_ok=True)
        (tmp_path / each.lock).write_text("")
    with pytest.raises(saying.CannotGoOnError, match=r"about \d\.\d GB are needed and 1\.0 GB are"):
        setting_up.set_up(tmp_path, BOTH)
    assert not (tmp_path / ".venv").exists()


def test_uv_is_installed_from_its_own_lock_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    line = make_wheel(
        shelf, "uv", "0.99.0", {"uv-0.99.0.data/scripts/uv": "#!/bin/sh\necho uv 0.99.0\n"}
    )
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "tools.lock").write_text(line)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    monkeypatch.delenv("PIP_CONFIG_FILE", raising=False)
    uv = finding_tools.find_uv(tmp_path)
    assert uv == tmp_path / "var" / "tools" / "bin" / "uv"
    assert subprocess.check_output([uv, "--version"], text=True) == "uv 0.99.0\n"


def test_pips_own_index_is_handed_to_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("UV_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example/simple")
    assert setting_up.environment_for_uv()["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uvs-own.example/simple")
    assert setting_up.environment_for_uv()["UV_DEFAULT_INDEX"] == "https://uvs-own.example/simple"


def test_pips_settings_are_read_as_pip_lists_them() -> None:
    listed = (
        ":env:.index-url='https://first.example'\nglobal.index-url='https://second.example'\n"
        "global.cert='/etc/ssl/ours.crt'\n"
    )
    assert setting_up.read_settings_of_pip(listed) == {
        "index-url": "https://first.example",
        "cert": "/etc/ssl/ours.crt",
    }


def test_an_old_python_gets_a_clear_sentence(project: SmallProject) -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 18, 'final', 0); "
        "runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    stopped = subprocess.run(
        [REAL_PYTHON, "-c", pretend, project.root / "myway"],
        env=project.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("Python 3.11 or newer is needed: this is Python 3.8. ")


def test_an_old_python_hands_over_to_a_newer_one(project: SmallProject) -> None:
    (project.bin / "python3.12").symlink_to("/bin/echo")
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); "
        "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    handed = subprocess.check_output(
        [REAL_PYTHON, "-c", pretend, project.root / "myway", "up"], env=project.env, text=True
    )
    assert handed.splitlines()[-1] == f"{project.root / 'myway'} up"


def test_the_door_can_be_read_by_python_38() -> None:
    ast.parse((ROOT / "myway").read_text(), feature_version=(3, 8))


def test_what_runs_before_the_set_up_needs_only_the_standard_library() -> None:
    before = ["verbs", "setting_up", "finding_tools", "saying", "locking"]
    code = "import " + ", ".join(f"house.{each}" for each in before)
    find = f"import sys; sys.path.insert(0, {str(ROOT)!r})"
    subprocess.run([sys.executable, "-I", "-S", "-c", f"{find}; {code}"], check=True)


@pytest.mark.parametrize("words", [(), ("help",), ("--help",)])
def test_help_lists_every_verb_and_sets_nothing_up(
    project: SmallProject, words: tuple[str, ...]
) -> None:
    listed = project.run(*words)
    assert listed.returncode == 0
    assert [line.split()[1] for line in listed.stdout.splitlines() if "./myway" in line] == list(
        VERBS
    )
    assert not (project.root / ".venv").exists()


def test_an_unknown_verb_is_answered_with_the_list(project: SmallProject) -> None:
    asked = project.run("dance")
    assert asked.returncode == 2
    assert asked.stderr.startswith("There is no verb 'dance'.")
    assert "./myway up" in asked.stderr


def test_every_verb_leads_to_something_that_can_be_run() -> None:

    led = {run[1] for verb in VERBS.values() for run in verb.runs}
    missing = {module for module in led if find_spec(module) is None}
    assert not missing
    assert VERBS["show"].needs == {OURS}
