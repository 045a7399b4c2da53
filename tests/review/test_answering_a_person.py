"""Answering: one click is one answer, nobody overwrites anybody, and nothing typed is lost."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from plan_store.opening import Store
from plan_store.tables import Alert, Answer, Aspiration, Call, Contact, History, Outgoing
from tests.review.conftest import Visitor
from tests.review.people import (
    agrees,
    asks_for_a_person,
    hopes,
    is_in_danger,
    says,
    somebody,
)

GENERAL = {"hope": None}


@pytest.fixture
def sam(store: Store) -> str:
    return somebody(store)


@pytest.fixture
def hope(store: Store, sam: str) -> int:
    return hopes(store, sam, "I want to work with dogs")


def all_of(store: Store, *columns: Any) -> list[Any]:
    with store.reading() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0]))]


def test_an_answer_arrives_in_the_outbox(store: Store, ann: Visitor, sam: str, hope: int) -> None:
    page = ann.opens(f"/people/{sam}")
    done = ann.sends(page, "/answers", {"hope": str(hope)}, words="Which dogs?\r\nI like big ones.")

    assert done.title.startswith("Sent: Sam")
    assert "Your answer is kept Waiting to be sent to the chat." in done.text
    assert "Ann answered" in done.text
    assert "Sam's turn" in done.text
    ((answer_id, words, aspiration_id),) = all_of(
        store, Answer.id, Answer.words, Answer.aspiration_id
    )
    assert (words, aspiration_id) == ("Which dogs?\nI like big ones.", hope)
    assert all_of(store, Outgoing.key, Outgoing.filling, Outgoing.state, Outgoing.cause_id) == [
        ("facilitator_says", {"words": {"answer": answer_id}}, "due", None)
    ]
    with store.reading() as session:
        assert session.get_one(Aspiration, hope).whose_turn == "person"
        whats = session.scalars(select(History.what).where(History.click.is_not(None))).all()
    assert set(whats) == {"answers", "facilitator_answers"}


def test_an_answer_in_general_closes_the_call(store: Store, ann: Visitor, sam: str) -> None:
    asks_for_a_person(store, sam, "can I talk to somebody")
    page = ann.opens(f"/people/{sam}")
    assert "can I talk to somebody" in page.text
    ann.sends(page, "/answers", GENERAL, words="Yes. I am Ann. I am a person.")
    with store.reading() as session:
        assert session.scalar(select(Call.answered_at)) is not None


def test_a_double_click_is_one_answer(store: Store, ann: Visitor, sam: str, hope: int) -> None:
    page = ann.opens(f"/people/{sam}")
    for _ in range(3):
        done = ann.sends(page, "/answers", {"hope": str(hope)}, words="Which dogs do you like?")
        assert "Your answer is kept" in done.text
    assert len(all_of(store, Answer.id)) == 1
    assert len(all_of(store, Outgoing.id)) == 1


@pytest.mark.parametrize("about", ["hope", "general"])
async def test_two_clicks_at_the_same_moment_are_one_answer(
    store: Store, ann: Visitor, sam: str, hope: int, about: str
) -> None:
    page = ann.opens(f"/people/{sam}")
    form = page.form("/answers", {"hope": str(hope)} if about == "hope" else GENERAL)
    filled = form.fields | {"words": "Which dogs do you like?"}

    def press() -> str:
        return ann.client.post(form.action, data=filled, follow_redirects=False).headers["location"]

    led_to = await asyncio.gather(*(asyncio.to_thread(press) for _ in range(4)))

    ((answer_id,),) = all_of(store, Answer.id)
    assert set(led_to) == {f"/people/{sam}?sent={answer_id}"}
    assert len(all_of(store, Outgoing.id)) == 1


def test_of_two_facilitators_the_second_sees_what_the_first_did(
    store: Store, ann: Visitor, bob: Visitor, sam: str, hope: int
) -> None:
    anns, bobs = ann.opens(f"/people/{sam}"), bob.opens(f"/people/{sam}")
    ann.sends(anns, "/answers", {"hope": str(hope)}, words="Which dogs do you like?")

    page = bob.sends(bobs, "/answers", {"hope": str(hope)}, words="There is a dogs’ home near you.")

    assert bob.response.status_code == 409
    assert page.title.startswith("Error:")
    assert "something happened here after you opened this page" in page.text
    assert "New since you opened this page Ann answered" in page.text
    assert "Which dogs do you like?" in page.text
    form = page.form("/answers", {"hope": str(hope)})
    assert form.fields["words"] == "There is a dogs’ home near you."
    assert len(all_of(store, Answer.id)) == 1

    assert "Your answer is kept" in bob.sends(page, "/answers", {"hope": str(hope)}).text
    assert [row[1] for row in all_of(store, Answer.id, Answer.words)] == [
        "Which dogs do you like?",
        "There is a dogs’ home near you.",
    ]


def test_words_that_changed_meanwhile_are_named(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    page = ann.opens(f"/people/{sam}")
    says(store, hope, "hope", "I want to work with cats")
    again = ann.sends(page, "/answers", {"hope": str(hope)}, words="Which dogs?")
    assert "New since you opened this page Sam changed the words" in again.text
    assert "I want to work with cats" in again.text


def test_what_became_private_is_not_answered_and_nothing_typed_is_lost(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    page = ann.opens(f"/people/{sam}")
    agrees(store, hope, "me")
    again = ann.sends(page, "/answers", {"hope": str(hope)}, words="Which dogs do you like?")

    assert ann.response.status_code == 409
    assert "Sam keeps this hope private now" in again.text
    assert "What you wrote, not sent Which dogs do you like?" in again.text
    assert "I want to work" not in again.text
    assert all_of(store, Answer.id) == []


@pytest.mark.parametrize("words", ["", " \r\n "])
def test_an_answer_has_words(store: Store, ann: Visitor, sam: str, hope: int, words: str) -> None:
    again = ann.sends(ann.opens(f"/people/{sam}"), "/answers", {"hope": str(hope)}, words=words)
    assert ann.response.status_code == 422
    assert again.text.count("Write something first. Nothing was sent.") == 2
    assert all_of(store, Answer.id) == []


def test_an_answer_fits_into_one_message(store: Store, ann: Visitor, sam: str, hope: int) -> None:
    long = "word " * 401
    again = ann.sends(ann.opens(f"/people/{sam}"), "/answers", {"hope": str(hope)}, words=long)
    assert "too long for one message" in again.text
    assert again.form("/answers", {"hope": str(hope)}).fields["words"] == long.strip()
    assert all_of(store, Answer.id) == []


def test_without_a_door_nothing_is_sent(store: Store, ann: Visitor) -> None:
    ray = somebody(store, "Ray")
    with store.writing() as session:
        session.execute(delete(Contact).where(Contact.person_id == ray))
    again = ann.sends(ann.opens(f"/people/{ray}"), "/answers", words="Hello Ray")
    assert "there is no chat by which Ray can be reached" in again.text
    assert again.form("/answers").fields["words"] == "Hello Ray"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("sent", "Sent to the chat,"),
        ("failed", "Could not be delivered."),
        ("blocked", "Sam has blocked the chat. It is sent if they come back."),
        ("sending", "Waiting to be sent to the chat."),
    ],
)
def test_how_far_an_answer_came(
    store: Store, ann: Visitor, sam: str, hope: int, state: str, said: str
) -> None:
    ann.sends(ann.opens(f"/people/{sam}"), "/answers", {"hope": str(hope)}, words="Hello")
    with store.writing() as session:
        sent_at = Outgoing.created_at if state == "sent" else None
        session.execute(update(Outgoing).values(state=state, sent_at=sent_at))
    assert said in ann.opens(f"/people/{sam}").text


def test_a_blocked_chat_is_said_before_anybody_writes(store: Store, ann: Visitor, sam: str) -> None:
    with store.writing() as session:
        session.execute(update(Contact).values(blocked_at=Contact.created_at))
    assert "Sam has blocked the chat. What you write waits" in ann.opens(f"/people/{sam}").text


def test_a_hope_of_somebody_else_is_not_found(store: Store, ann: Visitor, hope: int) -> None:
    other = somebody(store, "Other")
    page = ann.opens(f"/people/{other}")
    ann.sends(page, "/answers", GENERAL, hope=str(hope), version="1", words="Hello")
    assert ann.response.status_code == 404
    assert "What you wrote It was not sent. Copy it, so that it is not lost. Hello" in (
        ann.sends(page, "/answers", GENERAL, hope=str(hope), version="1", words="Hello").text
    )


def test_after_the_sign_in_ended_what_was_typed_is_given_back(
    store: Store, ann: Visitor, sam: str
) -> None:
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/sign-out")
    again = ann.sends(page, "/answers", GENERAL, words="A long answer")
    assert ann.response.status_code == 401
    assert "Your sign-in has ended" in again.text
    assert "A long answer" in again.text
    assert all_of(store, Answer.id) == []


class TestAlerts:
    """A person sees it, acts, and closes it with a reason."""

    @pytest.fixture
    def alert(self, store: Store, sam: str) -> int:
        return is_in_danger(store, sam, "I cut myself last night")

    def test_the_exact_words_come_first(self, ann: Visitor, sam: str, alert: int) -> None:
        text = ann.opens(f"/people/{sam}").text
        assert "May speak of self-harm I cut myself last night" in text
        assert "Follow your safeguarding procedure." in text

    def test_the_first_who_sees_it_counts(
        self, store: Store, ann: Visitor, bob: Visitor, sam: str, alert: int
    ) -> None:
        anns, bobs = ann.opens(f"/people/{sam}"), bob.opens(f"/people/{sam}")
        ann.sends(anns, "/acknowledge")
        page = bob.sends(bobs, "/acknowledge")
        assert "Ann has seen this and acts on it" in page.text
        assert "1 safeguarding alert, seen and still open" in bob.opens("/").text

    def test_it_closes_with_a_reason_only(
        self, store: Store, ann: Visitor, sam: str, alert: int
    ) -> None:
        page = ann.sends(ann.opens(f"/people/{sam}"), "/close", reason=" ")
        assert ann.response.status_code == 422
        assert "It stays open until then." in page.text
        assert all_of(store, Alert.state) == [("open",)]

        page = ann.sends(page, "/close", reason="Rang Sam and the school. A plan is made.")
        assert "The alert is closed" in page.text
        assert "Closed by Ann" in page.text
        assert "Rang Sam and the school." in page.text
        assert all_of(store, Alert.state) == [("closed",)]
        assert "safeguarding" not in ann.opens("/").text

    def test_the_second_who_closes_it_sees_the_first(
        self, store: Store, ann: Visitor, bob: Visitor, sam: str, alert: int
    ) -> None:
        anns, bobs = ann.opens(f"/people/{sam}"), bob.opens(f"/people/{sam}")
        ann.sends(anns, "/close", reason="Rang Sam.")
        page = bob.sends(bobs, "/close", reason="Wrote to Sam.")
        assert bob.response.status_code == 409
        assert "Somebody closed this alert before you." in page.text
        assert "Rang Sam." in page.text
        assert "Wrote to Sam." in page.text
        assert all_of(store, Alert.closing_reason) == [("Rang Sam.",)]

    def test_an_alert_of_somebody_else_is_not_found(
        self, store: Store, ann: Visitor, sam: str, alert: int
    ) -> None:
        other = somebody(store, "Other")
        token = ann.opens(f"/people/{other}").forms[0].fields["_csrf_token"]
        for verb in ("acknowledge", "close"):
            path = f"/people/{other}/alerts/{alert}/{verb}"
            data = {"_csrf_token": token, "reason": "mine"}
            assert ann.client.post(path, data=data).status_code == 404
        assert all_of(store, Alert.state) == [("open",)]
