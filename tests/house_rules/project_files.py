"""Which files belong to the project: those git keeps, and new ones it would keep."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS_OF_PYTHON = ("plan_store", "bot", "actions", "review", "house")


def files_of(root: Path) -> list[Path]:
    """Every file of the project under `root` that is there now."""
    listed = subprocess.run(
        # Whoever owns the folder: it is only read.
        [
            *("git", "-c", "safe.directory=*", "ls-files", "-z"),
            *("--cached", "--others", "--exclude-standard"),
        ],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    )
    names = {name for name in listed.stdout.split("\0") if name}
    return sorted(root / name for name in names if (root / name).is_file())


def python_of(root: Path, *rooms: str) -> list[Path]:
    """The Python files of these rooms."""
    return [
        file
        for file in files_of(root)
        if file.suffix == ".py" and file.relative_to(root).parts[0] in rooms
    ]


def small_project(root: Path, files: dict[str, str]) -> Path:
    """A project of these files under `root`, for planting faults in."""
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root
