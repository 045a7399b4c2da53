"""`./myway evaluate`: pipelines compared on the same lines, as a table (or --json).

Comes in: --quick for the chosen one only, --json, and MYWAY_SHARED for the folder with lines that
other people wrote. Goes out: the pipelines, each measured in a process of its own; what is meant in
answers; the first look for danger, false alarms shown; and what could not be measured, and why.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rich.console import Console

from house.evaluation_tables import print_report
from house.saying import complain, progress
from house.telling_nobody import TELLING_NOBODY

ROOT = Path(__file__).resolve().parent.parent
RASA_FOLDER = ROOT / "rasa_project"
# As in rasa_project/evaluation/pipelines.py; the last one is the chosen one.
PIPELINES = (
    "DIET",
    "pieces of words",
    "pieces, misspelt words guessed",
    "sentence vectors and pieces",
)
MOST_SECONDS = 3 * 3600
# Two cores: DIET learns on one while the others take turns on the other. Times are of the
# processor, so that neither looks slower for it.
AT_ONCE = 2
QUIET = {"PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "ERROR"}
WIDTH = 120
Figures = dict[str, Any]


def lines_of_others() -> Path | None:
    """The folder of the development set, or nothing where it is absent."""
    shared = Path(os.environ.get("MYWAY_SHARED") or ROOT.parent / "shared")
    folder = shared / "eval" / "dev"
    return folder if folder.is_dir() else None


def misspellings() -> Path | None:
    """codespell's list of words that people misspelt: it comes with the tests' parts."""
    found = find_spec("codespell_lib")
    file = Path(str(found.origin)).parent / "data/dictionary.txt" if found else None
    return file if file and file.is_file() else None


def measured(name: str, others: Path | None, misspelt: Path | None) -> Figures:
    """The figures of one pipeline. Raises subprocess.CalledProcessError."""
    python = RASA_FOLDER / ".venv" / "bin" / "python"
    folders = [str(ROOT / "data/talk"), str(others or "-"), str(misspelt or "-")]
    quiet = {**os.environ, **QUIET}
    command = [str(python), "-m", "evaluation.one_pipeline", name, *folders]
    return _answer(command, RASA_FOLDER, quiet)


def measured_safety(others: Path) -> Figures:
    """The figures of the first look for danger. Raises subprocess.CalledProcessError."""
    command = [sys.executable, "-m", "bot.safety.measuring", str(others)]
    return _answer(command, ROOT, dict(os.environ))


def _answer(command: list[str], folder: Path, environment: dict[str, str]) -> Figures:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**environment, **TELLING_NOBODY},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=MOST_SECONDS,
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def evaluate(names: Sequence[str]) -> Figures:
    """All figures: `pipelines`, `safety`, and `absent`, what was not measured and why."""
    others, misspelt = lines_of_others(), misspellings()
    absent = []
    if others is None:
        absent.append("lines of others (set MYWAY_SHARED); our own held-out lines are measured")
        absent.append("the first look for danger, which is measured on lines of others")
    elif misspelt is None:
        absent.append("words that people misspelt (codespell, with the tests' parts)")
    for each in absent:
        complain(f"Absent: {each}.")

    def one(name: str) -> Figures:
        progress(f"{name}: learning and being measured …")
        return measured(name, others, misspelt)

    with ThreadPoolExecutor(AT_ONCE) as lanes:
        found: Figures = {"pipelines": list(lanes.map(one, names)), "absent": absent}
    if others is not None:
        progress("The first look for danger: being measured …")
        found["safety"] = measured_safety(others)
    return found


def main(words: Sequence[str]) -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="./myway evaluate", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="only the pipeline the chat runs on")
    asked.add_argument("--json", action="store_true", help="figures for programs")
    options = asked.parse_args(words)
    try:
        found = evaluate(PIPELINES[-1:] if options.quick else PIPELINES)
    except subprocess.SubprocessError as problem:
        complain(f"A measurement did not come to its end: {problem}")
        return 1
    if options.json:
        print(json.dumps(found, indent=1))
        return 0
    print_report(found, Console(width=None if sys.stdout.isatty() else WIDTH))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
