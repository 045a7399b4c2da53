"""The desk with a fresh store, and facilitators who sign in as people do: through the page."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import TestClient

from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.settings import StoreSettings
from review import passwords
from review.building import build_desk
from review.settings import ReviewSettings
from tests.authenticator import Authenticator
from tests.review.in_a_browser import address, browser, walk
from tests.review.pages import Page

__all__ = ["address", "browser", "walk"]

PASSWORD = "three small words"
# Cheap on purpose; where the desk has its own rules, it hashes it again at the first sign-in.
CHEAPLY = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
CHEAP = CHEAPLY().hash(PASSWORD)


class Visitor:
    """Somebody with a browser: keeps cookies, follows forms, and looks at pages."""

    def __init__(self, client: TestClient[Litestar], app_of: dict[str, Authenticator]) -> None:
        self._client = client
        self.app_of = app_of
        self.cookies = httpx.Cookies()
        self.response: httpx.Response

    @property
    def client(self) -> TestClient[Litestar]:
        """The desk as this visitor's browser sees it, with this visitor's cookies."""
        self._client.cookies = self.cookies
        # Given as an object, it is copied; the browser has to go on with this one.
        self.cookies = self._client.cookies
        return self._client

    def opens(self, path: str) -> Page:
        """Go there, and wherever it leads."""
        self.response = self.client.get(path, follow_redirects=True)
        return Page(self.response.text)

    def sends(self, page: Page, action_end: str, having: Any = None, **typed: str) -> Page:
        """Fill in the form on this page and press its button."""
        form = page.form(action_end, having or {})
        self.response = self.client.post(
            form.action, data=form.fields | typed, follow_redirects=True
        )
        return Page(self.response.text)

    def gives_password(self, email: str, password: str = PASSWORD) -> Page:
        """The first factor, through the page."""
        return self.sends(self.opens("/sign-in"), "/sign-in", email=email, password=password)

    def signs_in(self, email: str, password: str = PASSWORD) -> Page:
        """Both factors, through the pages; the app is set up where it is not yet."""
        return self.gives_code(email, self.gives_password(email, password))

    def gives_code(self, email: str, page: Page) -> Page:
        """The second factor, if it is asked for."""
        if "/sign-in/set-up" in [form.action for form in page.forms]:
            self.app_of[email] = Authenticator(page.text_of("factor-key"))
            page = self.sends(page, "/sign-in/set-up", code=self.app_of[email].code())
            assert len(page.items_of("recovery")) == 10
            (goes_on,) = re.findall(r'class="nhsuk-button" href="([^"]+)"', page.html)
            return self.opens(goes_on)
        if "/sign-in/code" in [form.action for form in page.forms]:
            return self.sends(page, "/sign-in/code", code=self.app_of[email].code())
        return page


@pytest.fixture(autouse=True)
def slow_on_purpose(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords take long to hash, for people who guess; only the tests of signing in wait."""
    if request.module.__name__ != "tests.review.test_signing_in":
        monkeypatch.setattr(passwords, "PasswordHasher", CHEAPLY)


@pytest.fixture
def settings(store_settings: StoreSettings) -> ReviewSettings:
    """The desk's settings for this test's store."""
    return ReviewSettings.model_construct(**store_settings.model_dump())


@pytest.fixture
def desk(settings: ReviewSettings) -> Litestar:
    """The desk as it is served."""
    return build_desk(settings)


@pytest.fixture
def visit(desk: Litestar) -> Iterator[Callable[[], Visitor]]:
    """A new visitor each time; all of them at the same desk."""
    with TestClient(desk, raise_server_exceptions=False) as client:
        app_of: dict[str, Authenticator] = {}
        yield lambda: Visitor(client, app_of)


@pytest.fixture
def visitor(visit: Callable[[], Visitor]) -> Visitor:
    """Somebody who is not signed in."""
    return visit()


@pytest.fixture
def ann(visit: Callable[[], Visitor], store: Store) -> Visitor:
    """Ann, who sees everybody and may do everything with them, signed in."""
    return facilitator(visit, store, "Ann")


@pytest.fixture
def bob(visit: Callable[[], Visitor], store: Store) -> Visitor:
    """Bob, another one like her, signed in."""
    return facilitator(visit, store, "Bob")


def account(store: Store, name: str, *roles: str) -> int:
    """An account with this name and these roles; its id."""
    email = f"{name.lower()}@example.org"
    with store.writing() as session:
        return make_account(session, new_desk_key(session, roles), name, email, CHEAP).id


def facilitator(
    visit: Callable[[], Visitor],
    store: Store,
    name: str,
    *roles: str,
) -> Visitor:
    """An account with this name and these roles, signed in."""
    email = f"{name.lower()}@example.org"
    account(store, name, *(roles or ("facilitator", "manager")))
    somebody = visit()
    page = somebody.signs_in(email)
    assert "Sign out" in page.text
    return somebody
