"""The tables, brought up and down on both databases, and the head file that names the newest."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from plan_store.migrating import MIGRATIONS, down, head, now_at, up
from plan_store.opening import Store
from plan_store.tables import Table


def test_the_migrations_make_exactly_the_tables_of_the_code(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_down_leaves_nothing_and_up_comes_back(store: Store) -> None:
    down(store)
    assert now_at(store) is None
    assert set(inspect(store.engine).get_table_names()) <= {"alembic_version"}
    up(store)
    assert now_at(store) == head()


def test_the_head_file_names_the_newest_migration() -> None:
    newest = max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert newest.startswith(head() + "_")


def test_migrations_are_numbered_without_a_gap() -> None:
    numbers = sorted(
        int(file.name.split("_")[0]) for file in (MIGRATIONS / "versions").glob("[0-9]*.py")
    )
    assert numbers == list(range(1, len(numbers) + 1))
