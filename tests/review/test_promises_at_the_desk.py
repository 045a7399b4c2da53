"""Questions, promises and notes at the desk: what comes back, what is late, and what is apart."""

from datetime import timedelta

from sqlalchemy import select, update

from plan_store.causes import Cause
from plan_store.keeping_words import keep_statement
from plan_store.opening import Store
from plan_store.putting_to_the_person import answered
from plan_store.tables import (
    DeskQuestion,
    Incoming,
    Outgoing,
    Promise,
)
from plan_store.the_time_here import today
from tests.review.conftest import Visitor
from tests.review.hoping import count, hope, in_days, sam
from tests.review.people import sends

__all__ = ["hope", "sam"]


def test_a_question_comes_back_with_their_words(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    page = ann.opens(f"/people/{sam}")
    done = ann.sends(
        page, "/questions", {"hope": str(hope)}, words="Which dogs do you like?", by=in_days(4)
    )
    assert "Your question is kept." in done.text
    assert "It is asked in the chat when Sam is not in the middle of something else." in done.text
    assert "promised an answer by" in done.text
    message = sends(store, sam, "big ones")
    with store.writing() as session:
        cause = Cause.message(sam, message)
        said = keep_statement(
            session, cause, session.get_one(Incoming, message), "a", "desk:1", "big ones"
        )
        question = session.scalars(select(DeskQuestion)).one()
        answered(session, cause, question, "words", said)
    page = ann.opens(f"/people/{sam}")
    assert "Which dogs do you like? big ones Typed" in page.text


def test_late_promises_are_listed_and_end_with_words(
    store: Store, ann: Visitor, bob: Visitor, sam: str, hope: int
) -> None:
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/promises", {"hope": str(hope)}, words="Is there room?", by=in_days(2))
    assert "No promise is late." in ann.opens("/promises").text
    with store.writing() as session:
        session.execute(update(Promise).values(by_day=today() - timedelta(days=2)))
    assert "1 promise is late." in ann.opens("/promises").text
    morning = ann.opens("/")
    assert "1 promise whose day has passed" in morning.text
    assert "Late" in morning.text
    page = ann.opens(f"/people/{sam}")
    with store.reading() as session:
        made = session.scalars(select(Promise.id)).one()
    page = ann.sends(page, f"/promises/{made}", words="They have no room now.", how="could_not")
    assert "The promise has ended, and the chat says how" in page.text
    assert "We could not, said Ann" in page.text
    again = bob.opens(f"/people/{sam}")
    assert not [form for form in again.forms if form.action.endswith(f"/promises/{made}")]
    assert "No promise is open." in ann.opens("/promises").text


def test_an_old_page_ends_no_promise_twice(
    store: Store, ann: Visitor, bob: Visitor, sam: str, hope: int
) -> None:
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/promises", {"hope": None}, words="Is there room?", by=in_days(2))
    with store.reading() as session:
        made = session.scalars(select(Promise.id)).one()
    bobs = bob.opens(f"/people/{sam}")
    ann.sends(ann.opens(f"/people/{sam}"), f"/promises/{made}", words="Yes, there is room.")
    page = bob.sends(bobs, f"/promises/{made}", words="No.")
    assert bob.response.status_code == 409
    assert "something happened here after you opened this page" in page.text
    assert "Kept by Ann" in page.text
    assert "Ann ended this promise" in page.text
    assert "What you wrote was not sent: No." in page.text
    with store.reading() as session:
        assert session.scalars(select(Promise.ending)).one() == "Yes, there is room."


def test_notes_stand_apart_and_are_not_sent(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    done = ann.sends(ann.opens(f"/people/{sam}"), "/notes", words="Likes mornings.")
    assert "The note is kept" in done.text
    assert "These are your words, not Sam’s." in done.text
    assert "Ann noted" in done.text
    assert count(store, Outgoing) == 0
