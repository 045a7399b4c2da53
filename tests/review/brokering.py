"""A catalogue and a budget for tests of the desk, put there by the store's own functions."""

from datetime import date

from sqlalchemy import select

from plan_store.budgeting import set_budget
from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.causes import Cause
from plan_store.keeping_options import import_options
from plan_store.opening import Store
from plan_store.plain_words import read_lists
from plan_store.reading_options import read_file
from plan_store.tables import LocalOption

EXAMPLE = DATA / "options" / "example.csv"
TODAY = date(2026, 11, 23)


def has_the_example(store: Store) -> dict[str, int]:
    """The invented catalogue; the id of each option by its code without "example-"."""
    options = read_file(EXAMPLE.read_bytes(), read_catalogue_rules(), read_lists(DATA), TODAY)
    with store.writing() as session:
        import_options(session, options)
        found = session.scalars(select(LocalOption)).all()
        return {option.code.removeprefix("example-"): option.id for option in found}


def has_a_budget(store: Store, person_id: str, by: int, weekly: int) -> None:
    """So many pence a week, not yet agreed."""
    with store.writing() as session:
        cause = Cause.by_click(person_id, by, "b" * 32)
        set_budget(session, cause, 0, weekly=weekly, yearly=0, once=0, direct_payment=0)
