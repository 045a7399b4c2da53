"""The seven questions on the desk: counted where the store knows, answered where it does not."""

from sqlalchemy import select

from plan_store.causes import Cause
from plan_store.looking_at_options import keep_thought
from plan_store.opening import Store
from plan_store.tables import Access, Facilitator, HopeOption, Incoming, PlanCheck
from tests.review.brokering import has_a_budget, has_a_meeting, has_an_option
from tests.review.conftest import Visitor
from tests.review.people import hopes, sends, somebody


def test_what_the_store_knows_is_counted(ann: Visitor, store: Store) -> None:
    sam = somebody(store, "Sam")
    page = ann.opens(f"/people/{sam}/check")
    assert page.html.count("nhsuk-tag--red") == 5
    assert "Nobody has answered this yet." in page.text
    hope = hopes(store, sam, "I want to work with dogs")
    option = has_an_option(store, sam, hope)
    has_a_budget(store, sam, 1, weekly=10_00)
    has_a_meeting(store, sam, "The hall")
    page = ann.opens(f"/people/{sam}/check")
    assert "There is a hope. No outcome is agreed to yet." in page.text
    assert "What is counted fits. The budget is not yet agreed." in page.text
    assert "There is a step with a day, or a meeting that is to come." in page.text
    assert "Options that are counted and were never shown to them: 1." in page.text
    message_id = sends(store, sam, "👎 I don't like it", "tap", "tapped")
    with store.writing() as session:
        row = session.get_one(HopeOption, option)
        row.state = "sent"
        cause = Cause.message(sam, message_id)
        message = session.get_one(Incoming, message_id)
        keep_thought(session, cause, message, row, "dislike", helped=False)
    page = ann.opens(f"/people/{sam}/check")
    assert "Options that are counted and that they do not like: 1." in page.text
    with store.reading() as session:
        assert "check" in session.scalars(select(Access.what)).all()


def test_the_rest_is_answered_with_a_reason_and_never_overwritten(
    ann: Visitor, store: Store
) -> None:
    sam = somebody(store, "Sam")
    page = ann.opens(f"/people/{sam}/check")
    managed = {"question": "managed"}
    empty = ann.sends(page, "/check", managed, colour="green")
    assert ann.response.status_code == 422
    assert "Choose a colour and write the reason." in empty.text
    done = ann.sends(page, "/check", managed, colour="amber", reason="Mum, until she is 18.")
    ann.sends(page, "/check", managed, colour="amber", reason="Mum, until she is 18.")
    assert "Your answer is kept" in done.text
    page = ann.sends(done, "/check", managed, colour="green", reason="Sam chose a broker.")
    assert "Sam chose a broker." in page.text
    assert "Answered before (1)" in page.text
    with store.reading() as session:
        kept = session.scalars(select(PlanCheck.colour).order_by(PlanCheck.id)).all()
        assert session.scalars(select(Facilitator.name)).one() == "Ann"
    assert kept == ["amber", "green"]


def test_what_the_store_knows_nobody_answers(ann: Visitor, store: Store) -> None:
    sam = somebody(store, "Sam")
    page = ann.opens(f"/people/{sam}/check")
    asked = {form.fields["question"] for form in page.forms if "question" in form.fields}
    assert asked == {"managed", "control"}
    form = page.form("/check", {"question": "managed"})
    ann.response = ann.client.post(
        form.action, data={**form.fields, "question": "money", "colour": "green", "reason": "ok"}
    )
    assert ann.response.status_code == 422
    with store.reading() as session:
        assert session.scalars(select(PlanCheck.id)).all() == []


def test_in_control_is_not_green_while_others_decided(ann: Visitor, store: Store) -> None:
    sam = somebody(store, "Sam")
    page = ann.opens(f"/people/{sam}/check")
    page = ann.sends(page, "/check", {"question": "control"}, colour="green", reason="She decides.")
    assert "Others seem to have decided something here." not in page.text
    has_an_option(store, sam, hopes(store, sam, "I want to work with dogs"))
    page = ann.opens(f"/people/{sam}/check")
    assert "Others seem to have decided something here." in page.text
    assert "Green: yes. She decides." in page.text
