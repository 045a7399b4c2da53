"""From an invite to a facilitator's answer on the phone: every process real, a real browser."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from plan_store.tables import Access, Facilitator, Person, Statement
from tests.journeys.at_the_desk import NAME, comes_in_a_browser, reads_and_answers, signed_in
from tests.journeys.conftest import Somebody, a_window
from tests.journeys.what_was_kept import Kept, check_kept_once
from tests.journeys.whole_house import House, until
from tests.journeys.young_person import literal
from tests.telegram_double import TelegramDouble

pytestmark = pytest.mark.needs("chromium")

HOPE, HELPS = "I want to work with dogs 🐕 & <b>cats</b>", "my sister can come with me"
ANSWER = "Which dogs do you like? I know a dogs’ home."


def test_from_an_invite_to_the_answer_on_the_phone(
    house: House, double: TelegramDouble, browser: Browser, somebody: Somebody
) -> None:
    sam = somebody("Sam", HOPE, HELPS)
    sam.comes_in(house.store)
    sam.walks(until="read_back")
    read_back = sam.hears("read_back").text
    assert f"“{HOPE}”" in read_back
    assert f"“{HELPS}”" in read_back
    sam.walks()

    desk = a_window(browser)
    comes_in_a_browser(house, desk)
    reads_and_answers(desk, "Sam", HOPE, HELPS, ANSWER)
    arrived = sam.hears("facilitator_says").text
    assert f"{NAME} wrote to you. {NAME} is a person" in arrived
    assert f"“{ANSWER}”" in arrived
    until(lambda: Kept(house.store, sam).is_quiet, 10, "everything noted as sent")
    desk.reload()
    expect(desk.locator(".answers")).to_contain_text("Sent to the chat")

    kept = check_kept_once(house.store, sam, answers=1)
    with house.store.reading() as session:
        (ann,) = (each for each in session.scalars(select(Facilitator)) if each.name == NAME)
        looked = session.scalars(select(Access).where(Access.person_id == kept.person_id)).all()
    (answer,) = kept.answers
    assert (answer.words, answer.facilitator_id) == (ANSWER, ann.id)
    assert answer.aspiration_id == kept.hopes[0].id
    assert {(each.facilitator_id, each.what) for each in looked} == {(ann.id, "page")}
    theirs = kept.history[:-2]
    assert {line.who for line in theirs} == {"person"}
    causes = [line.incoming_id for line in theirs]
    said = [message.words for message in kept.messages]
    # An OK, and the wish to share: nothing is shared before they showed what that means.
    changes_nothing = {said.index("👍 OK"), said.index(sam.label("see_facilitator"))}
    assert set(causes) == {
        message.id for at, message in enumerate(kept.messages[1:], 1) if at not in changes_nothing
    }
    assert {(line.who, line.click) for line in kept.history[-2:]} == {("facilitator", answer.click)}
    assert "Telegram name" not in sam.phone.read_aloud()
    assert sam.phone.spinner == []
    assert double.waiting == []
    assert double.complaints == []
    desk.context.close()


def test_the_same_on_the_page_where_the_answer_comes_by_itself(
    house: House, browser: Browser, somebody: Somebody
) -> None:
    tam = somebody("Tam")  # for the words and labels alone: Tam has no phone
    page = a_window(browser)
    page.goto(f"{house.chat}/i/{house.asks('plan_store.inviting', 'new', '--plain')}")
    page.get_by_role("button", name=tam.library.text("page_start"), exact=True).click()
    for said in tam.chapter:
        if said.tapped:
            page.get_by_role("button", name=said.what, exact=True).click()
        else:
            page.get_by_label(tam.library.text("page_words")).fill(said.what)
            page.get_by_role("button", name=tam.library.text("page_send"), exact=True).click()
        expect(page.locator(".log")).to_contain_text(
            " ".join(literal(tam.library, said.then).split())
        )

    with house.store.reading() as session:
        (person,) = (each for each in session.scalars(select(Person)) if each.called == "Tam")
        words = session.scalars(
            select(Statement.words).where(Statement.person_id == person.id).order_by(Statement.id)
        ).all()
    assert [each for each in words if each in (tam.name, tam.hope, tam.helps)] == [
        *("Tam", tam.hope, tam.helps)
    ]

    page.evaluate("window.notReloaded = true")
    with signed_in(house, "Cleo") as cleo:
        assert "Your answer is kept" in cleo.sends(cleo.fills_in(person.id, ANSWER)).text
    newest = page.locator(".log .message").last
    expect(newest).to_have_class("message person", timeout=20_000)
    expect(newest).to_contain_text(ANSWER)
    expect(newest).to_contain_text("Cleo is a person")
    assert page.evaluate("window.notReloaded") is True
    page.context.close()
