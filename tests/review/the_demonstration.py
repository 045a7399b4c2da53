"""The desk on the store of `./myway demo`, served for a file of journeys, and windows to it."""

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pydantic import SecretStr
from sqlalchemy import select

from plan_store.facilitators import make_account, make_council_account, new_desk_key
from plan_store.keeping_a_secret import kept_secret
from plan_store.opening import Store, open_store
from plan_store.second_factor import new_recovery_codes
from plan_store.tables import Facilitator, Person
from review.building import build_desk
from review.demonstrating.__main__ import PASSWORD, fill
from review.demonstrating.reading_stories import read_stories
from review.factor_codes import FactorCodes
from review.settings import ReviewSettings
from tests.at_a_desk import gives_password
from tests.review.conftest import CHEAP
from tests.review.council_double import CLIENT_ID, CLIENT_SECRET, CouncilDouble
from tests.review.in_a_browser import Served
from tests.running_the_pair import free_port
from tests.stores import a_store

ADDRESSES = itertools.count(1)
ANN, BOB, CY, DOT = "ann@demo.invalid", "bob@demo.invalid", "cy@council.example", "dot@demo.invalid"


@dataclass
class OpenDesk:
    """The demonstration, served; codes that stand in for the app, for each account."""

    address: str
    store: Store
    codes: dict[str, list[str]]

    def person(self, name: str) -> str:
        """The id of whoever is called so."""
        with self.store.reading() as session:
            people = session.scalars(select(Person)).all()
            return next(each.id for each in people if (each.called or "").startswith(name))


@pytest.fixture(scope="module")
def council() -> Iterator[CouncilDouble]:
    double = CouncilDouble()
    double.who |= {"email": CY, "sub": "cy", "amr": ["mfa"]}
    with double.serving():
        yield double


@pytest.fixture(scope="module")
def desk_of_the_demo(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    council: CouncilDouble,
) -> Iterator[OpenDesk]:
    with ExitStack() as stack:
        kept = stack.enter_context(a_store(request, "sqlite", tmp_path_factory.mktemp("demo")))
        port = free_port()
        settings = ReviewSettings.model_construct(**kept.model_dump())
        settings.desk_port, settings.desk_public_url = port, f"http://127.0.0.1:{port}"
        settings.oidc_issuer, settings.oidc_name = council.issuer, "Test Council"
        settings.oidc_client_id = CLIENT_ID
        settings.oidc_client_secret = SecretStr(CLIENT_SECRET)
        store = open_store(kept)
        codes = {ANN: fill(store, read_stories(), FactorCodes(kept_secret(settings.secret_file)))}
        with store.writing() as session:
            bob = session.scalars(select(Facilitator).order_by(Facilitator.id)).all()[1]
            codes[BOB] = new_recovery_codes(session, bob.id)
            make_council_account(session, "Cy", CY, ["manager"])
            make_account(session, new_desk_key(session), "Dot", DOT, CHEAP)
        server = Served(build_desk(settings))
        server.config.host, server.config.port = "127.0.0.1", port
        thread = threading.Thread(target=server.run)
        thread.start()
        assert server.up.wait(20)
        yield OpenDesk(f"http://127.0.0.1:{port}", store, codes)
        server.should_exit = True
        thread.join(10)
        store.close()


Window = Callable[[], Page]


@pytest.fixture
def window(browser: Browser, desk_of_the_demo: OpenDesk) -> Iterator[Window]:
    """A browser of somebody's own, each time."""
    opened: list[BrowserContext] = []

    def new() -> Page:
        # From an address of its own: an address has so many tries a minute.
        address = f"10.0.0.{next(ADDRESSES)}"
        context = browser.new_context(
            viewport={"width": 1280, "height": 900},
            base_url=desk_of_the_demo.address,
            extra_http_headers={"X-Forwarded-For": address},
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


def comes_in(desk: OpenDesk, page: Page, email: str = ANN, password: str = PASSWORD) -> Page:
    page.goto("/sign-in")
    gives_password(page, email, password)
    page.get_by_label("The 6 digits").fill(desk.codes[email].pop())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Who waits").wait_for()
    return page
