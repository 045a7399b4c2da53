"""Asks the listener's own Python what it makes of lines: `./myway understand` without the door.

In: lines as they are typed. Out: the lines that come back, what was complained of, and the code.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.running_the_pair import RASA_PYTHON, ROOT

# Every way out leads nowhere: whatever looked for a model outside would fail.
NOWHERE = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore", **NOWHERE}
SECONDS = 240


def run(*words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """One of the listener's own programs, in its own folder."""
    return subprocess.run(
        [str(RASA_PYTHON), "-m", *words],
        input=typed,
        cwd=ROOT / "rasa_project",
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def understand(
    model: Path, lines: Iterable[Mapping[str, Any] | str]
) -> "subprocess.CompletedProcess[str]":
    """`./myway understand` on these lines; a string goes in as it is."""
    typed = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return run("components.understanding_lines", str(model), typed="\n".join(typed) + "\n")


def answers(done: "subprocess.CompletedProcess[str]") -> list[dict[str, Any]]:
    """Every line of its output: each of them is JSON, or this fails."""
    return [json.loads(line) for line in done.stdout.splitlines()]
