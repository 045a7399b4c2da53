"""The tables, brought up and down on both databases, and the head file that names the newest."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from plan_store.migrating import MIGRATIONS, down, head, now_at, up
from plan_store.opening import Store
from plan_store.tables import Place, Table
from tests.plan_store.telling_a_plan import Teller


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


def test_back_before_deciding_nobody_is_asked_by_the_desk(store: Store) -> None:
    """What waited there was of tables that are gone; whoever was elsewhere stays where they are."""
    at_the_desk, parked, elsewhere = (Teller(store).person_id for _ in range(3))
    with store.writing() as session:
        for person_id, expecting, comes_back_to in (
            (at_the_desk, "deciding", None),
            (parked, "confirm", {"expecting": "deciding", "question": "desk:1"}),
            (elsewhere, "words", {"expecting": "words", "question": "ask_hope"}),
        ):
            place = session.get_one(Place, person_id)
            place.expecting, place.question = expecting, "desk:1"
            place.comes_back_to = comes_back_to
    down(store, "0007")
    with store.engine.connect() as connection:
        rows = connection.execute(text("SELECT person_id, expecting, question FROM place"))
        places = {person_id: (expecting, question) for person_id, expecting, question in rows}
    assert places == {
        at_the_desk: ("nothing", None),
        parked: ("nothing", None),
        elsewhere: ("words", "desk:1"),
    }
    up(store)


def test_back_before_packs_nobody_is_asked_about_one(store: Store) -> None:
    asked, parked, elsewhere = (Teller(store).person_id for _ in range(3))
    with store.writing() as session:
        for person_id, question, comes_back_to in (
            (asked, "ask_pack_hope:1:2:3", None),
            (parked, "ask_delete", {"expecting": "deciding", "question": "ask_pack:1"}),
            (elsewhere, "desk:1", {"expecting": "words", "question": "ask_hope"}),
        ):
            place = session.get_one(Place, person_id)
            place.expecting, place.question = "deciding", question
            place.comes_back_to = comes_back_to
    down(store, "0012")
    with store.engine.connect() as connection:
        rows = connection.execute(text("SELECT person_id, expecting, question FROM place"))
        places = {person_id: (expecting, question) for person_id, expecting, question in rows}
    assert places == {
        asked: ("nothing", None),
        parked: ("nothing", None),
        elsewhere: ("deciding", "desk:1"),
    }
    up(store)
