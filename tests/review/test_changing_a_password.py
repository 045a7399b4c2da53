"""A new password at the desk: by whom it belongs to, counted; every other sign-in ends."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from plan_store.opening import Store
from plan_store.retaining import read_retention
from plan_store.roles import ROLES
from plan_store.second_factor import TRIES
from plan_store.tables import AccountChange, Facilitator
from tests.review.conftest import PASSWORD, Visitor, facilitator
from tests.review.pages import Page

NEW = "another three small words"
ANN = "ann@example.org"


def changes(who: Visitor, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> Page:
    typed = {"old": old, "password": new, "again": new if again is None else again}
    return who.sends(who.opens("/my-account"), "/my-account/password", **typed)


def kept(store: Store) -> tuple[str, list[tuple[int, str, int]]]:
    with store.reading() as session:
        rows = session.scalars(select(AccountChange).order_by(AccountChange.id))
        return session.scalars(select(Facilitator.password_hash)).first() or "", [
            (row.facilitator_id, row.what, row.by_id) for row in rows
        ]


@pytest.mark.parametrize("role", list(ROLES))
def test_in_every_role_they_change_their_own(
    role: str, visit: Callable[[], Visitor], store: Store
) -> None:
    ann = facilitator(visit, store, "Ann", role)
    page = changes(ann)
    assert "Your password is changed" in page.text
    assert "Last changed" in page.text
    assert kept(store)[1] == [(1, "password", 1)]
    ann.sends(page, "/sign-out")
    assert ann.gives_password(ANN, PASSWORD).title.startswith("Error:")
    assert "Sign out" in ann.signs_in(ANN, NEW).text


def test_everywhere_else_they_are_signed_out_and_whoever_is_half_way_too(
    ann: Visitor, visit: Callable[[], Visitor]
) -> None:
    phone, stranger = visit(), visit()
    phone.signs_in(ANN)
    half_way = stranger.gives_password(ANN)
    assert half_way.title.startswith("Your code")
    changes(ann)
    assert phone.opens("/").title.startswith("Sign in")
    stranger.gives_code(ANN, half_way)
    assert stranger.opens("/").title.startswith("Sign in")
    assert "Sign out" in ann.opens("/").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old": "not it at all"}, "This is not your password now"),
        ({"new": "tiny"}, "Use a password of at least 12"),
        ({"new": "x" * 201}, "Use a password of at most 200"),
        ({"again": "something else"}, "Write the same password twice."),
        ({"new": PASSWORD}, "Use another one than you have now."),
    ],
)
def test_what_is_amiss_is_said_and_nothing_is_changed(
    ann: Visitor, store: Store, typed: dict[str, str], said: str
) -> None:
    before = kept(store)
    page = changes(ann, **typed)
    assert ann.response.status_code == 422
    assert said in page.text
    assert page.title.startswith("Error:")
    for words in (PASSWORD, NEW, *typed.values()):
        assert words not in page.html.replace(said, "")
    assert kept(store) == before


def test_guessing_is_counted_as_at_the_sign_in(ann: Visitor, store: Store) -> None:
    for number in range(TRIES):
        changes(ann, old=f"a wrong guess {number}")
    # Even the right one is refused now, in the same words.
    assert "This is not your password now" in changes(ann).text
    assert kept(store)[1] == []


def test_an_address_has_so_many_tries_a_minute(ann: Visitor) -> None:
    page = ann.opens("/my-account")
    said = []
    for _ in range(25):
        ann.sends(page, "/my-account/password", old="x", password=NEW, again=NEW)
        said.append(ann.response.status_code)
    assert said[-1] == 429


def test_who_signs_in_at_the_council_has_no_password_here(ann: Visitor, store: Store) -> None:
    with store.writing() as session:
        session.scalars(select(Facilitator)).one().password_hash = ""
    page = ann.opens("/my-account")
    assert not any(form.action.endswith("/password") for form in page.forms)
    token = page.form("/sign-out").fields["_csrf_token"]
    typed = {"old": "", "password": NEW, "again": NEW, "_csrf_token": token}
    ann.client.post("/my-account/password", data=typed)
    assert kept(store) == ("", [])


def test_the_record_of_it_goes_after_a_year() -> None:
    found = {each.what: each.lasts.days for each in read_retention().schedule}
    assert found["account_change"] == 365
