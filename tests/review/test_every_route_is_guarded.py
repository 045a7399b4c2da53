"""Every route has the guard, whoever adds one; the public ones stand here by name."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.stores.memory import MemoryStore
from litestar.testing import TestClient
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy import create_engine

from plan_store.opening import Store
from review.guarding import signed_in
from tests.review.conftest import Visitor
from tests.review.people import somebody

PUBLIC = {
    ("GET", "/health"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/first/{key:str}"),
    ("POST", "/first/{key:str}"),
    ("GET", "/sign-in/code"),
    ("POST", "/sign-in/code"),
    ("GET", "/sign-in/set-up"),
    ("POST", "/sign-in/set-up"),
    ("GET", "/sign-in/council"),
    ("GET", "/sign-in/council/back"),
    ("GET", "/parts/{mark:str}/{name:str}"),
    ("GET", "/static/{file_path:path}"),
    ("HEAD", "/static/{file_path:path}"),
    # What the API does, for whoever writes a system; no plan is in it.
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1"),
    ("GET", "/api/v1/{path:str}"),
}
# No session of anybody has this number: a walk that ended its own would prove nothing.
FILLED = {"person_id": "nobody", "key": "none", "file_path": "/desk.css", "session_id": "999"}


def by_token(route: HTTPRoute) -> bool:
    """Whether it is for another system, with a token, and not for people."""
    return any(handler.opt.get("scope") for handler in route.route_handlers)


def all_routes(desk: Litestar) -> Iterator[tuple[str, str, str]]:
    """Method, path as declared, and path with something in its gaps; of what people open."""
    for route in desk.routes:
        assert isinstance(route, HTTPRoute)
        if by_token(route):
            continue
        filled = route.path
        for name, gap in route.path_parameters.items():
            filled = filled.replace(f"{{{gap.full}}}", FILLED.get(name, "1"))
        for method in route.route_handler_map:
            if method != "OPTIONS":
                yield method, route.path, filled.replace("//", "/")


def declared(desk: Litestar) -> Iterator[tuple[str, str]]:
    for route in desk.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            if handler.opt.get("public"):
                yield from (
                    (method, route.path) for method in handler.http_methods if method != "OPTIONS"
                )


def test_the_public_routes_are_exactly_these(desk: Litestar) -> None:
    assert set(declared(desk)) == PUBLIC


def test_every_handler_has_the_guard(desk: Litestar) -> None:
    for route in desk.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            assert signed_in in handler.resolve_guards(), route.path


def test_without_a_sign_in_nothing_opens(desk: Litestar, visitor: Visitor) -> None:
    token = visitor.opens("/sign-in").form("/sign-in").fields["_csrf_token"]
    public = {path for _, path in PUBLIC}
    tried = 0
    for method, path, filled in all_routes(desk):
        if path in public:
            continue
        tried += 1
        if method == "POST":
            response = visitor.client.post(
                filled, data={"_csrf_token": token}, follow_redirects=False
            )
            assert response.status_code == 401, path
        else:
            response = visitor.client.request(method, filled, follow_redirects=False)
            assert response.status_code == 303, path
            assert response.headers["location"].startswith("/sign-in"), path
    assert tried >= 10


def test_who_is_signed_in_has_no_token_by_that(desk: Litestar, ann: Visitor) -> None:
    paths = [
        route.path for route in desk.routes if isinstance(route, HTTPRoute) and by_token(route)
    ]
    assert len(paths) >= 3
    for path in paths:
        response = ann.client.get(path.replace("{person_id:str}", "0" * 32))
        assert (response.status_code, response.json()) == (401, {"problem": "no_token"}), path


def test_no_form_is_taken_without_its_token(desk: Litestar, ann: Visitor) -> None:
    posts = [filled for method, _, filled in all_routes(desk) if method == "POST"]
    assert len(posts) >= 7
    for path in posts:
        for data in ({}, {"_csrf_token": "0" * 128}):
            response = ann.client.post(path, data=data, follow_redirects=False)
            assert response.status_code == 403, path
            assert "load the page again" in response.text


def test_every_response_carries_the_protecting_headers(desk: Litestar, ann: Visitor) -> None:
    for path in ("/", "/people/nobody", "/no-such-page", "/health", "/static/desk.css"):
        headers = ann.client.get(path).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == ("no-cache" if "static" in path else "no-store")


def test_a_passer_by_leaves_no_session(
    visit: Callable[[], Visitor], desk: Litestar, request: pytest.FixtureRequest
) -> None:
    visitor = visit()
    for path in ("/", "/sign-in", "/people", "/first/none", "/health", "/no-such-page"):
        visitor.opens(path) if path != "/health" else visitor.client.get(path)
    visitor.signs_in("nobody@example.org")
    folder = request.getfixturevalue("settings").sessions_folder
    assert list(folder.iterdir()) == []


def test_health_says_when_the_store_is_away(desk: Litestar) -> None:
    with TestClient(desk) as client:
        assert client.get("/health").status_code == 200
        desk.state.store.close()
        desk.state.store = StoreThatIsAway()
        assert client.get("/health").status_code == 503


def test_a_store_that_is_away_is_said_and_what_was_typed_is_given_back(
    desk: Litestar, ann: Visitor, store: Store
) -> None:
    sam = somebody(store)
    page = ann.opens(f"/people/{sam}")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE answer RENAME TO answer_elsewhere")
    again = ann.sends(page, "/answers", words="A long answer")
    assert ann.response.status_code >= 500
    assert "What you send twice from the same page counts once." in again.text
    assert "A long answer" in again.text
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE answer_elsewhere RENAME TO answer")
    assert "Your answer is kept" in ann.sends(page, "/answers", words="A long answer").text


def test_sign_ins_that_are_away_are_said(desk: Litestar, ann: Visitor) -> None:
    desk.stores.register("sessions", SignInsThatAreAway(), allow_override=True)
    page = ann.opens("/")
    assert ann.response.status_code == 503
    assert "The desk cannot reach its records" in page.text


def test_the_log_holds_no_words(
    desk: Litestar, ann: Visitor, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    sam = somebody(store, "Sam-by-name")
    page = ann.opens(f"/people/{sam}")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE history RENAME TO history_elsewhere")
    ann.sends(page, "/answers", words="words-of-an-answer")
    assert ann.response.status_code >= 500
    assert [record.levelname for record in caplog.records if record.name.startswith("review")] == [
        "ERROR"
    ]
    assert "words-of-an-answer" not in caplog.text
    assert "Sam-by-name" not in caplog.text


class SignInsThatAreAway(MemoryStore):
    """Redis, stopped."""

    async def get(self, key: str, renew_for: int | timedelta | None = None) -> bytes | None:
        raise RedisConnectionError

    async def delete(self, key: str) -> None:
        raise RedisConnectionError


class StoreThatIsAway:
    """A database that cannot be reached."""

    def __init__(self) -> None:
        self.engine = create_engine("sqlite:////nowhere/at/all.sqlite")
