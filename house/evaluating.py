"""`./myway evaluate`: pipelines compared on the same lines, as a table (or --json).

Comes in: --quick for the chosen one only, --json, and MYWAY_SHARED for the folder with lines that
other people wrote. Goes out: a table, each pipeline measured in a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from house.saying import complain, progress
from house.telling_nobody import TELLING_NOBODY

ROOT = Path(__file__).resolve().parent.parent
RASA_FOLDER = ROOT / "rasa_project"
# As in rasa_project/evaluation/pipelines.py; the last one is the chosen one.
PIPELINES = (
    "DIET",
    "pieces of words",
    "spelling, then pieces",
    "sentence vectors and pieces",
)
MOST_SECONDS = 3 * 3600


def lines_of_others() -> Path | None:
    """The folder of the development set, or nothing where it is absent."""
    shared = Path(os.environ.get("MYWAY_SHARED") or ROOT.parent / "shared")
    folder = shared / "eval" / "dev"
    return folder if folder.is_dir() else None


def measured(name: str, others: Path | None) -> dict[str, Any]:
    """The figures of one pipeline. Raises subprocess.CalledProcessError."""
    python = RASA_FOLDER / ".venv" / "bin" / "python"
    quiet = {"PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [
            python,
            "-m",
            "evaluation.one_pipeline",
            name,
            str(ROOT / "data/talk"),
            str(others or "-"),
        ],
        cwd=RASA_FOLDER,
        env={**os.environ, **quiet, **TELLING_NOBODY},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=MOST_SECONDS,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def rows(found: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """The table's rows: what is measured, then one cell a pipeline."""

    def row(what: str, path: str, shape: str = "{:.3f}") -> tuple[str, list[str]]:
        cells = []
        for each in found:
            value: Any = each
            for step in path.split("/"):
                value = value.get(step) if isinstance(value, dict) else None
            cells.append("" if value is None else shape.format(value))
        return what, cells

    noises = next((list(each["others"]["noise"]) for each in found if "others" in each), [])
    return [
        row("own lines held out: accuracy", "own/accuracy"),
        row("own lines held out: macro F1", "own/macro_f1"),
        row("own lines held out: calibration error", "own/calibration_error"),
        row("lines of others: accuracy", "others/accuracy"),
        row("lines of others: macro F1", "others/macro_f1"),
        row("lines of others: calibration error", "others/calibration_error"),
        row("out of scope: recall", "others/out_of_scope_recall"),
        row("out of scope: precision", "others/out_of_scope_precision"),
        row("in scope: recall", "others/in_scope_recall"),
        *(row(f"accuracy with noise: {noise}", f"others/noise/{noise}") for noise in noises),
        row("life area right, lines of others", "meaning/others/any"),
        row("life area right, own held out", "meaning/own/any"),
        row("kind right, own held out", "meaning/kind"),
        row("negation kept, own set", "meaning/negation"),
        row("a parse, median, ms", "parse_milliseconds", "{:.1f}"),
        row("training, s", "training_seconds", "{:.0f}"),
        row("memory, MB", "memory_megabytes", "{:.0f}"),
    ]


def main(words: Sequence[str]) -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="./myway evaluate", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="only the pipeline the chat runs on")
    asked.add_argument("--json", action="store_true", help="figures for programs")
    options = asked.parse_args(words)
    others = lines_of_others()
    if others is None:
        complain("No lines of others (set MYWAY_SHARED): only our own held-out lines are measured.")
    found = []
    for name in PIPELINES[-1:] if options.quick else PIPELINES:
        progress(f"{name}: learning and being measured …")
        found.append(measured(name, others))
    if options.json:
        print(json.dumps(found, indent=1))
        return 0
    table = Table("", *(each["pipeline"] for each in found))
    for what, cells in rows(found):
        if any(cells):
            table.add_row(what, *cells)
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
