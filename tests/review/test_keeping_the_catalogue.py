"""The catalogue on the desk: imported, found, changed by one and not overwritten by another."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from plan_store.opening import Store
from plan_store.reading_options import COLUMNS
from plan_store.tables import LocalOption, LocalOptionVersion
from tests.review.brokering import EXAMPLE, has_the_example
from tests.review.conftest import Visitor, facilitator
from tests.review.pages import Page

ONE = {
    **dict.fromkeys(COLUMNS, ""),
    "code": "a-club",
    "title": "A club",
    "says": "You meet people.",
    "kind": "club",
    "home": "area",
    "cost_from": "4",
    "cost_to": "6.50",
    "unit": "session",
    "place": "Derby",
    "source": "us",
    "checked": "2026-11-01",
}


def imports(visitor: Visitor, content: bytes, name: str = "ours.csv") -> Page:
    form = visitor.opens("/options").form("/options/import")
    visitor.response = visitor.client.post(
        form.action,
        data={"_csrf_token": form.fields["_csrf_token"]},
        files={"file": (name, content, "text/csv")},
    )
    return Page(visitor.response.text)


def test_a_file_is_imported_and_again_changes_nothing(ann: Visitor, store: Store) -> None:
    page = imports(ann, EXAMPLE.read_bytes())
    assert "10 new, 0 changed, 0 as before." in page.text
    assert "Millbrook Dog Walkers" in page.text
    page = imports(ann, EXAMPLE.read_bytes())
    assert "0 new, 0 changed, 10 as before." in page.text
    with store.reading() as session:
        by = session.scalars(select(LocalOptionVersion.facilitator_id)).all()
    assert by == [1] * 10


def test_a_bad_row_is_named_with_its_line_and_nothing_is_imported(
    ann: Visitor, store: Store
) -> None:
    page = imports(ann, EXAMPLE.read_bytes().replace(b",bus,", b",x,").replace(b",club,", b",y,"))
    assert ann.response.status_code == 422
    assert "Nothing was imported" in page.text
    assert "Line 8. Kind “y” is not known." in page.text
    assert page.title.startswith("Error:")
    with store.reading() as session:
        assert session.scalars(select(LocalOption)).all() == []
    assert "There is no option in this file." in imports(ann, b"").text
    assert "This is no CSV file in UTF-8" in imports(ann, b"\xff\xd8\xff", "photo.jpg").text


def test_what_is_looked_for_is_found_and_what_is_old_is_marked(ann: Visitor, store: Store) -> None:
    has_the_example(store)
    page = ann.opens("/options?area=work_learning&free=yes")
    assert "Millbrook Dog Walkers" in page.text
    assert "A helper at work" not in page.text
    assert "Garden Friends" not in page.text
    page = ann.opens("/options?place=Highfield+pool")
    assert "Quiet swim" in page.text
    assert "Checked more than 12 months ago" in page.text
    assert "Nothing fits what you look for" in ann.opens("/options?words=%25").text


def test_an_option_is_added_and_its_mistakes_stand_at_their_fields(
    ann: Visitor, store: Store
) -> None:
    page = ann.sends(
        ann.opens("/options/new"), "/options/new", **(ONE | {"cost_to": "3", "says": ""})
    )
    assert ann.response.status_code == 422
    assert "Cost to “3” is less than where the cost begins (4)." in page.text
    assert "Words for the chat is missing." in page.text
    assert page.form("/options/new").fields["title"] == "A club"
    page = ann.sends(page, "/options/new", **ONE)
    assert "The option is in the catalogue" in page.text
    assert "Club, Derby. £4 to £6.50 each time." in page.text
    page = ann.sends(ann.opens("/options/new"), "/options/new", **ONE)
    assert "Its code “a-club” is taken by another option." in page.text


def test_two_at_once_the_second_sees_what_the_first_did(
    ann: Visitor, bob: Visitor, store: Store
) -> None:
    option = has_the_example(store)["swim"]
    anns, bobs = ann.opens(f"/options/{option}"), bob.opens(f"/options/{option}")
    ann.sends(anns, f"/options/{option}", place="Belper")
    page = bob.sends(bobs, f"/options/{option}", title="Very quiet swim")
    assert bob.response.status_code == 409
    assert "Somebody changed this option after you opened it." in page.text
    assert page.form(f"/options/{option}").fields["title"] == "Very quiet swim"
    assert "Belper" in page.text
    bob.sends(page, f"/options/{option}", title="Very quiet swim", place="Belper")
    with store.reading() as session:
        kept = session.get_one(LocalOption, option)
        assert (kept.title, kept.place, kept.version) == ("Very quiet swim", "Belper", 3)
    versions = ann.opens(f"/options/{option}").text
    assert "Changed at the desk by Bob" in versions
    assert "Imported" in versions


def test_it_is_offered_no_more_and_comes_back(ann: Visitor, store: Store) -> None:
    option = has_the_example(store)["swim"]
    stale = ann.opens(f"/options/{option}")
    page = ann.sends(stale, f"/options/{option}/end")
    assert "The option is offered no more" in page.text
    assert "Quiet swim" not in ann.opens("/options").text
    assert "Quiet swim" in ann.opens("/options?ended=yes").text
    page = ann.sends(stale, f"/options/{option}/end")
    assert ann.response.status_code == 409
    ann.sends(ann.opens(f"/options/{option}"), f"/options/{option}")
    assert "Quiet swim" in ann.opens("/options").text


@pytest.mark.parametrize("role", ["safeguarding_lead", "administrator"])
def test_others_do_not_keep_it(role: str, visit: Callable[[], Visitor], store: Store) -> None:
    somebody = facilitator(visit, store, "Lea", role)
    assert "Options" not in [link.strip("/") for link in somebody.opens("/").links]
    somebody.opens("/options")
    assert somebody.response.status_code == 403


def test_what_is_not_there_is_not_found(ann: Visitor) -> None:
    ann.opens("/options/999")
    assert ann.response.status_code == 404
