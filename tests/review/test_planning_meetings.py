"""Meetings on the desk: planned and told, changed by one and not overwritten, out of the fund."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from plan_store.causes import Cause
from plan_store.counting_the_fund import read_fund
from plan_store.meeting_up import keep_meeting_answer
from plan_store.opening import Store
from plan_store.tables import Incoming, Meeting, Outgoing, SaidAnyway, now
from plan_store.the_time_here import HERE
from tests.review.brokering import has_a_meeting
from tests.review.conftest import Visitor, facilitator
from tests.review.people import sends, somebody

TOMORROW = (now() + timedelta(days=1)).astimezone(HERE).date().isoformat()
TYPED = {"day": TOMORROW, "clock": "14:30", "place": "Millbrook library", "transport": "12.50"}


@pytest.fixture
def sam(store: Store) -> str:
    return somebody(store, "Sam")


def told(store: Store) -> list[str]:
    with store.reading() as session:
        keys = select(Outgoing.key).where(Outgoing.key.startswith("meeting_"))
        return list(session.scalars(keys.order_by(Outgoing.id)))


def test_a_meeting_is_planned_once_and_told(ann: Visitor, store: Store, sam: str) -> None:
    empty = ann.opens(f"/people/{sam}/meetings")
    page = ann.sends(empty, "/meetings", **TYPED)
    assert "The meeting is planned, and Sam is told" in page.text
    assert "Millbrook library, with Ann. Costs the fund £12.50" in page.text
    ann.sends(empty, "/meetings", **TYPED)
    assert told(store) == ["meeting_planned"]
    with store.reading() as session:
        meeting = session.scalars(select(Meeting)).one()
    assert meeting.begins_at.astimezone(HERE).isoformat()[:16] == f"{TOMORROW}T14:30"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": ""}, "Choose a day."),
        ({"day": "2020-01-01"}, "Choose a moment that is still to come."),
        ({"clock": "25:00"}, "Choose a time."),
        ({"place": " "}, "Say where it is."),
        ({"place": "x" * 81}, "Use fewer than 80 letters."),
        ({"transport": "a taxi"}, "Write pounds, as in 12 or 12.50."),
    ],
)
def test_what_is_amiss_is_said_and_what_was_typed_stays(
    ann: Visitor, store: Store, sam: str, typed: dict[str, str], said: str
) -> None:
    page = ann.sends(ann.opens(f"/people/{sam}/meetings"), "/meetings", **(TYPED | typed))
    assert ann.response.status_code == 422
    assert said in page.text
    fields = page.form("/meetings").fields
    assert fields["food"] == ""
    assert fields["clock"] == (TYPED | typed)["clock"]
    assert told(store) == []


HARD = "the multi-purpose accommodation facility adjacent to the county’s administrative building"[
    :80
]


def test_a_place_that_is_hard_to_read_is_held_and_a_reason_lets_it_go(
    ann: Visitor, store: Store, sam: str
) -> None:
    page = ann.sends(ann.opens(f"/people/{sam}/meetings"), "/meetings", **(TYPED | {"place": HARD}))
    assert ann.response.status_code == 422
    assert "The chat says it as you write it, and this is hard to read." in page.text
    assert "What is hard to read, and what to try" in page.text
    assert page.form("/meetings").fields["place"] == HARD
    assert told(store) == []
    page = ann.sends(page, "/meetings", anyway="It is written on the door")
    assert "The meeting is planned, and Sam is told" in page.text
    with store.reading() as session:
        said = session.scalars(select(SaidAnyway)).one()
        meeting = session.scalars(select(Meeting)).one()
    assert (said.item, said.item_id, said.reason) == (
        "meeting",
        meeting.id,
        "It is written on the door",
    )
    # What stands is not asked about again; a new place is.
    page = ann.sends(page, f"/meetings/{meeting.id}", food="3")
    assert "The meeting is changed" in page.text
    page = ann.sends(page, f"/meetings/{meeting.id}", place=HARD.replace("the", "a"))
    assert "What is hard to read, and what to try" in page.text


def test_a_change_of_the_place_is_told_and_one_of_the_cost_is_not(
    ann: Visitor, bob: Visitor, store: Store, sam: str
) -> None:
    meeting = has_a_meeting(store, sam, "The hall")
    anns, bobs = ann.opens(f"/people/{sam}/meetings"), bob.opens(f"/people/{sam}/meetings")
    ann.sends(anns, f"/meetings/{meeting}", food="20")
    page = bob.sends(bobs, f"/meetings/{meeting}", place="The cafe")
    assert bob.response.status_code == 409
    assert "somebody changed this meeting" in page.text
    assert page.form(f"/meetings/{meeting}").fields["place"] == "The cafe"
    assert told(store) == ["meeting_planned"]
    bob.sends(page, f"/meetings/{meeting}")
    assert told(store) == ["meeting_planned", "meeting_moved"]
    page = ann.sends(ann.opens(f"/people/{sam}/meetings"), "/cancel")
    assert "Cancelled" in page.text
    assert told(store)[-1] == "meeting_cancelled"


def test_what_helps_and_how_it_was_stand_with_how_it_was_said(
    ann: Visitor, store: Store, sam: str
) -> None:
    meeting = has_a_meeting(store, sam, "The hall", in_days=-1)
    for question, choice, words, how in (
        ("transport", "taken", "🚗 Take me there", "tapped"),
        ("who", "words", "my sister <b>Jo</b>", "typed"),
        ("food", "skip", "skip", "typed"),
        ("heard", "not_heard", "🙁 No, they did not", "tapped"),
    ):
        message_id = sends(store, sam, words, how=how)
        with store.writing() as session:
            keep_meeting_answer(
                session,
                Cause.message(sam, message_id),
                session.get_one(Incoming, message_id),
                session.get_one(Meeting, meeting),
                question,
                choice,
                question == "who",
            )
    page = ann.opens(f"/people/{sam}/meetings")
    assert "Did they hear you? 🙁 No, they were not heard" in page.text
    assert "my sister <b>Jo</b> Typed, with somebody there" in page.text
    assert "Left out, on purpose" in page.text
    assert "🚗 Take me there Chosen with a button" in page.text


def test_the_fund_counts_what_was_and_what_is_planned(
    ann: Visitor, store: Store, sam: str, visit: Callable[[], Visitor]
) -> None:
    has_a_meeting(store, sam, "The hall", in_days=-1)
    cancelled = has_a_meeting(store, sam, "Elsewhere")
    has_a_meeting(store, sam, "The cafe")
    with store.writing() as session:
        session.get_one(Meeting, cancelled).state = "cancelled"
    page = ann.sends(ann.opens("/fund"), "/fund", total="a lot")
    assert "Write pounds, as in 500 or 499.50." in page.text
    page = ann.sends(page, "/fund", total="30")
    assert "Over by £5" in page.text
    page = ann.sends(page, "/fund", total="1,000")
    assert "£965" in page.text
    with store.reading() as session:
        fund = read_fund(session)
    assert (fund.total, fund.spent, fund.planned) == (1000_00, 17_50, 17_50)
    fay = facilitator(visit, store, "Fay", "facilitator")
    page = fay.opens("/fund")
    assert "£965" in page.text
    assert [form.action for form in page.forms] == ["/sign-out"]
    token = page.forms[0].fields["_csrf_token"]
    response = fay.client.post("/fund", data={"_csrf_token": token, "total": "1"})
    assert response.status_code == 403


def test_another_persons_meeting_is_not_there(ann: Visitor, store: Store, sam: str) -> None:
    other = has_a_meeting(store, somebody(store, "Dee"), "The hall")
    page = ann.opens(f"/people/{sam}/meetings")
    form = page.form("/meetings")
    response = ann.client.post(
        f"/people/{sam}/meetings/{other}/cancel", data={**form.fields, "seen": "1"}
    )
    assert response.status_code == 404
    with store.reading() as session:
        assert session.scalar(select(func.count()).where(Meeting.state == "cancelled")) == 0
