"""The catalogue on the desk: imported, found, changed by one and not overwritten by another."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.keeping_options import add_option
from plan_store.opening import Store
from plan_store.plain_words import read_lists
from plan_store.reading_options import COLUMNS, read_option
from plan_store.tables import Aspiration, LocalOption, LocalOptionVersion
from tests.review.brokering import EXAMPLE, TODAY, has_the_example
from tests.review.conftest import Visitor, facilitator
from tests.review.pages import Page
from tests.review.people import hopes, somebody

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


def many(store: Store, count: int) -> None:
    """A catalogue of so many clubs, every other one free."""
    with store.writing() as session:
        for number in range(count):
            free = number % 2
            option = {name: ONE[name] for name in COLUMNS} | {
                "code": f"club-{number}",
                "title": f"Club {number:03}",
                "life_areas": "home",
                "cost_from": "" if free else "4",
                "cost_to": "" if free else "6.50",
                "unit": "free" if free else "session",
            }
            read = read_option(option, read_catalogue_rules(), read_lists(DATA), TODAY)
            add_option(session, read, 1)


def test_many_options_come_a_page_at_a_time(ann: Visitor, store: Store) -> None:
    many(store, 105)
    page = ann.opens("/options")
    assert "105 options, by name: page 1 of 3." in page.text
    assert ("Club 049" in page.text, "Club 050" in page.text) == (True, False)
    page = ann.opens("/options?words=club&page=3")
    assert ("Club 104" in page.text, "Club 099" in page.text) == (True, False)
    (before,) = [link for link in page.links if "page=" in link]
    assert before == "/options?words=club&page=2"
    assert "Club 050" in ann.opens(before).text
    # What is left to a rule is counted the same; a page too far is the last one.
    page = ann.opens("/options?free=yes&page=99")
    assert "52 options, by name: page 2 of 2." in page.text
    assert [link for link in page.links if "page=" in link] == ["/options?free=True&page=1"]
    hope = hopes(store, somebody(store, "Sam"), "I want to meet people")
    with store.reading() as session:
        person_id = session.get_one(Aspiration, hope).person_id
    find = f"/people/{person_id}/hopes/{hope}/find"
    assert f"{find}?page=2" in ann.opens(find).links
    assert "Club 104" in ann.opens(f"{find}?page=3").text


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
