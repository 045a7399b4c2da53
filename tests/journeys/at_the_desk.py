"""A facilitator's first way to the desk, in a browser or by its forms."""

from dataclasses import dataclass

import httpx
from playwright.sync_api import Page, expect

from tests.journeys.whole_house import House
from tests.review.pages import Form
from tests.review.pages import Page as ReadPage

NAME, EMAIL, PASSWORD = "Ann", "ann@example.org", "three small words"


def comes_in_a_browser(house: House, page: Page) -> None:
    """She makes the first account by the one-use path, goes home, and signs in next time."""
    path = house.asks("review.accounts", "first", "--plain")
    page.goto(house.desk + path)
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("heading", name="Who waits").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.goto(house.desk)
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Who waits").wait_for()


def reads_and_answers(page: Page, name: str, hope: str, helps: str, answer: str) -> None:
    """The person stands at the top; their own words come first; the answer is sent."""
    first = page.locator(".queue").first
    expect(first).to_have_class("queue hope")
    expect(first.locator(".rows h3").first).to_have_text(name)
    first.get_by_role("link", name=name).click()
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

    @classmethod
    def signs_in(cls, house: House, name: str) -> "Facilitator":
        """With an account of her own."""
        email = f"{name.lower()}@example.org"
        path = house.asks(*("review.accounts", "add", "--name", name, "--email", email, "--plain"))
        client = httpx.Client(
            base_url=house.desk, follow_redirects=True, timeout=60, trust_env=False
        )
        ann = cls(client)
        form = ann.opens(path).form(path.partition("?")[0])
        typed = {"name": name, "email": email, "password": PASSWORD, "again": PASSWORD}
        assert "Sign out" in client.post(form.action, data={**form.fields, **typed}).text
        return ann

    def opens(self, path: str) -> ReadPage:
        """Look at a page."""
        return ReadPage(self.client.get(path).text)

    def fills_in(self, person_id: str, words: str) -> Form:
        """The form for an answer about the hope, filled in and not sent yet."""
        page = self.opens(f"/people/{person_id}")
        (form,) = (form for form in page.forms if "hope" in form.fields)
        form.fields["words"] = words
        return form

    def sends(self, form: Form) -> httpx.Response:
        """Press the button."""
        return self.client.post(form.action, data=form.fields)
