"""The API for a council's own system: by token, by scope, read only, and no more than is shared."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from litestar import Litestar
from litestar.testing import TestClient
from schemathesis.specs.openapi.checks import ignored_auth
from sqlalchemy import select, update

from plan_store.causes import Cause
from plan_store.facilitators import end_account
from plan_store.opening import Store
from plan_store.reaching_people import give_person
from plan_store.settings import StoreSettings
from plan_store.tables import Access, ApiToken, now
from plan_store.tokens import SCOPES, end_token, make_token
from review import tokens
from tests.review.conftest import account
from tests.review.people import hopes, somebody

DOGS, SECRET = "I want to work with dogs", "I want to move far away"
Asks = Callable[..., tuple[int, dict]]  # type: ignore[type-arg]


@pytest.fixture
def ann_id(store: Store) -> int:
    return account(store, "Ann", "facilitator", "manager")


@pytest.fixture
def sam(store: Store) -> str:
    person_id = somebody(store, "Sam")
    hopes(store, person_id, DOGS)
    hopes(store, person_id, SECRET, "me")
    return person_id


def token(store: Store, facilitator_id: int, *scopes: str) -> str:
    with store.writing() as session:
        return make_token(session, facilitator_id, "a system", scopes or tuple(SCOPES), 30)


@pytest.fixture
def asks(desk: Litestar) -> Asks:
    client = TestClient(desk, raise_server_exceptions=False)

    def get(path: str, with_token: str = "") -> tuple[int, dict]:  # type: ignore[type-arg]
        headers = {"authorization": f"Bearer {with_token}"} if with_token else {}
        with client:
            response = client.get(f"/api/v1{path}", headers=headers)
        return response.status_code, response.json()

    return get


def test_people_and_what_they_share(store: Store, ann_id: int, sam: str, asks: Asks) -> None:
    mine = token(store, ann_id)
    status, found = asks("/people", mine)
    assert (status, found) == (200, {"people": [{"id": sam, "called": "Sam"}], "next": None})
    status, plan = asks(f"/people/{sam}/plan", mine)
    assert status == 200
    assert [part["words"] for item in plan["items"] for part in item["parts"]] == [DOGS]
    status, bundle = asks(f"/people/{sam}/fhir", mine)
    assert bundle["resourceType"] == "Bundle"
    assert SECRET not in str(bundle)


def test_each_look_is_written_down_for_the_person(
    store: Store, ann_id: int, sam: str, asks: Asks
) -> None:
    asks(f"/people/{sam}/plan", token(store, ann_id))
    with store.reading() as session:
        looks = session.execute(select(Access.facilitator_id, Access.what)).all()
    assert looks == [(ann_id, "api:json")]


def test_no_token_no_answer(store: Store, ann_id: int, sam: str, asks: Asks) -> None:
    ended = token(store, ann_id)
    with store.writing() as session:
        assert end_token(session, session.scalars(select(ApiToken.id)).one())
    old = token(store, ann_id)
    with store.writing() as session:
        session.execute(
            update(ApiToken)
            .where(ApiToken.ended_at.is_(None))
            .values(ends_at=now() - timedelta(seconds=1))
        )
    for wrong in ("", "x", "myway_" + "0" * 40, ended, old):
        assert asks(f"/people/{sam}/plan", wrong) == (401, {"problem": "no_token"}), wrong


def test_a_token_does_what_its_scopes_say(store: Store, ann_id: int, sam: str, asks: Asks) -> None:
    only_names = token(store, ann_id, "people:read")
    assert asks("/people", only_names)[0] == 200
    assert asks(f"/people/{sam}/plan", only_names) == (403, {"problem": "no_scope"})
    only_plans = token(store, ann_id, "plans:read")
    assert asks("/people", only_plans) == (403, {"problem": "no_scope"})


def test_a_token_sees_what_its_account_sees(
    store: Store, ann_id: int, sam: str, asks: Asks
) -> None:
    eve_id = account(store, "Eve", "facilitator")
    hers = token(store, eve_id)
    assert asks("/people", hers) == (200, {"people": [], "next": None})
    for path in ("plan", "fhir"):
        assert asks(f"/people/{sam}/{path}", hers) == (404, {"problem": "not_there"})
    with store.writing() as session:
        give_person(session, Cause.by_click(sam, ann_id, "c" * 32), eve_id)
    assert asks(f"/people/{sam}/plan", hers)[0] == 200
    with store.writing() as session:
        end_account(session, "eve@example.org")
    assert asks(f"/people/{sam}/plan", hers)[0] == 401


def test_who_only_keeps_accounts_sees_nobody(store: Store, sam: str, asks: Asks) -> None:
    keeper = token(store, account(store, "Kim", "administrator"))
    assert asks("/people", keeper)[0] == 403
    assert asks(f"/people/{sam}/plan", keeper)[0] == 404


def test_a_hundred_at_a_time(store: Store, ann_id: int, asks: Asks) -> None:
    everybody = sorted(somebody(store) for _ in range(103))
    mine = token(store, ann_id)
    _, first = asks("/people", mine)
    _, second = asks(f"/people?after={first['next']}", mine)
    assert [each["id"] for each in first["people"] + second["people"]] == everybody
    assert second["next"] is None


@pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)
def test_whatever_is_asked_the_answer_is_as_described(
    desk: Litestar, store: Store, ann_id: int, sam: str
) -> None:
    """Schemathesis makes requests from the description, right and wrong ones, and checks each."""
    mine = token(store, ann_id)
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", desk)
    asked: list[int] = []
    for operation in described.get_all_operations():
        ask = operation.ok().as_strategy()  # type: ignore[union-attr]

        @settings(
            max_examples=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=ask)
        def one(case: Any) -> None:
            if "person_id" in case.path_parameters and len(asked) % 3 == 0:
                case.path_parameters["person_id"] = sam
            # It cannot take the token away again where it is given for each call; that a token is
            # needed has a test of its own.
            response = case.call_and_validate(
                headers={"authorization": f"Bearer {mine}"}, excluded_checks=[ignored_auth]
            )
            asked.append(response.status_code)

        one()
    assert {200, 404} <= set(asked)
    assert len(asked) >= 100


def test_at_a_terminal(
    store_settings: StoreSettings,
    store: Store,
    ann_id: int,
    sam: str,
    asks: Asks,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", store_settings.database_url)
    monkeypatch.setenv("VAR_FOLDER", str(store_settings.var_folder))
    add = ["add", "--name", "Case system", "--scope", "plans:read", "--for"]
    assert tokens.main([*add, "ann@example.org"]) == 0
    made = capsys.readouterr().out.strip()
    assert asks(f"/people/{sam}/plan", made)[0] == 200
    assert tokens.main(["list"]) == 0
    number, name, email, scopes, *_ = capsys.readouterr().out.strip().split("\t")
    assert (name, email, scopes) == ("Case system", "ann@example.org", "plans:read")
    assert tokens.main(["end", number]) == 0
    assert asks(f"/people/{sam}/plan", made)[0] == 401
    assert tokens.main(["end", number]) == 1
    assert tokens.main([*add, "nobody@example.org"]) == 1
    assert tokens.main([*add, "ann@example.org", "--days", "0"]) == 1
