"""A fresh plan store for each test, on SQLite and on PostgreSQL.

The tables are migrated once a session into a template; each test gets a copy of its own.
PostgreSQL is used where TEST_POSTGRES_URL names a server on which databases may be made.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from plan_store.migrating import up
from plan_store.opening import Store, open_store
from plan_store.sealing.master_keys import keep_master_keys
from plan_store.settings import StoreSettings

POSTGRES = "TEST_POSTGRES_URL"
MASTER_KEY = "5e" * 32
# Every test of the store runs on both.
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that nobody writes to."""
    settings = _with_the_master_key(_settings(tmp_path_factory.mktemp("template"), ""))
    store = open_store(settings)
    up(store)
    store.close()
    return settings.var_folder / "myway.sqlite"


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """A migrated database on the server that nobody connects to."""
    server = make_url(_settings(Path(), os.environ[POSTGRES]).store_url)
    template = server.set(database=_fresh_name("template"))
    _on_server(server, f'CREATE DATABASE "{template.database}"')
    folder = tmp_path_factory.mktemp("postgres")
    store = open_store(
        _with_the_master_key(_settings(folder, template.render_as_string(hide_password=False)))
    )
    up(store)
    store.close()
    yield template
    _on_server(server, f'DROP DATABASE "{template.database}" WITH (FORCE)')


@contextmanager
def a_store(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[StoreSettings]:
    """Settings of a migrated, empty store of its own; a fixture of any scope may hold one."""
    if kind == "sqlite":
        settings = _with_the_master_key(_settings(folder / "var", ""))
        shutil.copy(
            request.getfixturevalue("sqlite_template"), settings.var_folder / "myway.sqlite"
        )
        yield settings
        return
    template: URL = request.getfixturevalue("postgres_template")
    mine = template.set(database=_fresh_name("test"))
    _on_server(template, f'CREATE DATABASE "{mine.database}" TEMPLATE "{template.database}"')
    yield _with_the_master_key(
        _settings(folder / "var", mine.render_as_string(hide_password=False))
    )
    _on_server(template, f'DROP DATABASE "{mine.database}" WITH (FORCE)')


@pytest.fixture(params=BOTH)
def store_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StoreSettings]:
    """Settings of a migrated, empty store of this test's own."""
    with a_store(request, request.param, tmp_path) as settings:
        yield settings


@pytest.fixture
def store(store_settings: StoreSettings) -> Iterator[Store]:
    """The store itself, closed after the test."""
    opened = open_store(store_settings)
    yield opened
    opened.close()


def _settings(var_folder: Path, database_url: str) -> StoreSettings:
    """Settings as given here, whatever the environment or `.env` of the machine says."""
    return StoreSettings.model_construct(var_folder=var_folder, database_url=database_url)


def _with_the_master_key(settings: StoreSettings) -> StoreSettings:
    """A copied template opens only with the key it was made with; processes find it there too."""
    keep_master_keys(settings, [MASTER_KEY])
    return settings


def _fresh_name(what: str) -> str:
    return f"myway_{what}_{secrets.token_hex(6)}"


def _on_server(server: URL, statement: str) -> None:
    engine = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
