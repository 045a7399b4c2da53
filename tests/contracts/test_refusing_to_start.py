"""The listener does not start as something it was not made to be, and says why in one sentence.

In: another Rasa, or several workers without shared locks. Out: no server, and the reason.
"""

import os
import subprocess
from pathlib import Path

from tests.running_the_pair import RASA_PYTHON, ROOT

START = """
import rasa
rasa.__version__ = {version!r}
from components.door import Door
from rasa.shared.exceptions import RasaException
try:
    Door.from_credentials(None)
except RasaException as why:
    print("refused:", why)
else:
    print("started")
"""


def start(version: str, **env: str) -> str:
    done = subprocess.run(
        [str(RASA_PYTHON), "-W", "ignore", "-c", START.format(version=version)],
        cwd=ROOT / "rasa_project",
        env={**os.environ, "REDIS_URL": "", "SANIC_WORKERS": "1", **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.strip()


def test_the_rasa_it_was_made_for_starts(model: Path) -> None:
    assert start("3.6.21") == "started"


def test_another_rasa_is_refused_by_name(model: Path) -> None:
    why = start("3.6.22")
    assert why.startswith("refused:")
    assert "3.6.21" in why
    assert "3.6.22" in why
    assert "quick_action_call.py" in why


def test_several_workers_without_redis_are_refused(model: Path) -> None:
    assert "REDIS_URL" in start("3.6.21", SANIC_WORKERS="2")
    assert start("3.6.21", SANIC_WORKERS="2", REDIS_URL="redis://127.0.0.1:1") == "started"
