"""The desk with a fresh store, and facilitators who sign in as people do: through the page."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from litestar.testing import TestClient

from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.settings import StoreSettings
from review.building import build_desk
from review.settings import ReviewSettings
from tests.review.pages import Page

PASSWORD = "three small words"
# Cheap on purpose; the desk hashes it again by its own rules at the first sign-in.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


class Visitor:
    """Somebody with a browser: keeps cookies, follows forms, and looks at pages."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self._client = client
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

    def signs_in(self, email: str, password: str = PASSWORD) -> Page:
        """Through the page."""
        return self.sends(self.opens("/sign-in"), "/sign-in", email=email, password=password)


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
        yield lambda: Visitor(client)


@pytest.fixture
def visitor(visit: Callable[[], Visitor]) -> Visitor:
    """Somebody who is not signed in."""
    return visit()


@pytest.fixture
def ann(visit: Callable[[], Visitor], store: Store) -> Visitor:
    """Ann, a facilitator, signed in."""
    return facilitator(visit, store, "Ann")


@pytest.fixture
def bob(visit: Callable[[], Visitor], store: Store) -> Visitor:
    """Bob, another facilitator, signed in."""
    return facilitator(visit, store, "Bob")


def facilitator(visit: Callable[[], Visitor], store: Store, name: str) -> Visitor:
    """An account with this name, signed in."""
    email = f"{name.lower()}@example.org"
    with store.writing() as session:
        make_account(session, new_desk_key(session), name, email, CHEAP)
    somebody = visit()
    page = somebody.signs_in(email)
    assert "Sign out" in page.text
    return somebody
