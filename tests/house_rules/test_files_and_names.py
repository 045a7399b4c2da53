"""Files are named for what happens, are short enough to read, and say at their top what they do."""

import ast
from collections.abc import Iterable
from pathlib import Path

from tests.house_rules.project_files import (
    ROOMS_OF_PYTHON,
    ROOT,
    files_of,
    python_of,
    small_project,
)

MOST_LINES = 300
WRITTEN = {".py", ".js", ".css", ".html", ".sh"}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "misc", "stuff", "shared"}


def too_long(root: Path) -> list[str]:
    """Written files past 300 lines. A migration is one change, however long, and never edited."""
    return [
        f"{file.relative_to(root)}: {count} lines"
        for file in files_of(root)
        if file.suffix in WRITTEN
        and "migrations/versions" not in file.as_posix()
        and (count := len(file.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    ]


def say_nothing(root: Path) -> list[str]:
    """Files and folders of Python whose names do not say what happens in them."""
    found = []
    for file in files_of(root):
        path = file.relative_to(root)
        names = {part.partition(".")[0].lower() for part in path.parts}
        words = {word for name in names for word in name.split("_")}
        if file.suffix == ".py" and words & SAYS_NOTHING:
            found.append(str(path))
    return found


def silent(root: Path, files: Iterable[Path]) -> list[str]:
    """Modules, and public classes and functions outside functions, without a docstring."""
    found = []
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        nameless = not tree.body or ast.get_docstring(tree) is None
        # An empty __init__.py is no module to read.
        if nameless and (tree.body or file.name != "__init__.py"):
            found.append(str(file.relative_to(root)))
        found += [f"{file.relative_to(root)}: {name}" for name in _silent_names(tree, "")]
    return found


def _silent_names(node: ast.Module | ast.ClassDef, inside: str) -> Iterable[str]:
    for each in node.body:
        if not isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if each.name.startswith("_"):
            continue
        if ast.get_docstring(each) is None:
            yield inside + each.name
        if isinstance(each, ast.ClassDef):
            yield from _silent_names(each, f"{inside}{each.name}.")


def test_no_file_is_past_300_lines() -> None:
    assert too_long(ROOT) == []


def test_every_file_name_says_what_happens() -> None:
    assert say_nothing(ROOT) == []


def test_every_public_part_says_what_it_is_for() -> None:
    assert silent(ROOT, python_of(ROOT, *ROOMS_OF_PYTHON)) == []


def test_every_test_file_says_what_it_tests() -> None:
    modules = [found for found in silent(ROOT, python_of(ROOT, "tests")) if ": " not in found]
    assert modules == []


def test_every_script_of_rasas_says_what_it_is_for() -> None:
    assert silent(ROOT, python_of(ROOT, "rasa_project")) == []


def test_a_planted_long_file_is_found(tmp_path: Path) -> None:
    root = small_project(
        tmp_path,
        {
            "bot/just.py": "x = 1\n" * 300,
            "bot/long.py": "x = 1\n" * 301,
            "plan_store/migrations/versions/0001_x.py": "x = 1\n" * 400,
            "requirements.lock": "x\n" * 4000,
        },
    )
    assert too_long(root) == ["bot/long.py: 301 lines"]


def test_a_planted_name_that_says_nothing_is_found(tmp_path: Path) -> None:
    root = small_project(
        tmp_path,
        {"bot/utils.py": "", "review/page_helpers.py": "", "common/x.py": "", "bot/asking.py": ""},
    )
    assert say_nothing(root) == ["bot/utils.py", "common/x.py", "review/page_helpers.py"]


def test_a_planted_silence_is_found(tmp_path: Path) -> None:
    planted = '"""Says."""\n\nclass Loud:\n    """Says."""\n    def quiet(self): ...\n'
    root = small_project(
        tmp_path,
        {"bot/a.py": planted, "bot/b.py": "def _own():\n    return 1\n", "bot/__init__.py": ""},
    )
    assert silent(root, python_of(root, "bot")) == ["bot/a.py: Loud.quiet", "bot/b.py"]
