"""Two factors: codes that count once, recovery codes, accounts that rest, sign-ins that end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select, update

from plan_store.facilitators import find_by_email
from plan_store.opening import Store
from plan_store.second_factor import TRIES
from plan_store.tables import DeskSession, Facilitator, RecoveryCode, now
from review.building import build_desk
from review.factor_codes import FactorCodes
from review.naming_browsers import name_of_browser
from review.settings import ReviewSettings
from tests.authenticator import Authenticator
from tests.review.conftest import Visitor, account
from tests.review.pages import Page

ANN = "ann@example.org"
CODE = "/sign-in/code"


def signed_out(ann: Visitor) -> None:
    ann.sends(ann.opens("/"), "/sign-out")


def test_a_password_alone_opens_nothing(visitor: Visitor, store: Store) -> None:
    account(store, "Ann", "manager")
    page = visitor.gives_password(ANN)
    assert page.title.startswith("Set up your second factor")
    for path in ("/", "/people", "/my-account", "/accounts"):
        assert visitor.opens(path).title.startswith("Sign in")


def test_the_key_stays_the_same_until_it_is_used(visitor: Visitor, store: Store) -> None:
    account(store, "Ann", "manager")
    first = visitor.gives_password(ANN)
    assert visitor.opens("/sign-in/set-up").text_of("factor-key") == first.text_of("factor-key")
    wrong = visitor.sends(first, "/sign-in/set-up", code="123")
    assert wrong.title.startswith("Error:")
    assert wrong.text_of("factor-key") == first.text_of("factor-key")
    assert "Sign out" in visitor.gives_code(ANN, wrong).text
    # Set up once: nobody with the password alone sets up another phone.
    signed_out(visitor)
    visitor.gives_password(ANN)
    assert visitor.opens("/sign-in/set-up").title.startswith("Your code")


def test_the_secret_is_kept_encrypted(ann: Visitor, store: Store, desk: Litestar) -> None:
    with store.reading() as session:
        kept = session.scalars(select(Facilitator.factor_secret)).one()
    assert kept is not None
    codes: FactorCodes = desk.state.factor_codes
    assert codes.step_of(codes.unseal(kept), ann.app_of[ANN].code()) is not None
    assert codes.unseal(kept) not in kept


def test_a_code_counts_once(ann: Visitor, visit: Callable[[], Visitor]) -> None:
    signed_out(ann)
    code = ann.app_of[ANN].code()
    ann.sends(ann.gives_password(ANN), CODE, code=f" {code[:3]} {code[3:]} ")
    assert "Sign out" in ann.opens("/").text
    thief = visit()
    page = thief.sends(thief.gives_password(ANN), CODE, code=code)
    assert "This code is not right, or was used before." in page.text
    assert thief.opens("/").title.startswith("Sign in")


def test_a_code_of_long_ago_or_of_another_is_wrong(desk: Litestar) -> None:
    codes: FactorCodes = desk.state.factor_codes
    secret, at = codes.new_secret(), 1_800_000_000.0
    code = Authenticator(secret)._app.at(int(at))
    step = int(at) // 30
    for later, found in ((0, step), (29, step), (-30, step), (59, step), (90, None), (-60, None)):
        assert codes.step_of(secret, code, at + later) == found
    assert codes.step_of(codes.new_secret(), code, at) is None
    assert codes.step_of(secret, "", at) is None


def test_a_recovery_code_lets_in_once(visitor: Visitor, store: Store) -> None:
    account(store, "Ann", "manager")
    page = visitor.gives_password(ANN)
    app = Authenticator(page.text_of("factor-key"))
    shown = visitor.sends(page, "/sign-in/set-up", code=app.code()).items_of("recovery")
    assert len(set(shown)) == 10
    with store.reading() as session:
        kept = set(session.scalars(select(RecoveryCode.code_hash)))
    assert not kept & {code.replace(" ", "") for code in shown}
    for code, opens in ((shown[3], True), (shown[3], False), (shown[4].upper(), True)):
        signed_out(visitor) if "Sign out" in visitor.opens("/").text else None
        visitor.sends(visitor.gives_password(ANN), CODE, code=code)
        assert ("Sign out" in visitor.opens("/").text) == opens
    assert "8 of your recovery codes are left" in visitor.opens("/my-account").text
    fresh = visitor.sends(visitor.opens("/my-account"), "/recovery-codes").items_of("recovery")
    signed_out(visitor)
    visitor.sends(visitor.gives_password(ANN), CODE, code=shown[0])
    assert "Sign out" not in visitor.opens("/").text
    visitor.sends(visitor.gives_password(ANN), CODE, code=fresh[0])
    assert "Sign out" in visitor.opens("/").text


def test_after_five_wrong_tries_the_account_rests_also_for_the_right_ones(
    ann: Visitor, visit: Callable[[], Visitor], store: Store
) -> None:
    guesser = visit()
    for _ in range(TRIES):
        wrong = guesser.gives_password(ANN, "not this one here")
    assert guesser.gives_password(ANN).text == wrong.text
    # Whoever is signed in stays so.
    assert "Sign out" in ann.opens("/").text
    with store.writing() as session:
        session.execute(update(Facilitator).values(rests_until=now() - timedelta(seconds=1)))
    assert "Sign out" in guesser.signs_in(ANN).text


def test_right_passwords_do_not_make_more_tries_at_the_code(ann: Visitor) -> None:
    signed_out(ann)
    for _ in range(TRIES):
        page = ann.sends(ann.gives_password(ANN), CODE, code="000000")
        assert page.title.startswith("Error:")
    assert ann.gives_password(ANN).title.startswith("Error:")


def test_the_way_from_password_to_code_is_short(
    ann: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_out(ann)
    page = ann.gives_password(ANN)
    monkeypatch.setattr("review.guarding.HALF_WAY_SECONDS", -1)
    assert ann.sends(page, CODE, code=ann.app_of[ANN].code()).title.startswith("Your sign-in has")


def test_with_another_secret_of_the_desk_nobody_slips_past(
    ann: Visitor, settings: ReviewSettings, store: Store
) -> None:
    (settings.var_folder / "desk_secret").write_text("another one")
    with TestClient(build_desk(settings)) as client:
        visitor = Visitor(client, ann.app_of)
        page = visitor.gives_code(ANN, visitor.gives_password(ANN))
        assert "The desk has a new secret" in page.text
        assert visitor.opens("/").title.startswith("Sign in")


def test_sign_ins_are_listed_and_ended(
    ann: Visitor, visit: Callable[[], Visitor], store: Store
) -> None:
    phone = visit()
    phone._client.headers["user-agent"] = "Mozilla/5.0 (Android 14; Mobile) Firefox/130.0"
    phone.signs_in(ANN)
    page = ann.opens("/my-account")
    assert "Firefox, Android" in page.text
    assert page.text.count("(this one)") == 1
    ann.sends(page, "/end", {})
    assert phone.opens("/").title.startswith("Sign in")
    assert "Firefox, Android" not in ann.opens("/my-account").text
    with store.reading() as session:
        assert len(list(session.scalars(select(DeskSession)))) == 2


def test_nobody_ends_the_sign_in_of_somebody_else(ann: Visitor, bob: Visitor, store: Store) -> None:
    with store.reading() as session:
        anns = session.scalars(select(DeskSession.id).order_by(DeskSession.id)).first()
    token = bob.opens("/my-account").forms[0].fields["_csrf_token"]
    bob.client.post(f"/my-account/sign-ins/{anns}/end", data={"_csrf_token": token})
    bob.sends(bob.opens("/my-account"), "/shortcuts")
    assert "Sign out" in ann.opens("/").text


def test_all_other_sign_ins_end_at_once(ann: Visitor, visit: Callable[[], Visitor]) -> None:
    phone = visit()
    phone.signs_in(ANN)
    ann.sends(ann.opens("/my-account"), "/end-others")
    assert phone.opens("/").title.startswith("Sign in")
    assert "Sign out" in ann.opens("/").text


def test_signing_in_anew_ends_what_the_browser_had(ann: Visitor, store: Store) -> None:
    ann.signs_in(ANN)
    with store.reading() as session:
        ended = [row.ended_at is not None for row in session.scalars(select(DeskSession))]
    assert sorted(ended) == [False, True]


def test_shortcuts_are_switched_off_for_one_person(ann: Visitor, store: Store) -> None:
    def has_script(page: Page) -> bool:
        return "desk.js" in page.html and "data-shortcuts" in page.html

    assert has_script(ann.opens("/"))
    page = ann.sends(ann.opens("/my-account"), "/shortcuts")
    assert "Shortcuts are off" in page.text
    assert not has_script(ann.opens("/"))
    with store.reading() as session:
        found = find_by_email(session, ANN)
    assert found is not None
    assert not found.shortcuts


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130 Safari/537 Edg/130",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU like Mac OS X) Version/17 Safari/604", "Safari, iPhone"),
        ("something", ""),
    ],
)
def test_a_browser_has_a_short_name(agent: str, name: str) -> None:
    assert name_of_browser(agent) == name
