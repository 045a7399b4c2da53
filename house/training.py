"""Trains the listener when what it learns from has changed, and not otherwise.

In: the project's folder, the listener's Python, and where to say what is being waited for. Out: the
model file, in var/models, named after what it was trained from.
Standard library only: it runs before anything else is known to be installed.
"""

import fcntl
import hashlib
import os
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from house.telling_nobody import TELLING_NOBODY

LEARNS_FROM = ("data/talk", "data/rules")
MADE_WITH = (
    "rasa_project/config.yml",
    "rasa_project/domain.yml",
    "rasa_project/components",
    "rasa_project/requirements.lock",
)
MODELS = "var/models"
MODELS_KEPT = 3
LINES_SHOWN = 25
MOST_SECONDS = 1800


class TrainingFailedError(RuntimeError):
    """`rasa train` made no model. The sentence ends with what it said last."""


def train_if_changed(root: Path, rasa_python: Path, report: Callable[[str], None]) -> Path:
    """The model for what lies under `root` now; trained first if there is none for it yet.

    Two who ask at once wait for one training. Raises TrainingFailedError.
    """
    model = model_path(root)
    if model.is_file():
        return model
    if not rasa_python.is_file():
        raise TrainingFailedError(f"Rasa's Python is not there: {rasa_python}. Set up first.")
    with one_at_a_time(model.parent, report):
        if model.is_file():
            return model
        report("Training the listener: the talk, the rules or its settings have changed…")
        began = time.monotonic()
        train(root, rasa_python, model)
        report(f"Trained the listener in {time.monotonic() - began:.0f} s.")
        forget_old_models(model)
    return model


def model_path(root: Path) -> Path:
    """Where the model for what lies under `root` now is, or will be."""
    return root / MODELS / f"talk-{fingerprint(root)}.tar.gz"


def fingerprint(root: Path) -> str:
    """16 hex digits that change when anything does that a model is made from: name or content."""
    digest = hashlib.sha256()
    for file in sorted(training_files(root)):
        name, content = file.relative_to(root).as_posix().encode(), file.read_bytes()
        for part in (name, content):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()[:16]


def training_files(root: Path) -> Iterator[Path]:
    """Every file a model is made from. Raises TrainingFailedError if one is missing."""
    for place in (*LEARNS_FROM, *MADE_WITH):
        path = root / place
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from (p for p in path.rglob("*") if p.suffix in {".py", ".yml", ".yaml"})
        else:
            raise TrainingFailedError(f"The listener cannot learn: {place} is missing.")


def train(root: Path, rasa_python: Path, model: Path) -> None:
    """Run `rasa train` once, in its own project. Raises TrainingFailedError."""
    # Trained under another name and then renamed: a model half written is never taken for one.
    unfinished = model.with_name(f"unfinished-{os.getpid()}.tar.gz")
    learns_from = [os.path.relpath(root / place, root / "rasa_project") for place in LEARNS_FROM]
    command = [
        *(str(rasa_python), "-m", "rasa", "train", "--skip-validation"),
        *("--data", *learns_from),
        *("--domain", "domain.yml", "--config", "config.yml"),
        *("--out", str(model.parent), "--fixed-model-name", unfinished.name),
    ]
    try:
        done = subprocess.run(
            command,
            cwd=root / "rasa_project",
            env={**os.environ, **TELLING_NOBODY, "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=MOST_SECONDS,
            check=False,
        )
        if done.returncode or not unfinished.is_file():
            last = "\n".join(deque(done.stdout.splitlines(), maxlen=LINES_SHOWN))
            raise TrainingFailedError(f"Rasa made no model. It said last:\n{last}")
        unfinished.replace(model)
    except subprocess.TimeoutExpired as slow:
        raise TrainingFailedError(f"Rasa made no model in {MOST_SECONDS} s.") from slow
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def one_at_a_time(folder: Path, report: Callable[[str], None]) -> Iterator[None]:
    """Hold the models folder, so that two never train the same thing side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".training").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("Waiting for a training that is already under way…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ready_the_first_look(root: Path, python: Path, report: Callable[[str], None]) -> str:
    """Have the first look learn its lines, if they changed; what it said. Waits for nobody's words.

    Raises TrainingFailedError.
    """
    done = subprocess.run(
        [str(python), "-m", "bot.safety.making_ready"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=MOST_SECONDS,
        check=False,
    )
    last = "\n".join(deque(done.stdout.splitlines(), maxlen=LINES_SHOWN))
    if done.returncode:
        raise TrainingFailedError(f"The first look did not learn its lines. It said last:\n{last}")
    if len(done.stdout.splitlines()) > 1:
        report("The first look has learnt its lines anew.")
    return last


def forget_old_models(newest: Path) -> None:
    """Keep the last few models; going back to an earlier talk then needs no training."""
    models = sorted(newest.parent.glob("talk-*.tar.gz"), key=lambda m: m.stat().st_mtime)
    for model in models[:-MODELS_KEPT]:
        model.unlink(missing_ok=True)
