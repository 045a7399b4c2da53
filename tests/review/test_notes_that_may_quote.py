"""Something was deleted: notes from when staff could read it are to be looked at, and no others."""

from sqlalchemy import select

from plan_store.causes import Cause, note
from plan_store.deleting import delete_item, delete_statement
from plan_store.keeping_words import newest_part
from plan_store.opening import Store
from plan_store.tables import Aspiration, History
from tests.review.conftest import Visitor
from tests.review.people import hopes, says, sends, somebody

LOOK = "Please look at this note: Sam deleted something since"


def notes(ann: Visitor, person_id: str, words: str) -> None:
    page = ann.opens(f"/people/{person_id}")
    assert "The note is kept" in ann.sends(page, "/notes", words=words).text


def deletes(store: Store, hope_id: int) -> None:
    with store.reading() as session:
        person_id = session.get_one(Aspiration, hope_id).person_id
    cause = Cause.message(person_id, sends(store, person_id, "yes"))
    with store.writing() as session:
        delete_item(session, cause, session.get_one(Aspiration, hope_id))


def test_a_note_from_before_is_marked_and_a_newer_one_is_not(ann: Visitor, store: Store) -> None:
    sam = somebody(store, "Sam")
    notes(ann, sam, "Came with Jo.")
    hope = hopes(store, sam, "I want to work with zebras")
    notes(ann, sam, "Said: I want to work with zebras.")
    assert LOOK not in ann.opens(f"/people/{sam}").text
    deletes(store, hope)
    notes(ann, sam, "Rang today.")
    page = ann.opens(f"/people/{sam}").text
    # The newest stands first: the one between is the one that may quote it.
    newest, between, oldest = (
        page.index(words) for words in ("Rang today.", "Said: I want", "Came with Jo.")
    )
    assert page.count(LOOK) == 1
    assert newest < between < page.index(LOOK) < oldest
    with store.reading() as session:
        assert "zebras" not in str(session.scalars(select(History.what)).all())


def test_one_part_that_was_deleted_marks_it_too(ann: Visitor, store: Store) -> None:
    sam = somebody(store, "Sam")
    hope = hopes(store, sam, "I want to work with zebras")
    says(store, hope, "help", "my uncle Zebedee")
    notes(ann, sam, "The uncle is called Zebedee.")
    cause = Cause.message(sam, sends(store, sam, "yes"))
    with store.writing() as session:
        part = newest_part(session, hope, "help")
        assert part is not None
        delete_statement(session, cause, part)
        note(session, cause, "deletes", "statement", part.id)
    assert LOOK in ann.opens(f"/people/{sam}").text


def test_what_was_never_shared_is_not_told_of(ann: Visitor, store: Store) -> None:
    sam = somebody(store, "Sam")
    hope = hopes(store, sam, "I want to work with zebras", "me")
    notes(ann, sam, "Came with Jo.")
    deletes(store, hope)
    assert LOOK not in ann.opens(f"/people/{sam}").text
