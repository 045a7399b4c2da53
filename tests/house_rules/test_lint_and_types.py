"""Style and types: ruff, ruff's format and mypy find nothing, and would find a planted fault."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules.project_files import ROOT

TOOLS = {
    "ruff": ("ruff", "check", "--no-cache"),
    "format": ("ruff", "format", "--check", "--no-cache"),
    "mypy": ("mypy",),
}
# One fault for each tool, in a file that the other two are not asked about.
FAULTS = {
    "ruff": ("def f(x=[]):\n    return x\n", "B006"),
    "format": ("x = {  'a':1 }\n", "would be reformatted"),
    "mypy": ('x: int = "one"\n', "Incompatible types"),
}
CONFIG = {"ruff": "--config", "format": "--config", "mypy": "--config-file"}


def run(tool: str, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *TOOLS[tool], *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_is_found(tool: str) -> None:
    done = run(tool)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("tool", TOOLS)
def test_a_planted_fault_is_found(tool: str, tmp_path: Path) -> None:
    text, said = FAULTS[tool]
    planted = tmp_path / "planted.py"
    planted.write_text(text)
    done = run(tool, CONFIG[tool], str(ROOT / "pyproject.toml"), str(planted))
    assert done.returncode == 1
    assert said in done.stdout
