"""A manager forgets somebody: what stays is said first, a double click is one, they are gone."""

from collections.abc import Callable

from sqlalchemy import select

from plan_store.causes import Cause
from plan_store.forgetting import asks_to_be_forgotten
from plan_store.opening import Store
from plan_store.tables import Alert, Answer, Forgetting, Person, Statement
from tests.review.conftest import Visitor, facilitator
from tests.review.people import hopes, is_in_danger, sends, somebody

YES = {"why": "asked", "sure": "yes"}


def way(person_id: str) -> str:
    return f"/people/{person_id}/forget"


def test_what_goes_and_what_must_stay_is_said_with_why_and_how_long(
    store: Store, ann: Visitor
) -> None:
    sam = somebody(store, "Sam")
    hopes(store, sam, "a boat")
    page = ann.opens(f"/people/{sam}")
    assert way(sam) in page.links
    page = ann.opens(way(sam))
    assert "The plan: 1 part, with every word." in page.text
    assert "They have not asked for it in the chat." in page.text
    assert "Nothing that says who they were." in page.text
    is_in_danger(store, sam, "he hits me")
    page = ann.opens(way(sam))
    assert "1 safeguarding alert: the words, what the person is called" in page.text
    assert "Kept for 12 years" in page.text
    assert "UK GDPR article 17(3)(b) and (e)" in page.text
    assert "1 of them is open." in page.text
    assert "he hits me" not in page.text


def test_they_are_gone_from_the_desk_and_it_is_written_down_without_who(
    store: Store, ann: Visitor
) -> None:
    sam = somebody(store, "Sam")
    hopes(store, sam, "a boat")
    voice = {
        "kind": "voice",
        "media_type": "audio/ogg",
        "file": store.files.keep(sam, b"OggS"),
        "state": "kept",
    }
    sends(store, sam, "", "voice", "spoken", voice)
    page = ann.sends(ann.opens(way(sam)), "/forget", **YES)
    assert "They are forgotten" in page.text
    assert "Ann did it, because they asked." in page.text
    assert "Sam" not in page.text
    assert list(store.files.folder.iterdir()) == []
    for path in ("/", "/people"):
        assert sam not in ann.opens(path).html
    for path in (f"/people/{sam}", way(sam)):
        ann.opens(path)
        assert ann.response.status_code == 404
    with store.reading() as session:
        assert session.scalars(select(Person)).all() == []
        assert session.scalars(select(Statement)).all() == []
        (row,) = session.scalars(select(Forgetting)).all()
        assert (row.who, row.why, row.alerts_kept) == ("facilitator", "asked", 0)


def test_a_double_click_is_one(store: Store, ann: Visitor) -> None:
    sam, ash = somebody(store, "Sam"), somebody(store, "Ash")
    form = ann.opens(way(sam))
    for _ in (1, 2):
        assert "They are forgotten" in ann.sends(form, "/forget", **YES).text
    with store.reading() as session:
        assert len(session.scalars(select(Forgetting)).all()) == 1
        assert session.scalars(select(Person.id)).all() == [ash]


def test_without_why_and_without_having_read_it_nothing_is_forgotten(
    store: Store, ann: Visitor
) -> None:
    sam = somebody(store, "Sam")
    page = ann.sends(ann.opens(way(sam)), "/forget")
    assert ann.response.status_code == 422
    assert "Say why. Nothing was forgotten." in page.text
    assert "Tick that you have read it." in page.text
    page = ann.sends(page, "/forget", why="mistake")
    assert ann.response.status_code == 422
    assert page.form("/forget").fields["why"] == "mistake"
    ann.sends(page, "/forget", why="over", sure="yes")
    assert ann.response.status_code == 422, "that a time is over, nobody says here"
    with store.reading() as session:
        assert session.scalars(select(Person.id)).all() == [sam]


def test_their_own_wish_is_shown(store: Store, ann: Visitor) -> None:
    sam = somebody(store, "Sam")
    message = sends(store, sam, "forget me")
    with store.writing() as session:
        person = session.get_one(Person, sam)
        asks_to_be_forgotten(session, Cause.message(sam, message), person)
    assert "They asked for it in the chat." in ann.opens(way(sam)).text


def test_only_a_manager_forgets(store: Store, visit: Callable[[], Visitor]) -> None:
    for name, role in (("Fay", "facilitator"), ("Lea", "safeguarding_lead")):
        who = facilitator(visit, store, name, role)
        sam = somebody(store, "Sam")
        is_in_danger(store, sam, "help")
        assert way(sam) not in who.opens(f"/people/{sam}").links
        who.opens(way(sam))
        assert who.response.status_code == 403
        who.opens("/forgotten")
        assert who.response.status_code == 403


def test_the_alert_of_somebody_who_was_forgotten_is_closed_with_a_reason(
    store: Store, ann: Visitor
) -> None:
    sam = somebody(store, "Sam")
    is_in_danger(store, sam, "he hits me")
    ann.sends(ann.opens(way(sam)), "/forget", **YES)
    page = ann.opens("/alerts")
    assert "This person was forgotten. The alert is kept by law" in page.text
    assert "he hits me" in page.text
    page = ann.sends(page, "/forgotten/acknowledge")
    assert "Ann has seen this and acts on it." in page.text
    page = ann.sends(page, "/forgotten/close")
    assert ann.response.status_code == 422
    assert "Write why this alert is closed. It stays open until then." in page.text
    page = ann.sends(page, "/forgotten/close", reason="The family's social worker knows.")
    assert "No alert is open." in page.text
    with store.reading() as session:
        alert = session.scalars(select(Alert)).one()
        assert (alert.state, alert.about) == ("closed", "Sam")
        assert alert.closing_reason == "The family's social worker knows."
        assert session.scalars(select(Answer)).all() == []
