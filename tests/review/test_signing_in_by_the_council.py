"""A council's own sign-in: believed when everything fits, refused when anything does not."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from litestar.testing import TestClient
from pydantic import SecretStr

from plan_store.facilitators import end_account, make_council_account
from plan_store.opening import Store
from review.building import build_desk
from review.settings import ReviewSettings
from tests.review.conftest import Visitor
from tests.review.council_double import CLIENT_ID, CLIENT_SECRET, CouncilDouble
from tests.review.pages import Page

ANN = "ann@example.org"


@pytest.fixture(scope="module")
def double() -> Iterator[CouncilDouble]:
    council = CouncilDouble()
    with council.serving():
        yield council


@pytest.fixture
def council(double: CouncilDouble) -> CouncilDouble:
    double.faults = {}
    double.who = {"sub": "u-1", "email": ANN, "email_verified": True}
    return double


@pytest.fixture
def at_the_council(settings: ReviewSettings, council: CouncilDouble) -> Iterator[Visitor]:
    """A desk that knows the council, and a browser in front of it."""
    settings.oidc_issuer, settings.oidc_name = council.issuer, "Test Council"
    settings.oidc_client_id, settings.oidc_client_secret = CLIENT_ID, SecretStr(CLIENT_SECRET)
    with TestClient(build_desk(settings), raise_server_exceptions=False) as client:
        yield Visitor(client, {})


@pytest.fixture(autouse=True)
def anns_account(store: Store) -> None:
    with store.writing() as session:
        make_council_account(session, "Ann", ANN, ["manager"])


def comes_by_the_council(visitor: Visitor, path: str = "/sign-in/council") -> Page:
    """Off to the council, and back with what it says."""
    gone = visitor.client.get(path, follow_redirects=False)
    assert gone.status_code == 303
    back = httpx.get(gone.headers["location"], trust_env=False)
    assert back.status_code == 302
    at = urlsplit(back.headers["location"])
    return visitor.opens(f"{at.path}?{at.query}")


def test_signed_in_there_is_signed_in_here_with_our_second_factor(at_the_council: Visitor) -> None:
    page = at_the_council.opens("/sign-in")
    assert "Sign in with Test Council" in page.text
    page = comes_by_the_council(at_the_council)
    assert page.title.startswith("Set up your second factor")
    assert "Sign out" in at_the_council.gives_code(ANN, page).text


def test_a_second_factor_of_the_council_counts(
    at_the_council: Visitor, council: CouncilDouble
) -> None:
    council.who["amr"] = ["pwd", "mfa"]
    page = comes_by_the_council(at_the_council, "/sign-in/council?next=/people")
    assert page.title.startswith("Everybody")


def test_the_councils_number_counts_and_not_the_email(
    at_the_council: Visitor, council: CouncilDouble
) -> None:
    council.who["amr"] = ["mfa"]
    assert "Sign out" in comes_by_the_council(at_the_council).text
    council.who["email"] = "ann.of.another.name@example.org"
    assert "Sign out" in comes_by_the_council(at_the_council).text
    # Somebody who gets the e-mail after her is somebody else.
    council.who |= {"sub": "u-2", "email": ANN}
    assert "There is no account for you" in comes_by_the_council(at_the_council).text


@pytest.mark.parametrize(
    "who",
    [{"email": "nobody@example.org"}, {"email_verified": False}, {"email_verified": "true"}],
)
def test_without_an_account_and_a_vouched_for_email_nobody_comes_in(
    at_the_council: Visitor, council: CouncilDouble, who: dict[str, Any]
) -> None:
    council.who |= {"amr": ["mfa"], **who}
    assert "There is no account for you" in comes_by_the_council(at_the_council).text
    assert at_the_council.opens("/").title.startswith("Sign in")


def test_an_ended_account_is_no_account(
    at_the_council: Visitor, council: CouncilDouble, store: Store
) -> None:
    council.who["amr"] = ["mfa"]
    comes_by_the_council(at_the_council)
    with store.writing() as session:
        end_account(session, ANN)
    assert "There is no account for you" in comes_by_the_council(at_the_council).text


@pytest.mark.parametrize(
    "faults",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"aud": "another-desk"}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"exp": 1_000_000}},
        {"key": "another"},
        {"unsigned": True},
        {"state": "another"},
    ],
    ids=lambda faults: "-".join(faults.get("claims", faults)),
)
def test_what_does_not_fit_is_refused(
    at_the_council: Visitor, council: CouncilDouble, faults: dict[str, Any]
) -> None:
    council.who["amr"] = ["mfa"]
    council.faults = faults
    page = comes_by_the_council(at_the_council)
    assert at_the_council.response.status_code == 403
    assert "could not be believed" in page.text
    assert at_the_council.opens("/").title.startswith("Sign in")


def test_nobody_comes_back_who_never_went(at_the_council: Visitor, council: CouncilDouble) -> None:
    page = at_the_council.opens("/sign-in/council/back?code=abc&state=def")
    assert "could not be believed" in page.text


def test_a_council_that_is_away_is_said(at_the_council: Visitor, council: CouncilDouble) -> None:
    council.faults = {"issuer": "https://evil.example"}
    page = at_the_council.opens("/sign-in/council")
    assert at_the_council.response.status_code == 502
    assert "It does not answer now." in page.text


def test_without_the_setting_there_is_no_such_way(visitor: Visitor) -> None:
    assert "Sign in with" not in visitor.opens("/sign-in").text
    for path in ("/sign-in/council", "/sign-in/council/back"):
        visitor.opens(path)
        assert visitor.response.status_code == 404
