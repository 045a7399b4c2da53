"""Deciding together at the desk: grey until agreed, held where it is hard, nobody overwritten."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import select

from plan_store.answering_a_proposal import answer_proposal
from plan_store.causes import Cause
from plan_store.keeping_words import keep_statement
from plan_store.opening import Store
from plan_store.order_of_locks import lock_hopes
from plan_store.putting_to_the_person import answered
from plan_store.tables import (
    Aspiration,
    DeskQuestion,
    History,
    Incoming,
    Outcome,
    OutcomeWording,
    Outgoing,
    Promise,
    SaidAnyway,
    StaffNote,
    Step,
)
from plan_store.taking_steps import say_of_step
from tests.review.conftest import Visitor, facilitator
from tests.review.hoping import HARD, WORDS, count, hope, in_days, sam
from tests.review.pages import Page
from tests.review.people import agrees, is_in_danger, sends

__all__ = ["hope", "sam"]


def proposes(who: Visitor, sam: str, words: str = WORDS, page: Page | None = None) -> Page:
    page = page or who.opens(f"/people/{sam}")
    return who.sends(page, "/outcomes", {"outcome": None}, words=words)


def says_of_it(store: Store, sam: str, answer: str, instead: str | None = None) -> None:
    """They answer the newest proposal in the chat."""
    cause = Cause.message(sam, sends(store, sam, instead or answer))
    with store.writing() as session:
        lock_hopes(session, session.scalars(select(DeskQuestion.aspiration_id)))
        wording = session.scalars(
            select(OutcomeWording.id).order_by(OutcomeWording.id.desc()).limit(1)
        ).one()
        said = None
        if instead:
            message = session.get_one(Incoming, cause.incoming_id)
            question = session.scalars(select(DeskQuestion)).first()
            said = keep_statement(session, cause, message, "a", "desk:1", message.words)
            if question is not None:
                answered(session, cause, question, "words", said)
        assert answer_proposal(session, cause, wording, answer, said)


def test_a_proposal_is_grey_until_they_agree(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    done = proposes(ann, sam)
    assert done.title.startswith("Done: Sam")
    assert "Your proposal is kept." in done.text
    assert f"Not yet agreed Sam's turn {WORDS}" in done.text
    assert 'class="outcome grey"' in done.html

    says_of_it(store, sam, "agrees")
    page = ann.opens(f"/people/{sam}")
    assert 'class="outcome grey"' not in page.html
    assert f"Agreed Your turn {WORDS} Sam said yes to these words" in page.text
    # The first step is asked for at once, for this week.
    (step,) = [form for form in page.forms if form.action.endswith("/steps")]
    assert step.fields["by"] == in_days(7)


def test_what_is_hard_is_held_with_a_suggestion_and_goes_with_a_reason(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    page = proposes(ann, sam, HARD)
    assert ann.response.status_code == 422
    assert "This is hard to read. Nothing was sent yet." in page.text
    assert "What is hard to read, and what to try" in page.text
    assert "“facilitate” is not one of the 1,500 easy words." in page.text
    assert count(store, OutcomeWording) == 0
    form = page.form("/outcomes", {"outcome": None})
    assert form.fields["words"] == HARD

    done = ann.sends(page, "/outcomes", {"outcome": None}, anyway="The council needs these words")
    assert "Sent though it is hard to read, because: The council needs these words" in done.text
    with store.reading() as session:
        row = session.scalars(select(SaidAnyway)).one()
        wording = session.scalars(select(OutcomeWording)).one()
        lines = session.scalars(select(History.what).where(History.what == "says_anyway")).all()
    assert (row.item, row.item_id) == ("outcome_wording", wording.id)
    assert "hard_word" in row.rules
    assert lines == ["says_anyway"]


@pytest.mark.parametrize("action", ["/answers", "/questions", "/promises"])
def test_everything_that_goes_to_the_chat_is_held_to_the_same(
    store: Store, ann: Visitor, sam: str, hope: int, action: str
) -> None:
    page = ann.opens(f"/people/{sam}")
    held = ann.sends(page, action, {"hope": str(hope)}, words=HARD, by=in_days(3))
    assert ann.response.status_code == 422
    assert "This is hard to read." in held.text
    assert count(store, Outgoing) == count(store, DeskQuestion) == count(store, Promise) == 0
    done = ann.sends(held, action, {"hope": str(hope)}, anyway="It is their own word")
    assert ann.response.status_code == 200
    assert "Error" not in done.title
    assert count(store, SaidAnyway) == 1


def test_a_double_click_is_one_of_each(store: Store, ann: Visitor, sam: str, hope: int) -> None:
    page = ann.opens(f"/people/{sam}")
    for _ in range(3):
        proposes(ann, sam, page=page)
        ann.sends(page, "/questions", {"hope": None}, words="Do you like cats?")
        ann.sends(page, "/promises", {"hope": None}, words="Is there room?", by=in_days(3))
        ann.sends(page, "/notes", words="Likes mornings.")
    assert count(store, OutcomeWording) == count(store, Promise) == count(store, StaffNote) == 1
    assert count(store, DeskQuestion) == 2
    with store.reading() as session:
        assert session.scalars(select(Outgoing.key)).all() == ["promise_made"]


async def test_two_clicks_at_the_same_moment_propose_once(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    form = ann.opens(f"/people/{sam}").form("/outcomes", {"outcome": None})

    def press() -> int:
        return ann.client.post(
            form.action, data=form.fields | {"words": WORDS}, follow_redirects=False
        ).status_code

    assert set(await asyncio.gather(*(asyncio.to_thread(press) for _ in range(4)))) == {303}
    assert count(store, OutcomeWording) == count(store, Outcome) == 1


def test_of_two_facilitators_the_second_sees_what_the_first_did(
    store: Store, ann: Visitor, bob: Visitor, sam: str, hope: int
) -> None:
    bobs = bob.opens(f"/people/{sam}")
    proposes(ann, sam)
    page = proposes(bob, sam, "I walk the dogs.", bobs)
    assert bob.response.status_code == 409
    assert "New since you opened this page Ann proposed an outcome" in page.text
    assert WORDS in page.text
    assert page.form("/outcomes", {"outcome": None}).fields["words"] == "I walk the dogs."
    assert count(store, OutcomeWording) == 1


def test_versions_and_what_i_used_to_want(store: Store, ann: Visitor, sam: str, hope: int) -> None:
    proposes(ann, sam)
    says_of_it(store, sam, "says_otherwise", "no, big dogs")
    page = ann.opens(f"/people/{sam}")
    assert f"Sam did not say yes to “{WORDS}”, and said instead: no, big dogs" in page.text
    with store.reading() as session:
        outcome = str(session.scalars(select(Outcome.id)).one())
    # The click leads to the moment.
    (moment,) = [link for link in page.links if link.endswith("/moments/2")]
    assert "no, big dogs" in ann.opens(moment).text

    ann.sends(page, "/outcomes", {"outcome": outcome}, words="I walk big dogs.")
    says_of_it(store, sam, "agrees")
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/outcomes", {"outcome": outcome}, words="I walk small dogs.")
    page = ann.opens(f"/people/{sam}")
    assert "Other words, not yet agreed: Ann proposed them" in page.text
    says_of_it(store, sam, "agrees")
    page = ann.opens(f"/people/{sam}")
    assert "What I used to want, and words I did not take (2)" in page.text
    assert "Sam said yes to these words, and later to other ones" in page.text


def test_steps_have_somebody_and_a_day(store: Store, ann: Visitor, sam: str, hope: int) -> None:
    proposes(ann, sam)
    says_of_it(store, sam, "agrees")
    page = ann.opens(f"/people/{sam}")
    page = ann.sends(page, "/steps", words="Ring the dogs’ home.", who="named", by=in_days(2))
    assert "Say who does it." in page.text
    page = ann.sends(page, "/steps", who="named", named="Aunt Jo", by="2020-01-01")
    assert "Pick a day, today or later." in page.text
    page = ann.sends(page, "/steps", who="person", by=in_days(2))
    assert "The step is in the plan" in page.text
    assert "Ring the dogs’ home. Sam does it by" in page.text
    with store.reading() as session:
        step = session.scalars(select(Step)).one()
    # Their own steps they tick themselves.
    moves = [form.fields["what"] for form in page.forms if form.action.endswith(f"/{step.id}")]
    assert "ticks_for_staff" not in moves
    cause = Cause.message(sam, sends(store, sam, "help"))
    with store.writing() as session:
        say_of_step(session, cause, step.id, "needs_help")
    assert "1 step of staff, or that need help" in ann.opens("/").text
    page = ann.opens(f"/people/{sam}")
    assert "Sam wants help with it" in page.text
    page = ann.sends(page, f"/steps/{step.id}", {"what": "helps"})
    assert "Sam wants help with it" not in page.text


def test_a_hope_that_is_private_again_shows_nothing_that_was_made_of_it(
    store: Store, ann: Visitor, sam: str, hope: int
) -> None:
    old = ann.opens(f"/people/{sam}")
    proposes(ann, sam)
    agrees(store, hope, "me")
    page = ann.opens(f"/people/{sam}")
    assert WORDS not in page.html
    refused = ann.sends(old, "/questions", {"hope": str(hope)}, words="Do you like cats?")
    assert ann.response.status_code == 409
    assert "keeps this hope private now" in refused.text
    assert "Do you like cats?" in refused.text
    with store.reading() as session:
        assert session.get_one(Aspiration, hope).status == "accepted"


def test_who_only_reads_has_no_forms(
    store: Store, visit: Callable[[], Visitor], sam: str, hope: int
) -> None:
    is_in_danger(store, sam, "help me")
    lead = facilitator(visit, store, "Lea", "safeguarding_lead")
    page = lead.opens(f"/people/{sam}")
    actions = {form.action.rsplit("/", 1)[-1] for form in page.forms}
    assert not actions & {"outcomes", "questions", "promises", "notes", "answers"}
