"""What was made of a hope, in a real browser: every state of it is accessible, at every size."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from plan_store.answering_a_proposal import answer_proposal
from plan_store.answering_the_desk import put_off
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.keeping_words import keep_statement
from plan_store.opening import Store
from plan_store.order_of_locks import lock_hopes
from plan_store.roles import EVERY_ROLE
from plan_store.tables import DeskQuestion, Incoming, OutcomeWording, Promise, Step
from plan_store.taking_steps import say_of_step
from plan_store.the_time_here import today
from tests.at_a_desk import gives_password, sets_up_the_app
from tests.review.conftest import CHEAP, PASSWORD
from tests.review.in_a_browser import Walk
from tests.review.people import hopes, sends, somebody

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]
WORDS = "I help at the dogs’ home on Fridays."


@pytest.fixture
def sam(store: Store) -> str:
    with store.writing() as session:
        make_account(session, new_desk_key(session, EVERY_ROLE), "Ann", "ann@example.org", CHEAP)
    person_id = somebody(store, "Sam")
    hopes(store, person_id, "I want to work with dogs.\nBig ones.")
    return person_id


def answers(store: Store, sam: str, answer: str, instead: str = "") -> None:
    cause = Cause.message(sam, sends(store, sam, instead or answer))
    with store.writing() as session:
        wording = session.scalars(select(OutcomeWording).order_by(OutcomeWording.id.desc())).first()
        assert wording is not None
        said = None
        if instead:
            message = session.get_one(Incoming, cause.incoming_id)
            said = keep_statement(session, cause, message, "a", "desk:1", instead)
        if answer == "puts_off":
            question = session.scalars(
                select(DeskQuestion).where(DeskQuestion.item_id == wording.id)
            ).one()
            lock_hopes(session, [question.aspiration_id])
            put_off(session, cause, question)
        assert answer_proposal(session, cause, wording.id, answer, said)


def test_from_a_hope_to_a_promise(walk: Walk, address: str, sam: str, store: Store) -> None:
    page = walk.page

    def unfold() -> None:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    def look(name: str) -> None:
        unfold()
        walk.look(f"deciding-{name}")

    page.goto(f"{address}/sign-in")
    gives_password(page, "ann@example.org", PASSWORD)
    sets_up_the_app(page)
    page.goto(f"{address}/people/{sam}")
    box = page.get_by_label("What is to change, in plain words")
    box.fill("We will facilitate your transition into employment.")
    page.get_by_role("button", name="Propose to Sam").click()
    page.get_by_text("What is hard to read, and what to try").wait_for()
    look("held")
    box.fill("I help with the dogs.")
    page.get_by_role("button", name="Propose to Sam").first.click()
    page.get_by_text("Your proposal is kept.").wait_for()
    answers(store, sam, "says_otherwise", "I want to walk big dogs")
    page.reload()
    look("said-otherwise")
    page.get_by_label("Other words for this outcome").fill(WORDS)
    page.locator("#form-reword-1").get_by_role("button").click()
    answers(store, sam, "puts_off")
    page.goto(f"{address}/people/{sam}")
    look("proposed")
    answers(store, sam, "agrees")
    page.reload()
    page.get_by_label("What is to be done?").fill("Ring the dogs’ home.")
    page.get_by_role("button", name="Keep the step").click()
    page.get_by_text("The step is in the plan").wait_for()
    cause = Cause.message(sam, sends(store, sam, "help"))
    with store.writing() as session:
        say_of_step(session, cause, session.scalars(select(Step.id)).one(), "needs_help")
    unfold()
    page.get_by_label("Other words for this outcome").fill("I walk the dogs on Mondays.")
    page.locator("#form-reword-1").get_by_role("button").click()
    # Sam's word came between: nothing is decided on an old page.
    page.get_by_text("New since you opened this page").wait_for()
    look("changed")
    page.locator("#form-reword-1").get_by_role("button").click()
    page.get_by_text("Your proposal is kept.").wait_for()
    for label, words, button in (
        ("Your question", "Which dogs?", "Ask in the chat"),
        ("What do you find out", "Is there room?", "Promise it"),
    ):
        unfold()
        page.get_by_label(label).first.fill(words)
        page.get_by_role("button", name=button).first.click()
        page.get_by_role("status").wait_for()
    unfold()
    page.get_by_label("Your note, for the people who work with Sam").fill("Likes mornings.")
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_text("The note is kept").wait_for()
    with store.writing() as session:
        session.execute(update(Promise).values(by_day=today() - timedelta(days=1)))
    page.goto(f"{address}/promises")
    look("promises")
    page.goto(f"{address}/")
    look("morning")
    page.goto(f"{address}/people/{sam}")
    look("all")
    page.get_by_label("The answer, or why it could not be").fill("They have no room now.")
    page.get_by_label("We could not, because …").check()
    page.locator("#form-end-1").get_by_role("button").click()
    page.get_by_text("The promise has ended").wait_for()
    look("ended")
