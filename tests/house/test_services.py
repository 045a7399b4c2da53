"""The services that tests get from `./myway test`: there, reachable, and really what they say."""

import os
import socket
from pathlib import Path

import psycopg
import pytest
import redis
from mirakuru import TCPExecutor

from house.testing import command_for, postgres_url
from tests.conftest import NEEDED


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


def test_without_postgresql_pytest_runs_alone() -> None:
    command = command_for(["-k", "desk"], None)
    assert command[1:] == ["-m", "pytest", "-k", "desk"]


def test_with_postgresql_pytest_runs_inside_a_throw_away_one() -> None:
    command = command_for(["-x"], "/usr/bin/pg_virtualenv")
    assert command[0] == "/usr/bin/pg_virtualenv"
    assert command[-3:] == ["house.testing", "--inside", "-x"]


def test_the_address_is_made_of_what_pg_virtualenv_says() -> None:
    said = {
        "PGUSER": "postgres",
        "PGPASSWORD": "abc",
        "PGHOST": "localhost",
        "PGPORT": "5433",
        "PGDATABASE": "postgres",
    }
    assert postgres_url(said) == "postgresql://postgres:abc@localhost:5433/postgres"


def test_every_need_says_how_to_get_it() -> None:
    assert all(how.startswith("apt-get install ") for _, how in NEEDED.values())
