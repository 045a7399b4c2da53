"""The voice that raised an alert, at the desk: for who sees the alert, and for nobody else."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from plan_store.alerting import Noticed, raise_alert
from plan_store.causes import Cause
from plan_store.forgetting import forget
from plan_store.opening import Store
from plan_store.reaching_people import give_person
from plan_store.sweeping import sweep
from plan_store.tables import Access, AlertStep, Attachment, Facilitator, Incoming
from tests.review.conftest import Visitor, facilitator
from tests.review.people import is_in_danger, sends, somebody

VOICE = b"OggS he hits me"


@pytest.fixture
def sam(store: Store) -> str:
    """Somebody whose voice raised an alert."""
    person_id = somebody(store, "Sam")
    kept = {"kind": "voice", "media_type": "audio/ogg", "state": "kept"}
    kept["file"] = store.files.keep(person_id, VOICE)
    message_id = sends(store, person_id, "", "voice", "spoken", kept)
    with store.writing() as session:
        raise_alert(session, session.get_one(Incoming, message_id), Noticed("abuse", "x"))
    return person_id


@pytest.mark.parametrize("swept", [True, False])
def test_it_is_heard_on_the_persons_page_and_each_opening_is_written_down(
    store: Store, ann: Visitor, sam: str, swept: bool
) -> None:
    if swept:
        sweep(store)
    assert "/alerts/1/recording" in ann.opens(f"/people/{sam}").html
    assert ann.client.get("/alerts/1/recording").content == VOICE
    with store.reading() as session:
        assert "alert:1" in session.scalars(select(Access.what)).all()
        assert "opened_recording" in session.scalars(select(AlertStep.what)).all()


SPOKEN, CAPTION, WRITTEN = "in a voice message", "wrote this under a photo", "Sam wrote this,"


@pytest.mark.parametrize(
    ("kind", "how", "said"),
    [("heard", "spoken", SPOKEN), ("voice", "spoken", SPOKEN), ("photo", "photo", CAPTION)],
)
def test_it_is_said_how_their_words_came(
    store: Store, ann: Visitor, kind: str, how: str, said: str
) -> None:
    person_id = somebody(store, "Sam")
    came = {"kind": kind, "media_type": "x/y", "state": "failed"} if kind != "heard" else None
    message_id = sends(store, person_id, "he hits me", kind, how, came)
    with store.writing() as session:
        raise_alert(session, session.get_one(Incoming, message_id), Noticed("abuse", "x"))
    page = ann.opens(f"/people/{person_id}").text
    assert said in page
    assert WRITTEN not in page


def test_of_who_was_forgotten_it_is_said_too(store: Store, ann: Visitor, sam: str) -> None:
    with store.writing() as session:
        forget(session, sam, Cause(sam, "person"))
    assert f"Sam said this {SPOKEN}" in ann.opens("/alerts").text


def test_what_was_typed_is_said_to_be_written(store: Store, ann: Visitor) -> None:
    person_id = somebody(store, "Sam")
    is_in_danger(store, person_id, "he hits me")
    assert WRITTEN in ann.opens(f"/people/{person_id}").text


def test_what_is_not_fetched_yet_is_on_its_way(store: Store, ann: Visitor, sam: str) -> None:
    with store.writing() as session:
        session.execute(update(Attachment).values(state="due", file=None))
    html = ann.opens(f"/people/{sam}").html
    assert "/alerts/1/recording" not in html
    assert "The voice is still on its way to us." in html
    assert ann.client.get("/alerts/1/recording").status_code == 404


def test_forgotten_it_is_heard_by_who_closes_alerts(
    store: Store, visit: Callable[[], Visitor], sam: str
) -> None:
    lead = facilitator(visit, store, "Lea", "safeguarding_lead")
    fay = facilitator(visit, store, "Fay", "facilitator")
    with store.writing() as session:
        hers = next(each.id for each in session.scalars(select(Facilitator)) if each.name == "Fay")
        give_person(session, Cause.by_click(sam, hers, "c" * 32), hers)
    assert fay.client.get("/alerts/1/recording").status_code == 200
    with store.writing() as session:
        forget(session, sam, Cause(sam, "person"))
    page = lead.opens("/alerts")
    assert "/alerts/1/recording" in page.html
    assert lead.client.get("/alerts/1/recording").content == VOICE
    assert fay.client.get("/alerts/1/recording").status_code == 404


def test_others_see_none_of_it(store: Store, visit: Callable[[], Visitor], sam: str) -> None:
    other = facilitator(visit, store, "Oz", "facilitator")
    keeper = facilitator(visit, store, "Ada", "administrator")
    assert other.client.get("/alerts/1/recording").status_code == 404
    assert other.client.get("/alerts/99/recording").status_code == 404
    assert keeper.client.get("/alerts/1/recording").status_code == 403
