"""Options and money for somebody's hope: found, costed, swapped, and sent when they are ready."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from plan_store.causes import Cause
from plan_store.opening import Store
from plan_store.reaching_people import give_person
from plan_store.tables import (
    Aspiration,
    Brokering,
    Budget,
    History,
    HopeOption,
    LocalOption,
    Outgoing,
    now,
)
from tests.review.brokering import has_a_budget, has_the_example
from tests.review.conftest import Visitor, facilitator
from tests.review.pages import Page
from tests.review.people import agrees, hopes, somebody


class Desk:
    """Sam's hope on the desk, and the catalogue."""

    def __init__(self, ann: Visitor, store: Store) -> None:
        self.ann, self.store = ann, store
        self.options = has_the_example(store)
        self.sam = somebody(store, "Sam")
        self.hope = hopes(store, self.sam, "I want to work with dogs")

    @property
    def here(self) -> str:
        return f"/people/{self.sam}/options"

    def chooses(self, *codes: str) -> Page:
        page = self.ann.opens(self.here)
        for code in codes:
            find = self.ann.opens(f"/people/{self.sam}/hopes/{self.hope}/find")
            wanted = {"option": str(self.options[code])}
            page = self.ann.sends(find, "/options", wanted)
        return page

    def of(self, code: str) -> HopeOption:
        with self.store.reading() as session:
            return session.scalars(
                select(HopeOption).where(
                    HopeOption.local_option_id == self.options[code],
                    HopeOption.aspiration_id == self.hope,
                )
            ).one()

    def sent(self) -> int:
        with self.store.reading() as session:
            asked = select(func.count(Outgoing.id)).where(Outgoing.key == "options_came")
            return session.scalar(asked) or 0


@pytest.fixture
def desk_of_sam(ann: Visitor, store: Store) -> Desk:
    return Desk(ann, store)


def test_found_costed_and_sent(desk_of_sam: Desk, ann: Visitor, store: Store) -> None:
    d = desk_of_sam
    found = ann.opens(f"/people/{d.sam}/hopes/{d.hope}/find?area=work_learning&free=yes")
    assert "Millbrook Dog Walkers" in found.text
    assert "A helper at work" not in found.text
    page = d.chooses("dog-walkers", "job-coach")
    assert "I want to work with dogs" in page.text
    assert "Something free or of the community is here" in page.text
    coach = d.of("job-coach").id
    page = ann.sends(page, "/costs", **{f"cost-{coach}": "20", f"times-{coach}": "2.5"})
    assert "Counted for this hope: £2,600 a year" in page.text
    page = ann.sends(page, f"/people/{d.sam}/budget", weekly="60", once="100")
    assert "It is not yet agreed" in page.text
    assert "£520 a year, and £100 once" in page.text
    page = ann.sends(page, f"/hopes/{d.hope}/send")
    assert "The options go to the chat" in page.text
    assert d.sent() == 1
    with store.reading() as session:
        assert session.get_one(Aspiration, d.hope).whose_turn == "person"
        what = session.scalars(
            select(History.what).where(History.item == "hope_option").order_by(History.id)
        ).all()
    assert what == ["considers", "considers", "costs", "sends", "sends"]


def test_nothing_is_sent_before_something_free_was_looked_for(
    desk_of_sam: Desk, ann: Visitor
) -> None:
    d = desk_of_sam
    page = ann.sends(d.chooses("job-coach"), f"/hopes/{d.hope}/send")
    assert ann.response.status_code == 422
    assert "none of these is free or of the community" in page.text
    assert d.sent() == 0
    page = ann.sends(page, "/around", reason="I rang all three clubs. They are full.")
    assert "It is kept" in page.text
    ann.sends(page, f"/hopes/{d.hope}/send")
    assert d.sent() == 1


def test_a_hope_over_the_budget_stays_a_hope_with_a_smallest_step(
    desk_of_sam: Desk, ann: Visitor, store: Store
) -> None:
    d = desk_of_sam
    has_a_budget(store, d.sam, 1, weekly=10_00)
    page = d.chooses("dog-walkers", "job-coach")
    assert "Over by £728 a year" in page.text
    page = ann.sends(page, f"/hopes/{d.hope}/send")
    assert "costs more than there is. It stays a hope." in page.text
    page = ann.sends(page, "/around", next_step="Facilitate an initial visit; utilise transport.")
    assert ann.response.status_code == 422
    assert "is not one of the 1,500 easy words" in page.text
    assert d.sent() == 0
    page = ann.sends(page, "/around", next_step="You can go and see the dogs one time.")
    ann.sends(page, f"/hopes/{d.hope}/send")
    assert d.sent() == 1
    with store.reading() as session:
        assert session.get_one(Aspiration, d.hope).status == "accepted"
        step = session.get_one(Brokering, d.hope).next_step
    assert step == "You can go and see the dogs one time."


def test_swapping_one_for_another_shows_what_fits(
    desk_of_sam: Desk, ann: Visitor, store: Store
) -> None:
    d = desk_of_sam
    has_a_budget(store, d.sam, 1, weekly=30_00)
    page = d.chooses("job-coach", "travel-training")
    assert "Over by £832 a year" in page.text
    form = page.form("/costs")
    coach = d.of("job-coach").id
    fields = {name: value for name, value in form.fields.items() if name != f"counted-{coach}"}
    ann.response = ann.client.post(form.action, data=fields, follow_redirects=True)
    page = Page(ann.response.text)
    assert "Over by" not in page.text.replace("over by itself", "")
    assert "£416 a year, and £0 once" in page.text


def test_amounts_that_are_none_are_said_at_their_field(desk_of_sam: Desk, ann: Visitor) -> None:
    d = desk_of_sam
    page = d.chooses("job-coach")
    coach = d.of("job-coach").id
    page = ann.sends(page, "/costs", **{f"cost-{coach}": "a lot", f"times-{coach}": "often"})
    assert ann.response.status_code == 422
    assert "Write pounds, as in 12 or 12.50." in page.text
    assert "Write how often, as in 1 or 2.5." in page.text
    assert page.form("/costs").fields[f"cost-{coach}"] == "a lot"
    assert d.of("job-coach").cost == 24_00
    page = ann.sends(page, f"/people/{d.sam}/budget", weekly="10", direct_payment="11")
    assert "No more than the weekly amount can come as a direct payment." in page.text


def test_a_wrong_amount_keeps_what_was_ticked_and_what_was_not(
    desk_of_sam: Desk, ann: Visitor
) -> None:
    d = desk_of_sam
    page = d.chooses("dog-walkers", "job-coach", "travel-training")
    form = page.form("/costs")
    walkers, coach = d.of("dog-walkers").id, d.of("job-coach").id
    travel = d.of("travel-training").id
    swapped = {f"counted-{walkers}", f"counted-{coach}"}
    fields = {name: value for name, value in form.fields.items() if name not in swapped}
    fields[f"cost-{travel}"] = "a lot"
    ann.response = ann.client.post(form.action, data=fields, follow_redirects=True)
    assert ann.response.status_code == 422
    again = Page(ann.response.text).form("/costs").fields
    assert {name for name in again if name.startswith("counted-")} == {f"counted-{travel}"}
    # Nothing was kept: the page that is opened anew has all three ticked.
    anew = ann.opens(d.here).form("/costs").fields
    assert swapped <= set(anew)


def test_what_is_offered_no_more_is_not_sent(desk_of_sam: Desk, ann: Visitor, store: Store) -> None:
    d = desk_of_sam
    page = d.chooses("dog-walkers")
    with store.writing() as session:
        walkers = d.of("dog-walkers").local_option_id
        session.get_one(LocalOption, walkers).ended_at = now()
    page = ann.sends(page, f"/hopes/{d.hope}/send")
    assert ann.response.status_code == 422
    assert "an option that was not sent yet is offered no more" in page.text
    assert d.sent() == 0


def test_two_at_once_and_a_double_click(
    desk_of_sam: Desk, ann: Visitor, bob: Visitor, store: Store
) -> None:
    d = desk_of_sam
    anns = d.chooses("dog-walkers")
    bobs = bob.opens(d.here)
    ann.sends(anns, f"/hopes/{d.hope}/send")
    page = bob.sends(bobs, "/around", reason="None")
    assert bob.response.status_code == 409
    assert "somebody changed something here" in page.text
    assert page.form("/around").fields["reason"] == "None"
    ann.sends(anns, f"/hopes/{d.hope}/send")
    assert ann.response.status_code == 200
    assert d.sent() == 1
    page = bob.sends(page, f"/hopes/{d.hope}/send")
    assert "every option here was sent already" in page.text


def test_a_double_click_on_a_budget_is_one_and_a_manager_agrees(
    desk_of_sam: Desk, ann: Visitor, store: Store, visit: Callable[[], Visitor]
) -> None:
    d = desk_of_sam
    page = ann.opens(d.here)
    ann.sends(page, f"/people/{d.sam}/budget", weekly="60")
    ann.sends(page, f"/people/{d.sam}/budget", weekly="60")
    newer = ann.opens(d.here)
    ann.sends(newer, f"/people/{d.sam}/budget", weekly="70")
    page = ann.sends(newer, "/budget/agree")
    assert "somebody changed something here" in page.text
    page = ann.sends(page, "/budget/agree")
    assert "Agreed by Ann" in page.text
    assert "What it was before (2)" in page.text
    with store.reading() as session:
        kept = session.scalars(select(Budget).order_by(Budget.id)).all()
    assert [(row.weekly, row.agreed_at is not None) for row in kept] == [
        (60_00, False),
        (70_00, False),
        (70_00, True),
    ]


def test_only_a_manager_agrees_to_a_budget(
    desk_of_sam: Desk, visit: Callable[[], Visitor], store: Store
) -> None:
    d = desk_of_sam
    has_a_budget(store, d.sam, 1, weekly=10_00)
    fay = facilitator(visit, store, "Fay", "facilitator")
    with store.writing() as session:
        give_person(session, Cause.by_click(d.sam, 1, "c" * 32), 2)
    page = fay.opens(d.here)
    assert "Not yet agreed" in page.text
    assert not [form for form in page.forms if form.action.endswith("/agree")]
    token = page.forms[0].fields["_csrf_token"]
    response = fay.client.post(
        f"/people/{d.sam}/budget/agree", data={"_csrf_token": token, "seen": "1"}
    )
    assert response.status_code == 403


def test_a_private_hope_shows_no_words_and_takes_no_options(
    desk_of_sam: Desk, ann: Visitor, store: Store
) -> None:
    d = desk_of_sam
    page = d.chooses("dog-walkers")
    agrees(store, d.hope, "me")
    shown = ann.opens(d.here)
    assert "I want to work with dogs" not in shown.text
    assert "private for now" not in shown.text, "not even that there is one"
    ann.sends(page, f"/hopes/{d.hope}/send")
    assert ann.response.status_code == 409
    assert d.sent() == 0


def test_an_option_is_taken_out_and_chosen_again(desk_of_sam: Desk, ann: Visitor) -> None:
    d = desk_of_sam
    page = ann.sends(d.chooses("dog-walkers"), "/leave")
    assert "No options yet." in page.text
    assert d.of("dog-walkers").state == "left"
    assert "Millbrook Dog Walkers" in d.chooses("dog-walkers").text
    assert d.of("dog-walkers").state == "considered"
