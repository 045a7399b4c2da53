"""`./myway test`: runs every test, with a throw-away PostgreSQL beside it when Debian's is here.

Comes in: pytest's own arguments. Goes out: pytest's closing line and exit code. Where PostgreSQL is
missing its tests say so by name: they skip on a newcomer's machine and fail in CI.
"""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from house.saying import say

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (sys.executable, "-m", "pytest")


def command_for(arguments: Sequence[str], pg_virtualenv: str | None) -> list[str]:
    """pytest itself, or pytest inside a PostgreSQL that is made for this run and then dropped."""
    if pg_virtualenv is None:
        return [*PYTEST, *arguments]
    inside = [sys.executable, "-m", "house.testing", "--inside", *arguments]
    # No waiting for the disk: nothing of this database is to outlive the run.
    quick = ["-o", "fsync=off", "-o", "synchronous_commit=off", "-o", "full_page_writes=off"]
    return [pg_virtualenv, *quick, *inside]


def postgres_url(env: Mapping[str, str]) -> str:
    """The address of the database that pg_virtualenv made, from what it says in its environment."""
    user, password = env["PGUSER"], env["PGPASSWORD"]
    return f"postgresql://{user}:{password}@{env['PGHOST']}:{env['PGPORT']}/{env['PGDATABASE']}"


def main(words: Sequence[str]) -> NoReturn:
    os.chdir(ROOT)
    env = dict(os.environ)
    if words[:1] == ["--inside"]:
        env["TEST_POSTGRES_URL"] = postgres_url(env)
        # libpq reads these by itself: left there, a test that forgot its address would pass.
        for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSYSCONFDIR"):
            env.pop(name, None)
        _become([*PYTEST, *words[1:]], env)
    if env.get("TEST_POSTGRES_URL"):  # somebody gave us a database of their own for the tests
        _become([*PYTEST, *words], env)
    pg_virtualenv = shutil.which("pg_virtualenv")
    if pg_virtualenv is None:
        say("PostgreSQL's tests are left out: apt-get install postgresql brings what they need.")
    _become(command_for(words, pg_virtualenv), env)


def _become(command: list[str], env: dict[str, str]) -> NoReturn:
    os.execve(command[0], command, env)


if __name__ == "__main__":
    main(sys.argv[1:])
