"""Nothing of one machine or one network stands in the project: it runs the same wherever it is put.

The patterns are put together from parts, so that this file passes its own test.
"""

import re
from pathlib import Path

import pytest

from tests.house_rules.project_files import ROOT, files_of, small_project

HOMES = "home|root|work|Users"
# A path from the root of a disk into somebody's own folder.
SOMEBODYS_PATH = re.compile(rf"(?<![\w.~$}}/-])/(?:{HOMES})/[\w.]")
# Where packages are fetched is each machine's own affair: no lock and no file names a place.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("yarnpkg", "com"),
            ("jsdelivr", "net"),
            ("unpkg", "com"),
            ("artifactory", ""),
            ("googleapis", "com"),
        )
    )
)
INDEX_OPTION = re.compile(r"^[ \t]*--(?:extra-)?(?:index-url|find-links)\b", re.MULTILINE)


def of_one_machine(root: Path) -> list[str]:
    """Each place in a kept file that names somebody's folder or a registry."""
    found = []
    for file in files_of(root):
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for pattern in (SOMEBODYS_PATH, REGISTRIES, INDEX_OPTION):
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{file.relative_to(root)}:{line}")
    return found


def test_nothing_of_one_machine_is_kept() -> None:
    assert of_one_machine(ROOT) == []


@pytest.mark.parametrize(
    "fault",
    [
        "cd /" + "home/ann/my-way",
        'PYTHON = "/' + 'root/.pyenv/bin/python"',
        "index = https://files.python" + "hosted.org/x",
        "  --" + "index-url https://somewhere.example",
    ],
)
def test_a_planted_trace_is_found(tmp_path: Path, fault: str) -> None:
    root = small_project(tmp_path, {"README.md": f"# My Way\n\n{fault}\n"})
    assert of_one_machine(root) == ["README.md:3"]


def test_paths_in_containers_and_of_debian_are_let_through(tmp_path: Path) -> None:
    fine = "/usr/bin/python3 /app/var $HOME/x tests/work/x ../shared /work-and-learning\n"
    assert of_one_machine(small_project(tmp_path, {"README.md": fine})) == []
