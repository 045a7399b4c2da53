"""Accounts and sign-ins: one-use links, sessions under a new id, and few tries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from litestar.testing import TestClient
from sqlalchemy import func, select, update

from plan_store.facilitators import (
    end_account,
    find_by_email,
    key_is_open,
    make_account,
    new_desk_key,
)
from plan_store.keeping_a_secret import kept_secret
from plan_store.opening import Store
from plan_store.tables import DeskKey, DeskSession, Facilitator, now
from review import accounts
from review.building import build_desk
from review.settings import ReviewSettings
from tests.review.conftest import CHEAP, PASSWORD, Visitor

ANN = {"name": "Ann", "email": "Ann@Example.org ", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def key(store: Store) -> str:
    with store.writing() as session:
        return new_desk_key(session)


@pytest.fixture
def anns_account(store: Store, key: str) -> str:
    with store.writing() as session:
        make_account(session, key, "Ann", "ann@example.org", CHEAP)
    return "ann@example.org"


def test_the_first_account_is_made_by_its_link(visitor: Visitor, key: str, store: Store) -> None:
    page = visitor.sends(visitor.opens(f"/first/{key}"), f"/first/{key}", **ANN)
    assert page.title.startswith("Set up your second factor")
    page = visitor.gives_code(ANN["email"], page)

    assert "Nobody waits for you now." in page.text
    with store.reading() as session:
        ann = find_by_email(session, "ann@example.org")
        assert ann is not None
        assert ann.name == "Ann"
        assert PASSWORD not in ann.password_hash


def test_looking_at_the_link_does_not_use_it_up(visitor: Visitor, key: str) -> None:
    for _ in range(3):
        assert "Make your account" in visitor.opens(f"/first/{key}").text
    visitor.sends(visitor.opens(f"/first/{key}"), f"/first/{key}", **ANN)
    assert visitor.response.url.path == "/sign-in/set-up"


def test_the_link_works_once(visit: Callable[[], Visitor], key: str, store: Store) -> None:
    second = visit()
    open_before = second.opens(f"/first/{key}")
    first = visit()
    first.sends(first.opens(f"/first/{key}"), f"/first/{key}", **ANN)

    page = second.sends(open_before, f"/first/{key}", **ANN | {"email": "bob@example.org"})

    assert "This link has ended" in page.text
    assert second.response.status_code == 410
    assert visit().opens(f"/first/{key}").title.startswith("This link has ended")
    with store.reading() as session:
        assert session.scalar(select(func.count(Facilitator.id))) == 1


def test_a_link_of_last_week_has_ended(visitor: Visitor, key: str, store: Store) -> None:
    with store.writing() as session:
        session.execute(update(DeskKey).values(ends_at=now() - timedelta(seconds=1)))
    assert "This link has ended" in visitor.opens(f"/first/{key}").text


def test_an_unknown_link_has_ended(visitor: Visitor) -> None:
    assert "This link has ended" in visitor.opens("/first/abc").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Write the name."),
        ({"name": "n" * 121}, "Use a shorter name"),
        ({"email": "ann"}, "Write an e-mail address"),
        ({"password": "short", "again": "short"}, "at least 12"),
        ({"again": "three small wards"}, "These two differ."),
    ],
)
def test_what_is_amiss_is_said_and_nothing_typed_is_lost_but_passwords(
    visitor: Visitor, key: str, store: Store, typed: dict[str, str], said: str
) -> None:
    page = visitor.sends(visitor.opens(f"/first/{key}"), f"/first/{key}", **ANN | typed)

    assert page.title.startswith("Error:")
    assert page.text.count(said) == 2  # in the summary and at the field
    form = page.form(f"/first/{key}")
    assert form.fields["name"] == (ANN | typed)["name"].strip()
    assert form.fields["email"] == (ANN | typed)["email"].strip()
    assert form.fields["password"] == form.fields["again"] == ""
    with store.reading() as session:
        assert key_is_open(session, key)


def test_an_email_has_one_account(visitor: Visitor, anns_account: str, store: Store) -> None:
    with store.writing() as session:
        another = new_desk_key(session)
    page = visitor.sends(visitor.opens(f"/first/{another}"), f"/first/{another}", **ANN)

    assert "There is an account with this e-mail already." in page.text
    with store.reading() as session:
        assert key_is_open(session, another)


def test_a_wrong_password_and_an_unknown_email_read_the_same(
    visitor: Visitor, anns_account: str
) -> None:
    wrong = visitor.signs_in(anns_account, "not this one here")
    assert visitor.response.status_code == 422
    unknown = visitor.signs_in("nobody@example.org", "not this one here")

    assert wrong.text == unknown.text
    assert "do not belong together" in wrong.text
    assert wrong.form("/sign-in").fields["email"] == anns_account
    assert visitor.opens("/").title.startswith("Sign in")


def test_an_unknown_email_takes_as_long(visitor: Visitor, anns_account: str) -> None:
    checked: list[str] = []
    passwords = visitor.client.app.state.passwords
    verify = passwords._argon2.verify

    class Watching:
        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept)
            return bool(verify(kept, password))

    passwords._argon2 = Watching()
    visitor.signs_in(anns_account, "not this one here")
    visitor.signs_in("nobody@example.org", "not this one here")

    assert len(checked) == 2


def test_the_twenty_first_try_in_a_minute_has_to_wait(visitor: Visitor, anns_account: str) -> None:
    for number in range(20):
        visitor.signs_in(f"nobody{number}@example.org", "not this one here")
    page = visitor.signs_in(anns_account)

    assert visitor.response.status_code == 429
    assert "Wait one minute" in page.text
    assert "Sign out" not in visitor.opens("/").text


def test_an_old_hash_is_made_anew_at_sign_in(
    visitor: Visitor, anns_account: str, store: Store
) -> None:
    visitor.signs_in(anns_account)
    with store.reading() as session:
        ann = find_by_email(session, anns_account)
    assert ann is not None
    assert ann.password_hash != CHEAP
    assert not PasswordHasher().check_needs_rehash(ann.password_hash)
    assert "Sign out" in visitor.signs_in(anns_account).text


def test_signing_in_makes_a_new_session_id(visitor: Visitor, anns_account: str) -> None:
    chosen = "an-id-somebody-else-chose"
    visitor.cookies.set("desk", chosen, domain="testserver.local", path="/")
    visitor.signs_in(anns_account)
    first = visitor.cookies["desk"]
    assert first != chosen
    assert "Sign out" in visitor.opens("/").text

    visitor.signs_in(anns_account)
    assert visitor.cookies["desk"] != first
    for old in (chosen, first):
        visitor.cookies.set("desk", old, domain="testserver.local", path="/")
        assert visitor.opens("/").title.startswith("Sign in")


def test_signing_out_ends_the_session_on_the_server(ann: Visitor) -> None:
    page = ann.opens("/")
    kept = ann.cookies["desk"]
    ann.sends(page, "/sign-out")
    ann.cookies.set("desk", kept, domain="testserver.local", path="/")

    assert ann.opens("/").title.startswith("Sign in")


def test_an_ended_account_is_out_with_the_next_click(ann: Visitor, store: Store) -> None:
    with store.writing() as session:
        assert end_account(session, "ann@example.org")

    assert ann.opens("/").title.startswith("Sign in")
    assert "do not belong together" in ann.signs_in("ann@example.org").text


@pytest.mark.parametrize("column", ["began_at", "seen_at"])
def test_a_day_long_or_idle_session_ends(ann: Visitor, store: Store, column: str) -> None:
    with store.writing() as session:
        session.execute(update(DeskSession).values({column: now() - timedelta(hours=13)}))
    assert ann.opens("/").title.startswith("Sign in")


def test_sign_in_leads_back_to_the_page_that_was_asked_for(
    visitor: Visitor, anns_account: str
) -> None:
    page = visitor.opens("/people")
    page = visitor.sends(page, "/sign-in", email=anns_account, password=PASSWORD)
    visitor.gives_code(anns_account, page)
    assert visitor.response.url.path == "/people"


@pytest.mark.parametrize("away", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_sign_in_leads_nowhere_else(visitor: Visitor, anns_account: str, away: str) -> None:
    page = visitor.opens(f"/sign-in?next={away}")
    page = visitor.sends(page, "/sign-in", next=away, email=anns_account, password=PASSWORD)
    visitor.gives_code(anns_account, page)
    assert visitor.response.url.host == "testserver.local"
    assert visitor.response.url.path == "/"


def test_over_https_the_cookies_are_secure(settings: ReviewSettings, anns_account: str) -> None:
    settings.desk_public_url = "https://desk.example.org"
    with TestClient(build_desk(settings), base_url="https://testserver.local") as client:
        ann = Visitor(client, {})
        ann.gives_password(anns_account)
        given = [
            line for past in ann.response.history for line in past.headers.get_list("set-cookie")
        ]
        line = next(line for line in given if line.startswith("__Host-desk="))
        for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
            assert part in line
        assert "max-age" in ann.response.headers["strict-transport-security"]


class TestAtTheTerminal:
    """`python -m review.accounts`."""

    @pytest.fixture(autouse=True)
    def _here(self, settings: ReviewSettings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(accounts, "ReviewSettings", lambda: settings)

    def test_the_newest_first_path_counts(
        self, visitor: Visitor, capsys: pytest.CaptureFixture[str]
    ) -> None:
        accounts.main(["first", "--plain"])
        older = capsys.readouterr().out.strip()
        accounts.main(["first", "--plain"])
        newest = capsys.readouterr().out.strip()

        assert "This link has ended" in visitor.opens(older).text
        visitor.gives_code(ANN["email"], visitor.sends(visitor.opens(newest), newest, **ANN))
        assert "Accounts" in visitor.opens("/").text
        assert accounts.main(["first", "--plain"]) == 0
        assert capsys.readouterr().out == "\n"

    def test_one_more_facilitator(
        self, visitor: Visitor, anns_account: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert accounts.main(["add", "--name", "Bo B", "--email", "Bob@x.org", "--plain"]) == 0
        path = capsys.readouterr().out.strip()
        form = visitor.opens(path).form(path.partition("?")[0])
        assert form.fields["name"] == "Bo B"
        assert form.fields["email"] == "bob@x.org"
        assert accounts.main(["add", "--name", "Ann", "--email", anns_account]) == 1

    def test_list_and_end(self, anns_account: str, capsys: pytest.CaptureFixture[str]) -> None:
        accounts.main(["list"])
        assert capsys.readouterr().out == "ann@example.org\tAnn\tfacilitator\topen\n"
        assert accounts.main(["end", "ANN@example.org"]) == 0
        assert accounts.main(["end", "ANN@example.org"]) == 1
        capsys.readouterr()
        accounts.main(["list"])
        assert "ended" in capsys.readouterr().out


def test_the_secret_is_made_once_and_is_ours_alone(settings: ReviewSettings) -> None:
    first = kept_secret(settings.secret_file)
    assert kept_secret(settings.secret_file) == first
    assert len(first) == 64
    assert settings.secret_file.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in settings.var_folder.glob("desk_secret*")] == ["desk_secret"]
