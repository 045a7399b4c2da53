"""A facilitator's first way to the desk, in a browser or by its forms."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from plan_store.tables import Facilitator as Account
from tests.at_a_desk import gives_code, gives_password, sets_up_the_app
from tests.authenticator import Authenticator
from tests.journeys.whole_house import House
from tests.review.pages import Form
from tests.review.pages import Page as ReadPage

ROLE = ("--role", "manager")
NUMBERS = itertools.count(1)
NAME, EMAIL, PASSWORD = "Ann", "ann@example.org", "three small words"


def comes_in_a_browser(house: House, page: Page) -> None:
    """She makes her account by a one-use path, goes home, and signs in next time.

    It is the first account, unless another journey in the same house came before.
    """
    with house.store.reading() as session:
        is_first = session.scalar(select(func.count(Account.id))) == 0
    asked = ("first", "--plain") if is_first else _added(NAME, EMAIL)
    _comes_in(house, page, house.asks("review.accounts", *asked), NAME, EMAIL)


def comes_too(house: House, page: Page, name: str) -> None:
    """Somebody else gets an account, and does the same."""
    email = f"{name.lower()}@example.org"
    _comes_in(house, page, house.asks("review.accounts", *_added(name, email)), name, email)


def _added(name: str, email: str) -> tuple[str, ...]:
    return ("add", "--name", name, "--email", email, *ROLE, "--plain")


def _comes_in(house: House, page: Page, path: str, name: str, email: str) -> None:
    page.goto(house.desk + path)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    app = sets_up_the_app(page)
    page.get_by_role("heading", name="Who waits").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.goto(house.desk)
    gives_password(page, email, PASSWORD)
    gives_code(page, app)
    page.get_by_role("heading", name="Who waits").wait_for()


def reads_and_answers(page: Page, name: str, hope: str, helps: str, answer: str) -> None:
    """It is the desk's turn with this person; their own words come first; the answer is sent.

    The house stands for all journeys of a run, so others may wait too.
    """
    page.locator(".queue.turn .rows").get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", level=1, name=name).wait_for()
    expect(page.locator("blockquote").first).to_have_text(hope)
    expect(page.locator("blockquote").nth(1)).to_have_text(helps)
    page.get_by_label("Your answer about this hope").fill(answer)
    page.get_by_role("button", name=f"Send to {name}").first.click()
    page.wait_for_url("**/*?sent=*")


@dataclass
class Facilitator:
    """Somebody signed in at the desk, by its forms alone."""

    client: httpx.Client

    def opens(self, path: str) -> ReadPage:
        """Look at a page."""
        return ReadPage(self.client.get(path).text)

    def fills_in(self, person_id: str, words: str) -> Form:
        """The form for an answer about the hope, filled in and not sent yet."""
        page = self.opens(f"/people/{person_id}")
        (form,) = (
            form
            for form in page.forms
            if "hope" in form.fields and form.action.endswith("/answers")
        )
        form.fields["words"] = words
        return form

    def sends(self, form: Form) -> httpx.Response:
        """Press the button."""
        return self.client.post(form.action, data=form.fields)


@contextmanager
def signed_in(house: House, name: str) -> Iterator[Facilitator]:
    """Somebody who may answer everybody, signed in for as long as the block lasts.

    The house stands for all journeys of a run, so the address is a new one each time.
    """
    email = f"{name.lower()}{next(NUMBERS)}@example.org"
    path = house.asks("review.accounts", *_added(name, email))
    with httpx.Client(
        base_url=house.desk, follow_redirects=True, timeout=60, trust_env=False
    ) as client:
        facilitator = Facilitator(client)
        form = facilitator.opens(path).form(path.partition("?")[0])
        typed = {"name": name, "email": email, "password": PASSWORD, "again": PASSWORD}
        set_up = ReadPage(client.post(form.action, data={**form.fields, **typed}).text)
        form = set_up.form("/sign-in/set-up")
        form.fields["code"] = Authenticator(set_up.text_of("factor-key")).code()
        assert "Your recovery codes" in facilitator.sends(form).text
        assert "Sign out" in client.get("/").text
        yield facilitator
