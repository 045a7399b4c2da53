"""One decision, one day, by a person: added, never changed, and nothing about anything else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, update

from plan_store.becoming_sixteen import TooYoung, become_16
from plan_store.causes import Cause
from plan_store.noting_capacity import Found, NotWhole, capacity_notes, note_capacity
from plan_store.opening import Store
from plan_store.showing import everything_about
from plan_store.tables import CapacityNote, ComingOfAge, History, Person, now
from tests.plan_store.telling_a_plan import Teller
from tests.plan_store.test_becoming_sixteen import young
from tests.plan_store.test_roles import account
from tests.plan_store.test_sealing import everything_in

TODAY = now().date()
FLAT = Found(
    "To move to a flat in Marmalade Street",
    "Three visits, pictures of both places, his sister there.",
    "can",
    "He told us what is good and bad about both.",
    TODAY,
    None,
)
LOAN = replace(FLAT, decision="To take a loan", finding="cannot", review_on=TODAY + timedelta(90))


def click(store: Store, person_id: str, key: str = "a") -> Cause:
    who = account(store, f"ann{key}", "facilitator")
    return Cause.by_click(person_id, who.id, key * 32)


def notes(store: Store, cause: Cause, *found: Found) -> None:
    for number, each in enumerate(found):
        with store.writing() as session:
            again = replace(cause, click=f"{number}".rjust(32, "b"))
            assert note_capacity(session, again, each)


def test_each_decision_has_a_note_of_its_own_and_who_wrote_it(store: Store) -> None:
    sam = Teller(store)
    cause = click(store, sam.person_id)
    notes(store, cause, FLAT, LOAN)
    with store.reading() as session:
        found = capacity_notes(session, sam.person_id)
        assert [(note.decision, note.finding, note.by) for note in found] == [
            (LOAN.decision, "cannot", "anna"),
            (FLAT.decision, "can", "anna"),
        ]
        assert found[0].review_on == TODAY + timedelta(90)
        item = session.scalars(select(History).where(History.what == "notes_capacity")).all()
        assert [row.facilitator_id for row in item] == [cause.facilitator_id] * 2


def test_a_double_click_is_one_note(store: Store) -> None:
    sam = Teller(store)
    cause = click(store, sam.person_id)
    for once in (True, False):
        with store.writing() as session:
            assert note_capacity(session, cause, FLAT) is once


def test_a_later_look_is_one_more_note_and_the_older_one_stands(store: Store) -> None:
    sam = Teller(store)
    cause = click(store, sam.person_id)
    notes(store, cause, replace(LOAN, on=TODAY - timedelta(9)), replace(LOAN, finding="can"))
    with store.reading() as session:
        assert [n.finding for n in capacity_notes(session, sam.person_id)] == ["can", "cannot"]


@pytest.mark.parametrize(
    ("found", "missing"),
    [
        (replace(FLAT, decision=" "), {"decision": "missing"}),
        (replace(FLAT, help=""), {"help": "missing"}),
        (replace(FLAT, shown_by=""), {"shown_by": "missing"}),
        (replace(FLAT, finding="never"), {"finding": "missing"}),
        (replace(FLAT, on=None), {"on": "missing"}),
        (replace(FLAT, on=TODAY + timedelta(2)), {"on": "to_come"}),
        (replace(LOAN, review_on=None), {"review_on": "missing"}),
        (replace(LOAN, review_on=TODAY), {"review_on": "past"}),
        (replace(FLAT, help="x" * 2001), {"help": "too_long"}),
    ],
)
def test_help_comes_first_and_nothing_is_noted_half(
    store: Store, found: Found, missing: dict[str, str]
) -> None:
    sam = Teller(store)
    cause = click(store, sam.person_id)
    with pytest.raises(NotWhole) as refused, store.writing() as session:
        note_capacity(session, cause, found)
    assert refused.value.missing == missing
    with store.reading() as session:
        assert session.scalars(select(CapacityNote)).all() == []


def test_it_is_for_people_of_16_or_over(store: Store) -> None:
    kit = young(store)
    with store.writing() as session:
        month = (TODAY.replace(day=1) + timedelta(days=40)).replace(day=1)
        session.execute(update(ComingOfAge).values(month=month))
    cause = click(store, kit.person_id)
    with pytest.raises(TooYoung), store.writing() as session:
        note_capacity(session, cause, FLAT)
    assert become_16(store, now() + timedelta(days=100)) == 1
    with store.writing() as session:
        assert note_capacity(session, cause, FLAT)


def test_there_is_no_general_label_on_anybody(store: Store) -> None:
    """Nothing about deciding stands with the person: only with one decision on one day."""
    columns = {column.key for column in inspect(Person).columns}
    assert not any("capacity" in name or "decide" in name for name in columns)
    note = inspect(CapacityNote).columns
    assert not note.decision.nullable
    assert not note.decided_on.nullable
    assert not note.facilitator_id.nullable


def test_they_can_see_it_and_nobody_reads_it_in_the_database(store: Store) -> None:
    sam = Teller(store)
    notes(store, click(store, sam.person_id), LOAN)
    raw = everything_in(store)
    for words in (LOAN.decision, "pictures of both", "told us", "cannot"):
        assert words not in raw, words
    with store.reading() as session:
        shown = everything_about(session, sam.person_id)
    assert shown is not None
    (row,) = shown["capacity_note"]
    assert (row["decision"], row["finding"]) == (LOAN.decision, "cannot")
    assert row["decided_on"] == TODAY.isoformat()
