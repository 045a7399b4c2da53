"""The page of alerts: who was told and when, what fails, and a drill from beginning to end."""

import pytest
from sqlalchemy import select, update

from plan_store.opening import Store
from plan_store.tables import Alert, AlertStep, AlertTelling, now
from tests.review.conftest import Visitor
from tests.review.people import is_in_danger, somebody


@pytest.fixture
def sam(store: Store) -> str:
    return somebody(store)


def test_nothing_is_open(ann: Visitor) -> None:
    page = ann.opens("/alerts")
    assert "No alert is open." in page.text


def test_an_alert_is_there_at_once_without_its_words(store: Store, ann: Visitor, sam: str) -> None:
    is_in_danger(store, sam, "I cut myself last night")
    page = ann.opens("/alerts")
    assert "Sam" in page.text
    assert "Nobody has said yet that they have seen this." in page.text
    # The words stand on the person's own page, where each opening is written down.
    assert "cut myself" not in page.text


def test_what_cannot_be_sent_is_shown(store: Store, ann: Visitor, sam: str) -> None:
    alert_id = is_in_danger(store, sam, "I cut myself last night")
    with store.writing() as session:
        for who, state, problem in (
            ("lead", "due", "SMTPDataError"),
            ("deputy", "no_address", "no_address"),
        ):
            session.add(
                AlertTelling(
                    alert_id=alert_id,
                    who=who,
                    due_at=now(),
                    state=state,
                    attempts=3,
                    problem=problem,
                )
            )
    for path in ("/alerts", f"/people/{sam}"):
        text = ann.opens(path).text
        assert "The safeguarding lead could not be told (SMTPDataError, tried 3 times)" in text
        assert "The deputy could not be told: no address is set up." in text


def test_a_doubt_is_called_one(store: Store, ann: Visitor, sam: str) -> None:
    is_in_danger(store, sam, "hm")
    with store.writing() as session:
        session.execute(update(Alert).values(tier="concern"))
    assert "The chat was not sure" in ann.opens("/alerts").text
    assert "The chat was not sure" in ann.opens(f"/people/{sam}").text


def test_a_drill_is_started_seen_and_ended(store: Store, ann: Visitor, bob: Visitor) -> None:
    page = ann.sends(ann.opens("/alerts"), "/alerts/drill")
    assert "DRILL. A practice is under way." in page.text
    assert page.title.startswith("DRILL")
    assert "The drill was started by Ann" in page.text
    assert "the deputy will be told" in page.text
    with store.reading() as session:
        assert set(session.scalars(select(AlertTelling.who))) == {"lead", "deputy", "manager"}

    page = bob.sends(bob.opens("/alerts"), "/drill/acknowledge")
    assert "Bob has seen it and acts on it." in page.text
    page = ann.sends(ann.opens("/alerts"), "/drill/end")
    assert "No alert is open." in page.text
    assert "Drill of" in page.text
    with store.reading() as session:
        assert list(session.scalars(select(AlertStep.what).order_by(AlertStep.id))) == [
            "raised",
            "acknowledged",
            "closed",
        ]
        assert set(session.scalars(select(AlertTelling.state))) == {"not_needed"}


def test_a_drill_is_nobody_who_waits(ann: Visitor) -> None:
    ann.sends(ann.opens("/alerts"), "/alerts/drill")
    assert "Nobody waits for you now." in ann.opens("/").text


def test_a_real_alert_is_not_closed_as_a_drill(store: Store, ann: Visitor, sam: str) -> None:
    alert_id = is_in_danger(store, sam, "I cut myself")
    token = ann.opens("/alerts").forms[0].fields["_csrf_token"]
    for what in ("acknowledge", "end", "other"):
        path = f"/alerts/{alert_id}/drill/{what}"
        assert ann.client.post(path, data={"_csrf_token": token}).status_code == 404
    with store.reading() as session:
        assert session.scalars(select(Alert.state)).one() == "open"
