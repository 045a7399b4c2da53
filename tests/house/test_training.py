"""The listener is trained when what it learns from has changed, and only then.

In: a project folder of the test's own, and a stand-in for Rasa that counts how often it is asked.
Out: model files, or a sentence that says why there is none.
"""

from pathlib import Path

import pytest

from house.training import TrainingFailedError, fingerprint, train_if_changed

GOOD_RASA = """#!/bin/sh
echo trained >> {calls}
while [ $# -gt 1 ]; do
  case "$1" in --out) out="$2" ;; --fixed-model-name) name="$2" ;; esac
  shift
done
echo model > "$out/$name"
"""
BAD_RASA = """#!/bin/sh
seq 1 200
echo "Contradicting rules or stories found"
exit {status}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (
        "data/talk/nlu/yes.yml",
        "data/talk/meaning/words/topics.yml",
        "data/rules/controls.yml",
        "rasa_project/config.yml",
        "rasa_project/domain.yml",
        "rasa_project/components/door.py",
        "rasa_project/components/meaning/pieces.py",
        "rasa_project/requirements.lock",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{name} as it was")
    return tmp_path


def rasa(root: Path, script: str, status: int = 1) -> Path:
    program = root / "python"
    program.write_text(script.format(calls=root / "calls", status=status))
    program.chmod(0o755)
    return program


def times_trained(root: Path) -> int:
    return len((root / "calls").read_text().splitlines())


def test_it_trains_once_and_tells_what_it_waits_for(root: Path) -> None:
    told: list[str] = []
    first = train_if_changed(root, rasa(root, GOOD_RASA), told.append)
    assert first.read_text() == "model\n"
    assert first.parent == root / "var/models"
    assert told[0].startswith("Training the listener")
    told.clear()
    assert train_if_changed(root, root / "python", told.append) == first
    assert told == []
    assert times_trained(root) == 1


@pytest.mark.parametrize(
    "changed",
    [
        "data/talk/nlu/yes.yml",
        "data/talk/nlu/a_new_topic.yml",
        "data/talk/meaning/words/topics.yml",
        "data/rules/controls.yml",
        "rasa_project/config.yml",
        "rasa_project/domain.yml",
        "rasa_project/components/door.py",
        "rasa_project/components/meaning/pieces.py",
        "rasa_project/requirements.lock",
    ],
)
def test_it_trains_again_when_something_changed(root: Path, changed: str) -> None:
    first = train_if_changed(root, rasa(root, GOOD_RASA), print)
    (root / changed).write_text("as it is now")
    second = train_if_changed(root, root / "python", print)
    assert second != first
    assert times_trained(root) == 2


def test_going_back_needs_no_training(root: Path) -> None:
    talk = root / "data/talk/nlu/yes.yml"
    before = talk.read_text()
    first = train_if_changed(root, rasa(root, GOOD_RASA), print)
    talk.write_text("another")
    train_if_changed(root, root / "python", print)
    talk.write_text(before)
    assert train_if_changed(root, root / "python", print) == first
    assert times_trained(root) == 2


def test_old_models_are_let_go(root: Path) -> None:
    for version in range(6):
        (root / "data/rules/controls.yml").write_text(str(version))
        newest = train_if_changed(root, rasa(root, GOOD_RASA), print)
    models = list((root / "var/models").glob("*.tar.gz"))
    assert len(models) == 3
    assert newest in models


@pytest.mark.parametrize("status", [0, 1])
def test_a_failed_training_says_what_rasa_said_last(root: Path, status: int) -> None:
    with pytest.raises(TrainingFailedError) as failed:
        train_if_changed(root, rasa(root, BAD_RASA, status), print)
    assert "Contradicting rules" in str(failed.value)
    assert "\n199\n" in str(failed.value)
    assert "\n100\n" not in str(failed.value)
    assert list((root / "var/models").glob("*.tar.gz")) == []


def test_without_rasa_or_without_talk_it_says_so(root: Path) -> None:
    with pytest.raises(TrainingFailedError, match="Set up first"):
        train_if_changed(root, root / "nowhere", print)
    (root / "rasa_project/domain.yml").unlink()
    with pytest.raises(TrainingFailedError, match=r"rasa_project/domain\.yml is missing"):
        train_if_changed(root, root / "nowhere", print)


def test_a_file_moved_under_another_name_is_a_change(root: Path) -> None:
    before = fingerprint(root)
    (root / "data/talk/nlu/yes.yml").rename(root / "data/talk/nlu/no.yml")
    assert fingerprint(root) != before
