"""From an invite to a facilitator's answer on the phone: every process real, a real browser."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import select

from plan_store.inviting import new_invite
from plan_store.tables import (
    Access,
    Answer,
    Aspiration,
    AspirationStatement,
    Facilitator,
    History,
    Sharing,
    Table,
    Turn,
)
from tests.bot.web.in_a_browser import FLAGS
from tests.journeys.conftest import OpenHouse
from tests.journeys.whole_house import House, until
from tests.journeys.young_person import CHAPTER, YoungPerson
from tests.stores import BOTH
from tests.telegram_double import TelegramDouble

pytestmark = pytest.mark.needs("chromium")

HOPE, HELPS = "I want to work with dogs 🐕 & <b>cats</b>", "my sister can come with me"
ANSWER = "Which dogs do you like? I know a kennel."
PASSWORD = "three small words"


@pytest.fixture(scope="module", params=BOTH)
def house(request: pytest.FixtureRequest, open_house: OpenHouse) -> Iterator[House]:
    yield from open_house(request, request.param)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def rows(house: House, table: type[Table], person_id: str) -> list[Table]:
    """What the store holds of this person in this table, in order."""
    key = table.__table__.c
    with house.store.reading() as session:
        return list(session.scalars(select(table).where(key.person_id == person_id).order_by("id")))


def comes_to_the_desk(house: House, page: Page) -> None:
    """The first facilitator makes her account by the one-use path; a later one signs in."""
    path = house.asks("review.accounts", "first", "--plain")
    if path:
        page.goto(house.desk + path)
        page.get_by_label("Your name").fill("Ann")
        page.get_by_label("E-mail").fill("ann@example.org")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("The same password again").fill(PASSWORD)
        page.get_by_role("button", name="Make the account").click()
        page.get_by_role("heading", name="Who waits").wait_for()
        page.get_by_role("button", name="Sign out").click()
    page.goto(house.desk)
    page.get_by_label("E-mail").fill("ann@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Who waits").wait_for()


def answers(page: Page, name: str) -> None:
    """The person stands at the top; their own words come first; the answer is sent."""
    first = page.locator(".queue").first
    expect(first).to_have_class("queue hope")
    expect(first.locator(".rows h3").first).to_have_text(name)
    first.get_by_role("link", name=name).click()
    page.get_by_role("heading", level=1, name=name).wait_for()
    expect(page.locator("blockquote").first).to_have_text(HOPE)
    expect(page.locator("blockquote").nth(1)).to_have_text(HELPS)
    page.get_by_label("Your answer about this hope").fill(ANSWER)
    page.get_by_role("button", name=f"Send to {name}").first.click()
    page.wait_for_url("**/*?sent=*")


def test_from_an_invite_to_the_answer_on_the_phone(
    house: House, double: TelegramDouble, page: Page
) -> None:
    phone = double.phone(abs(hash(house.settings.store_url)) % 10**9, "A Telegram name")
    sam = YoungPerson(phone, "Sam", HOPE, HELPS)
    sam.comes_in(house.store)
    sam.walks()
    read_back = phone.sees("“")
    assert f"“{HOPE}”" in read_back.text
    assert f"“{HELPS}”" in read_back.text
    assert sam.keys(house.store) == list(CHAPTER)

    comes_to_the_desk(house, page)
    answers(page, "Sam")
    arrived = sam.hears("facilitator_says")
    assert "Ann wrote to you. Ann is a person" in arrived.text
    assert f"“{ANSWER}”" in arrived.text
    until(lambda: sam.has_got_everything(house.store), 10, "the last reply noted as sent")
    page.reload()
    expect(page.locator(".answers")).to_contain_text("Sent to the chat")

    the_store_holds_it_word_for_word(house, sam)
    assert "Telegram name" not in phone.read_aloud()
    assert [shown.text for shown in phone.heard] == sam.texts(house.store)
    assert phone.spinner == []
    assert double.waiting == []
    assert double.complaints == []


def the_store_holds_it_word_for_word(house: House, sam: YoungPerson) -> None:
    person_id = sam.person_id(house.store)
    came = sam.messages(house.store)
    assert [message.state for message in came] == ["settled"] * 7
    assert [message.words for message in came[1:]] == [said.what for said in sam.the_chapter()]
    name, hope, helps = sam.statements(house.store)
    assert [(each.target, each.words, each.how, each.said_by) for each in (name, hope, helps)] == [
        ("name", "Sam", "typed", "person"),
        ("ask_work_hope", HOPE, "typed", "person"),
        ("ask_work_help", HELPS, "typed", "person"),
    ]
    causes = [came[1].id, came[3].id, came[4].id]
    assert [each.incoming_id for each in (name, hope, helps)] == causes

    with house.store.reading() as session:
        aspiration = session.scalars(
            select(Aspiration).where(Aspiration.person_id == person_id)
        ).one()
        linked = session.execute(
            select(AspirationStatement.part, AspirationStatement.statement_id)
            .where(AspirationStatement.aspiration_id == aspiration.id)
            .order_by(AspirationStatement.statement_id)
        ).all()
        assert [tuple(each) for each in linked] == [("hope", hope.id), ("help", helps.id)]
        assert aspiration.life_area == "work_learning"
        assert aspiration.agreed_at is not None
        assert aspiration.whose_turn == "person"
        sharing = session.scalars(
            select(Sharing).where(Sharing.aspiration_id == aspiration.id)
        ).one()
        assert (sharing.audience, sharing.incoming_id, sharing.until) == (
            "facilitator",
            came[6].id,
            None,
        )
        answer = session.scalars(select(Answer).where(Answer.person_id == person_id)).one()
        assert (answer.words, answer.aspiration_id) == (ANSWER, aspiration.id)
        ann = session.get_one(Facilitator, answer.facilitator_id)
        assert ann.name == "Ann"
        turns = session.scalars(select(Turn.incoming_id).order_by(Turn.incoming_id)).all()
        assert {message.id for message in came} <= set(turns)

        history = session.scalars(
            select(History).where(History.person_id == person_id).order_by(History.id)
        ).all()
        print([(each.who, each.what, each.incoming_id) for each in history])
        assert history[-1].click == answer.click
        looked = session.scalars(select(Access).where(Access.person_id == person_id)).all()
        assert {(each.facilitator_id, each.what) for each in looked} == {(ann.id, "page")}
