"""A facilitator helps a person back into their own chat, and the person is told who did."""

import re

from sqlalchemy import select

from plan_store.inviting import use_invite, what_opens
from plan_store.opening import Store
from plan_store.tables import Contact, Facilitator, History, Outgoing
from tests.review.conftest import Visitor
from tests.review.people import somebody


def test_one_click_makes_a_link_for_the_same_person(store: Store, ann: Visitor) -> None:
    sam = somebody(store, "Sam")
    page = ann.sends(ann.opens(f"/people/{sam}"), "/door-link")
    assert "A link for Sam" in page.title
    found = re.search(r"http://127\.0\.0\.1:8080/i/(\w{12})", page.text)
    assert found is not None
    with store.writing() as session:
        assert what_opens(session, found[1]) == "door"
        contact = use_invite(session, found[1], "web", "a new tablet")
        assert contact is not None
        assert contact.person_id == sam
    with store.reading() as session:
        assert len(session.scalars(select(Contact).where(Contact.person_id == sam)).all()) == 2


def test_the_person_is_told_who_made_it_and_it_is_in_the_record(store: Store, ann: Visitor) -> None:
    sam = somebody(store, "Sam")
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/door-link")
    # The same form once more, as a double click does.
    ann.sends(page, "/door-link")
    with store.reading() as session:
        who = session.scalars(select(Facilitator.id)).one()
        told = session.scalars(select(Outgoing).where(Outgoing.person_id == sam)).all()
        assert [(each.key, each.filling) for each in told] == [
            ("door_link_made", {"facilitator": {"facilitator": who}})
        ]
        noted = session.scalars(select(History).where(History.person_id == sam)).all()
        assert [(each.what, each.facilitator_id) for each in noted] == [("makes_door_link", who)]


def test_of_nobody_there_is_no_link(store: Store, ann: Visitor) -> None:
    page = ann.opens(f"/people/{somebody(store)}")
    form = page.form("/door-link")
    ann.response = ann.client.post("/people/nobody/door-link", data=form.fields)
    assert ann.response.status_code == 404
