"""A small project with the house's own door and set-up in it, and everything it installs beside it.

Comes in: an empty folder. Goes out: a project whose locks hold one tiny package, made here, so that
set-up runs for real, in seconds and without a network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from house.finding_tools import find_uv

ROOT = Path(__file__).resolve().parents[2]
SHOWING = "import sys, tiny_thing; print('shown', tiny_thing.VERSION, *sys.argv[1:])\n"
REAL_PYTHON = Path(sys.executable).resolve()


def make_wheel(folder: Path, name: str, version: str, files: dict[str, str]) -> str:
    """Writes a wheel; returns its line in a lock."""
    info = f"{name}-{version}.dist-info"
    all_files = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    all_files[f"{info}/RECORD"] = "".join(f"{each},,\n" for each in [*all_files, f"{info}/RECORD"])
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for path, text in all_files.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (0o100755 if "/scripts/" in path else 0o100644) << 16
            packed.writestr(entry, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class SmallProject:
    """The project in `root`, the packages in `shelf`, and the only programs it can see in `bin`."""

    def __init__(self, place: Path) -> None:
        self.root, self.shelf, self.bin = place / "project", place / "shelf", place / "bin"
        for folder in (self.root / "house", self.root / "plan_store", self.shelf, self.bin):
            folder.mkdir(parents=True)
        (self.root / "rasa_project").mkdir()
        shutil.copy(ROOT / "myway", self.root)
        for file in (ROOT / "house").glob("*.py"):
            shutil.copy(file, self.root / "house")
        (self.root / "plan_store" / "showing.py").write_text(SHOWING)
        self.lock("1.0")
        (self.root / "rasa_project" / "requirements.lock").write_text(self.tiny("1.0"))
        (self.bin / "uv").symlink_to(find_uv(ROOT).resolve())
        self.env = {
            "PATH": str(self.bin),
            "HOME": str(place),
            "PYENV_ROOT": str(place / "no-pyenv"),
            "UV_CACHE_DIR": str(place / "cache"),
            "UV_FIND_LINKS": str(self.shelf),
            "UV_NO_INDEX": "1",
            "UV_OFFLINE": "1",
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_PYTHON_INSTALL_DIR": str(place / "no-pythons"),
        }

    def tiny(self, version: str) -> str:
        return make_wheel(
            self.shelf, "tiny_thing", version, {"tiny_thing.py": f"VERSION = {version!r}\n"}
        )

    def lock(self, version: str) -> None:
        (self.root / "requirements.lock").write_text(self.tiny(version))

    def start(self, *words: str, **env: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [REAL_PYTHON, self.root / "myway", *words],
            env={**self.env, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **env: str) -> "subprocess.CompletedProcess[str]":
        running = self.start(*words, **env)
        out, err = running.communicate(timeout=120)
        return subprocess.CompletedProcess(running.args, running.returncode, out, err)

    def put_program(self, name: str, text: str) -> None:
        """A program of our own in place of a real one, first on the PATH."""
        program = self.bin / name
        program.unlink(missing_ok=True)
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)

    def python_of(self, folder: str) -> str:
        link = self.root / folder / "bin" / "python"
        return os.path.realpath(link)
