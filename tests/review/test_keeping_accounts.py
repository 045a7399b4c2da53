"""The administrator's page, and a manager's: accounts, roles, and who works with whom."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.facilitators import find_by_email, roles_of_all
from plan_store.opening import Store
from plan_store.tables import Facilitator, now
from review import accounts
from review.settings import ReviewSettings
from tests.review.conftest import PASSWORD, Visitor, facilitator
from tests.review.people import somebody


def named(session: Session, name: str) -> Facilitator:
    """Names are sealed: the database cannot look for one."""
    (found,) = [each for each in session.scalars(select(Facilitator)) if each.name == name]
    return found


@pytest.fixture
def ada(visit: Callable[[], Visitor], store: Store) -> Visitor:
    """Ada, an administrator."""
    return facilitator(visit, store, "Ada", "administrator")


def test_an_administrator_sees_no_young_people(ada: Visitor, store: Store) -> None:
    sam = somebody(store)
    assert "You see no young people." in ada.opens("/").text
    assert "Everybody" not in ada.opens("/").text
    assert ada.opens("/people").title.startswith("This is not part of your role here")
    assert ada.client.get(f"/people/{sam}").status_code == 403


def test_an_account_is_added_by_its_link(
    ada: Visitor, visit: Callable[[], Visitor], store: Store
) -> None:
    page = ada.sends(
        ada.opens("/accounts"), "/accounts", name="Bo", email=" Bo@x.org ", role="manager"
    )
    assert "A link for Bo" in page.text
    (link,) = (word for word in page.text.split() if "/first/" in word)
    path = link[link.index("/first/") :]
    bo = visit()
    form = bo.opens(path)
    page = bo.sends(form, path.partition("?")[0], password=PASSWORD, again=PASSWORD)
    assert "Sign out" in bo.gives_code("bo@x.org", page).text
    with store.reading() as session:
        made = find_by_email(session, "bo@x.org")
        assert made is not None
        assert roles_of_all(session)[made.id] == ("manager",)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "email": "bo@x.org"}, "Write the name."),
        ({"name": "Bo", "email": "bo"}, "Write an e-mail address"),
        ({"name": "Bo", "email": "ADA@example.org"}, "There is an account with this e-mail"),
        ({"name": "Bo", "email": "bo@x.org", "role": "king"}, "Pick at least one role."),
    ],
)
def test_what_is_amiss_is_said(ada: Visitor, typed: dict[str, str], said: str) -> None:
    page = ada.sends(ada.opens("/accounts"), "/accounts", **typed)
    assert page.title.startswith("Error:")
    assert page.text.count(said) == 2
    assert page.form("/accounts").fields["name"] == typed["name"]


def test_roles_are_changed_and_count_with_the_next_click(
    ada: Visitor, bob: Visitor, store: Store
) -> None:
    assert "Everybody" in bob.opens("/").text
    ada.sends(ada.opens("/accounts"), "/accounts/2/roles", role="administrator")
    assert bob.opens("/").text.startswith("Skip to the main content My Way desk Accounts")
    page = ada.sends(ada.opens("/accounts"), "/accounts/2/roles", role="king")
    assert "pick at least one role" in page.text


def test_somebody_is_always_left_to_keep_the_accounts(ada: Visitor, store: Store) -> None:
    for what, typed in (("roles", {"role": "manager"}), ("end", {})):
        page = ada.sends(ada.opens("/accounts"), f"/accounts/1/{what}", **typed)
        assert "nobody could keep the accounts any more" in page.text
    assert "Sign out" in ada.opens("/").text


def test_a_lost_phone_is_helped_with_a_new_second_factor(ada: Visitor, bob: Visitor) -> None:
    ada.sends(ada.opens("/accounts"), "/accounts/2/new-factor")
    assert bob.opens("/").title.startswith("Sign in")
    assert bob.gives_password("bob@example.org").title.startswith("Set up your second factor")


def test_a_resting_account_is_woken(ada: Visitor, bob: Visitor, store: Store) -> None:
    with store.writing() as session:
        account = named(session, "Bob")
        account.tries, account.rests_until = 5, now()
    assert "the account rests until" in ada.opens("/accounts").text
    page = ada.sends(ada.opens("/accounts"), "/accounts/2/wake")
    assert "The account rests no more" in page.text
    assert "rests until" not in page.text


def test_somebody_is_signed_out_everywhere_and_ended(ada: Visitor, bob: Visitor) -> None:
    ada.sends(ada.opens("/accounts"), "/accounts/2/sign-out")
    assert bob.opens("/").title.startswith("Sign in")
    assert "Sign out" in bob.signs_in("bob@example.org").text
    page = ada.sends(ada.opens("/accounts"), "/accounts/2/end")
    assert "Ended accounts" in page.text
    assert bob.opens("/").title.startswith("Sign in")


def test_a_manager_says_who_works_with_whom(
    ann: Visitor, visit: Callable[[], Visitor], store: Store
) -> None:
    sam = somebody(store)
    fay = facilitator(visit, store, "Fay", "facilitator")
    assert "You work with nobody yet." in fay.opens("/").text
    assert fay.client.get(f"/people/{sam}").status_code == 404
    with store.reading() as session:
        fays = named(session, "Fay").id

    page = ann.opens(f"/people/{sam}")
    assert "Nobody yet. Only managers see Sam in their list." in page.text
    page = ann.sends(page, "/facilitators", {"what": "give"}, facilitator=str(fays))
    assert "Who works with them is changed" in page.text
    assert "Sam" in fay.opens("/").text
    assert "Nobody can answer" not in fay.opens(f"/people/{sam}").text
    fay.sends(fay.opens(f"/people/{sam}"), "/answers", words="Hello Sam")
    assert "Your answer is kept" in fay.response.text

    ann.sends(ann.opens(f"/people/{sam}"), "/facilitators", {"what": "take_back"})
    assert fay.client.get(f"/people/{sam}").status_code == 404


class TestAtTheTerminal:
    """`./myway facilitator`."""

    @pytest.fixture(autouse=True)
    def _here(self, settings: ReviewSettings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(accounts, "ReviewSettings", lambda: settings)

    def test_roles_and_help(
        self, ann: Visitor, store: Store, capsys: pytest.CaptureFixture[str]
    ) -> None:
        email = "ann@example.org"
        assert accounts.main(["roles", email, "--role", "manager", "--role", "administrator"]) == 0
        assert "Accounts" in ann.opens("/").text
        assert accounts.main(["help-in", email]) == 0
        assert ann.opens("/").title.startswith("Sign in")
        assert ann.gives_password(email).title.startswith("Set up your second factor")
        for verb in (["roles", "x@x.org", "--role", "manager"], ["help-in", "x@x.org"]):
            assert accounts.main(verb) == 1
        capsys.readouterr()
        accounts.main(["list"])
        assert "manager,administrator" in capsys.readouterr().out

    def test_an_account_for_the_council(
        self, visitor: Visitor, store: Store, capsys: pytest.CaptureFixture[str]
    ) -> None:
        add = ["add", "--name", "Bo", "--email", "bo@x.org", "--council", "--role", "manager"]
        assert accounts.main(add) == 0
        assert accounts.main(add) == 1
        page = visitor.gives_password("bo@x.org", "")
        assert "do not belong together" in page.text
