"""A catalogue and a budget for tests of the desk, put there by the store's own functions."""

from datetime import date, timedelta

from sqlalchemy import select

from plan_store.brokering_a_hope import choose_option
from plan_store.budgeting import set_budget
from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.causes import Cause
from plan_store.keeping_options import import_options
from plan_store.meeting_up import Planned, plan_meeting
from plan_store.opening import Store
from plan_store.plain_words import read_lists
from plan_store.reading_options import read_file
from plan_store.tables import Facilitator, LocalOption, new_id, now

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


def has_an_option(store: Store, person_id: str, hope_id: int) -> int:
    """Something chosen for this hope by whoever was first at the desk; its id."""
    option_id = has_the_example(store)["dog-walkers"]
    with store.writing() as session:
        by = session.scalars(select(Facilitator.id).order_by(Facilitator.id)).first()
        cause = Cause.by_click(person_id, by or 0, new_id())
        chosen = choose_option(session, cause, hope_id, 0, option_id, None)
        assert chosen is not None
        return chosen.id


def has_a_meeting(store: Store, person_id: str, place: str, in_days: float = 7) -> int:
    """A meeting that is planned; its id."""
    with store.writing() as session:
        by = session.scalars(select(Facilitator.id).order_by(Facilitator.id)).first()
        cause = Cause.by_click(person_id, by or 0, new_id())
        at = (now() + timedelta(days=in_days)).replace(second=0, microsecond=0)
        planned = Planned(at, place, 12_00, 5_50, 0)
        meeting = plan_meeting(session, cause, planned)
        assert meeting is not None
        return meeting.id
