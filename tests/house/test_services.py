"""The services that tests get from `./myway test`: there, reachable, and really what they say."""

import os
import shutil
import socket
from pathlib import Path

import psycopg
import pytest
import redis
from mirakuru import TCPExecutor

from house import testing
from house.testing import a_place_in_memory, command_for, postgres_url, throw_away_postgres
from tests.needs import NEEDED


@pytest.mark.needs("postgresql")
def test_a_postgresql_answers_and_can_make_tables() -> None:
    with psycopg.connect(os.environ["TEST_POSTGRES_URL"]) as database:
        database.execute("create temporary table kept (words text not null)")
        database.execute("insert into kept values ('I want to work with dogs')")
        assert database.execute("select words from kept").fetchone() == (
            "I want to work with dogs",
        )
        assert database.info.server_version >= 15_00_00


@pytest.mark.needs("redis")
def test_a_redis_answers(tmp_path: Path) -> None:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port = asking.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--dir", str(tmp_path), "--save", ""]
    with (
        TCPExecutor(command, host="127.0.0.1", port=port, timeout=20),
        redis.Redis(port=port) as store,
    ):
        assert store.set("whose turn", "hers") is True
        assert store.get("whose turn") == b"hers"


def test_postgresql_is_never_asked_to_run_as_root() -> None:
    as_root = command_for("/usr/bin/pg_virtualenv", as_root=True, told=9)
    assert as_root[:3] == ["runuser", "-u", "postgres"]
    as_somebody = command_for("/usr/bin/pg_virtualenv", as_root=False, told=9)
    assert as_somebody[0] == "/usr/bin/pg_virtualenv"


def test_the_address_is_made_of_what_pg_virtualenv_says() -> None:
    said = [
        "PGUSER=postgres\n",
        "PGPASSWORD=abc\n",
        "PGHOST=localhost\n",
        "PGPORT=5433\n",
        "PGDATABASE=postgres\n",
        "Creating something\n",
    ]
    assert postgres_url(said) == "postgresql://postgres:abc@localhost:5433/postgres"


@pytest.mark.needs("postgresql")
def test_the_throw_away_server_ends_with_its_block() -> None:
    pg_virtualenv = shutil.which("pg_virtualenv")
    if pg_virtualenv is None:
        pytest.fail("PostgreSQL was given by hand, without pg_virtualenv to try.")
    with throw_away_postgres(pg_virtualenv) as address, psycopg.connect(address) as database:
        assert database.execute("select 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=3)


def test_every_need_says_how_to_get_it() -> None:
    assert all(
        how.startswith(("apt-get install ", "set ", "./myway")) for _, how in NEEDED.values()
    )


def test_a_whole_run_keeps_its_files_in_memory_and_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT", raising=False)
    monkeypatch.setattr(testing, "IN_MEMORY", tmp_path)
    monkeypatch.setattr(testing, "BYTES_IN_MEMORY", 1)
    with a_place_in_memory() as told:
        place = Path(told["PYTEST_DEBUG_TEMPROOT"])
        assert place.parent == tmp_path
        (place / "a.sqlite").touch()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("chosen", "bytes_needed"), [("/somewhere", 1), (None, 2**60)])
def test_a_chosen_place_or_too_little_memory_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str | None, bytes_needed: int
) -> None:
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT", raising=False)
    if chosen:
        monkeypatch.setenv("PYTEST_DEBUG_TEMPROOT", chosen)
    monkeypatch.setattr(testing, "IN_MEMORY", tmp_path)
    monkeypatch.setattr(testing, "BYTES_IN_MEMORY", bytes_needed)
    with a_place_in_memory() as told:
        assert told == {}
        assert list(tmp_path.iterdir()) == []
