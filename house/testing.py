"""`./myway test`: runs every test, with a throw-away PostgreSQL beside it when Debian's is here.

Comes in: pytest's own arguments. Goes out: pytest's closing lines and exit code. Where
PostgreSQL is missing its tests say so by name: they skip on a newcomer's machine and fail in CI.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

from house import training_on_request
from house.saying import say

ROOT = Path(__file__).resolve().parent.parent
PYTEST = (sys.executable, "-m", "pytest")
SECONDS_TO_DROP = 60

# The server lives as long as its standard input is open: when we end, however we end, it goes too.
TELL_AND_STAY = '(env | grep "^PG"; echo ready) >&{told}; cat >/dev/null'
# No waiting for the disk: nothing of these databases is to outlive the run.
IN_MEMORY = Path("/dev/shm")  # noqa: S108  (a folder with a name of its own is made in it)
BYTES_IN_MEMORY = 4 * 1024**3
QUICK = ("-o", "fsync=off", "-o", "synchronous_commit=off", "-o", "full_page_writes=off")


def command_for(pg_virtualenv: str, as_root: bool, told: int) -> list[str]:
    """The command that keeps a throw-away PostgreSQL and tells its address to the open file `told`.

    PostgreSQL refuses to run as root; run as its own user, pg_virtualenv also makes a cluster in a
    folder of its own, so that two runs, or one that was killed, are not in each other's way.
    """
    somebody = ["runuser", "-u", "postgres", "--"] if as_root else []
    return [*somebody, pg_virtualenv, *QUICK, "bash", "-c", TELL_AND_STAY.format(told=told)]


def postgres_url(said: Iterable[str]) -> str:
    """The address of the database, from what pg_virtualenv puts into its environment.

    Raises KeyError when it said too little, which means that it did not come up.
    """
    env = dict(line.strip().split("=", 1) for line in said if line.startswith("PG"))
    user, password = env["PGUSER"], env["PGPASSWORD"]
    return f"postgresql://{user}:{password}@{env['PGHOST']}:{env['PGPORT']}/{env['PGDATABASE']}"


@contextmanager
def throw_away_postgres(pg_virtualenv: str) -> Iterator[str]:
    """A PostgreSQL for the length of the block; gives its address."""
    listening, told = os.pipe()
    with subprocess.Popen(
        command_for(pg_virtualenv, os.geteuid() == 0, told),
        stdin=subprocess.PIPE,
        # Not a pipe: pg_virtualenv spins for ever on one that nobody reads any more.
        stdout=subprocess.DEVNULL,
        pass_fds=(told,),
        cwd="/",
        # Ctrl-C is for the tests; the server goes when they have ended.
        start_new_session=True,
    ) as keeper:
        os.close(told)
        with os.fdopen(listening) as said:
            address = postgres_url(takewhile("ready\n".__ne__, said))
        try:
            yield address
        finally:
            if keeper.stdin is not None:
                keeper.stdin.close()
            keeper.wait(SECONDS_TO_DROP)


def main(words: Sequence[str]) -> int:
    """Runs pytest with these words; its exit code is ours."""
    os.chdir(ROOT)
    env = dict(os.environ)
    pg_virtualenv = shutil.which("pg_virtualenv")
    if pg_virtualenv is None or env.get("TEST_POSTGRES_URL"):
        if pg_virtualenv is None:
            say(
                "PostgreSQL's tests are left out: apt-get install postgresql brings what they need."
            )
        return run(words, env)
    with throw_away_postgres(pg_virtualenv) as address:
        return run(words, {**env, "TEST_POSTGRES_URL": address})


def run(words: Sequence[str], env: Mapping[str, str]) -> int:
    """Every test side by side, then by itself what is measured by the clock; with words, one
    process, as they say. The first exit code that is not zero."""
    if words:
        return subprocess.call([*PYTEST, *words], env=env)
    # Before the clock of any test runs: on a busy machine it takes longer than a test may.
    if failed := training_on_request.main():
        return failed
    # One more than there are cores: somebody always waits for a browser, or for what was killed.
    at_once = str((os.cpu_count() or 1) + 1)
    # A test that is stolen from the other's end keeps the long ones from standing alone at last.
    together = ("-n", at_once, "--dist", "worksteal", "-m", "not by_the_clock")
    with a_place_in_memory() as place:
        codes = [
            subprocess.call([*PYTEST, *how], env={**env, **place})
            for how in (together, ("-m", "by_the_clock"))
        ]
    return next((code for code in codes if code), 0)


@contextmanager
def a_place_in_memory() -> Iterator[dict[str, str]]:
    """Where the tests keep their files for the length of the block, as pytest is told of it.

    On a disk every SQLite store would wait for it at every commit. Where there is no memory to
    spare, or somebody has chosen a place, nothing is said and pytest does as always.
    """
    chosen = "PYTEST_DEBUG_TEMPROOT"
    if chosen in os.environ or not has_room(IN_MEMORY):
        yield {}
        return
    with tempfile.TemporaryDirectory(
        prefix="myway-tests-", dir=IN_MEMORY, ignore_cleanup_errors=True
    ) as place:
        yield {chosen: place}


def has_room(folder: Path) -> bool:
    """Whether a whole run fits there."""
    return folder.is_dir() and shutil.disk_usage(folder).free >= BYTES_IN_MEMORY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
