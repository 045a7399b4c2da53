"""On a person's page: what they can decide, noted one by one; and the day on which they are 16."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from plan_store.becoming_sixteen import month_of, months_before
from plan_store.causes import Cause
from plan_store.opening import Store
from plan_store.reaching_people import give_person
from plan_store.tables import CapacityNote, ComingOfAge, Outgoing, Place, now
from tests.review.conftest import Visitor, facilitator
from tests.review.people import hopes, somebody

TODAY = now().date()


def found(**other: str) -> dict[str, str]:
    """A note as it is typed."""
    typed = {
        "decision": "To move to a flat",
        "help": "Three visits, and pictures of both places.",
        "finding": "can",
        "shown_by": "He told us what is good and bad about both.",
        "on": TODAY.isoformat(),
        "review_on": "",
    }
    return typed | other


def under_16(store: Store, month: date) -> str:
    kit = somebody(store, "Kit")
    with store.writing() as session:
        session.add(ComingOfAge(person_id=kit, month=month))
        session.get_one(Place, kit).serial = 3
    return kit


def test_a_note_is_kept_with_who_wrote_it_and_a_double_click_is_one(
    store: Store, ann: Visitor
) -> None:
    sam = somebody(store)
    page = ann.opens(f"/people/{sam}")
    assert "Everybody of 16 or over can decide" in page.text
    assert "Nothing else was shown for Sam." in page.text
    for principle in (
        "Nobody has to prove that they can decide.",
        "Help first",
        "A choice that others find unwise is still theirs.",
    ):
        assert principle in page.text
    for _ in (1, 2):
        done = ann.sends(page, "/decisions", **found())
        assert "The note is kept" in done.text
    assert "To move to a flat" in done.text
    assert "They can decide this. It says nothing about any other decision." in done.text
    assert "Recorded by Ann" in done.text
    with store.reading() as session:
        assert len(session.scalars(select(CapacityNote)).all()) == 1
    ann.sends(done, "/decisions", **found(decision="To take a loan"))
    with store.reading() as session:
        assert len(session.scalars(select(CapacityNote)).all()) == 2


def test_help_comes_first_and_what_was_typed_comes_back(store: Store, ann: Visitor) -> None:
    page = ann.opens(f"/people/{somebody(store)}")
    again = ann.sends(page, "/decisions", **found(help="", finding="cannot"))
    assert ann.response.status_code == 422
    assert again.title.startswith("Error:")
    assert "Write what was done to help them decide. Help comes first." in again.text
    assert "Write when it is looked at again" in again.text
    fields = again.form("/decisions").fields
    assert (fields["decision"], fields["finding"]) == ("To move to a flat", "cannot")
    later = (TODAY + timedelta(days=90)).isoformat()
    done = ann.sends(again, "/decisions", help="Her sister explained it.", review_on=later)
    assert "They could not decide this on that day, with all the help." in done.text
    assert "Looked at again" in done.text


def test_there_is_no_way_to_change_or_take_back_a_note(store: Store, ann: Visitor) -> None:
    page = ann.opens(f"/people/{somebody(store)}")
    done = ann.sends(page, "/decisions", **found())
    assert len([form for form in done.forms if "decision" in form.action]) == 1


def test_under_16_there_is_no_such_form_and_none_is_taken(store: Store, ann: Visitor) -> None:
    kit, sam = under_16(store, months_before(now())[1]), somebody(store)
    page = ann.opens(f"/people/{kit}")
    assert "begin at 16, by the Mental Capacity Act" in page.text
    assert not [form for form in page.forms if form.action.endswith("/decisions")]
    form = ann.opens(f"/people/{sam}").form("/decisions")
    response = ann.client.post(f"/people/{kit}/decisions", data=form.fields | found())
    assert response.status_code == 404
    with store.reading() as session:
        assert session.scalars(select(CapacityNote)).all() == []


def test_in_their_month_a_facilitator_who_knows_the_day_says_it(store: Store, ann: Visitor) -> None:
    kit = under_16(store, month_of(now()))
    page = ann.opens(f"/people/{kit}")
    for _ in (1, 2):
        done = ann.sends(page, "/sixteen")
        assert "Noted: they are 16, and the chat tells them" in done.text
    assert "has decided by themselves since" in done.text
    assert not [form for form in done.forms if form.action.endswith("/sixteen")]
    with store.reading() as session:
        assert session.scalars(select(Outgoing.key)).all() == ["sixteen_now"]


def test_before_their_month_nobody_can_say_it(store: Store, ann: Visitor) -> None:
    this, following = under_16(store, month_of(now())), under_16(store, months_before(now())[1])
    form = ann.opens(f"/people/{this}").form("/sixteen")
    page = ann.opens(f"/people/{following}")
    assert not [each for each in page.forms if each.action.endswith("/sixteen")]
    response = ann.client.post(f"/people/{following}/sixteen", data=form.fields)
    assert response.status_code == 404


def test_the_desk_shows_that_family_is_asked_again(store: Store, ann: Visitor) -> None:
    kit = under_16(store, month_of(now()))
    hopes(store, kit, "a flat", "family")
    done = ann.sends(ann.opens(f"/people/{kit}"), "/sixteen")
    assert "Sharing with family is asked again." in done.text
    assert "Until then family sees what Kit chose before." in done.text


@pytest.mark.parametrize(("role", "may"), [("facilitator", True), ("safeguarding_lead", False)])
def test_who_reads_only_is_shown_no_form(
    store: Store, visit: Callable[[], Visitor], role: str, may: bool
) -> None:
    who = facilitator(visit, store, "Lea", role)
    sam = somebody(store)
    with store.writing() as session:
        if may:
            give_person(session, Cause.by_click(sam, 1, "c" * 32), 1)
    page = who.opens(f"/people/{sam}")
    assert bool([form for form in page.forms if form.action.endswith("/decisions")]) is may
