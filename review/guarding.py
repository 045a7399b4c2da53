"""Who may come in: a guard on every route, and the sign-in kept on the server.

Comes in: a request with a cookie that names a session. Goes out: the facilitator with their roles,
or a refusal.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.middleware.session.server_side import ServerSideSessionConfig
from litestar.stores.base import Store as SessionStore

from plan_store.desk_sessions import LONGEST, begin_desk_session, find_open, is_stale, leave, see
from plan_store.opening import Store
from plan_store.roles import NOT_YOUR_ROLE, MayNot, Viewer, check_can
from plan_store.second_factor import wake
from review.api import look_with_a_token
from review.naming_browsers import name_of_browser

# From the password to the code of the second factor.
HALF_WAY_SECONDS = 10 * 60
# By address: enough for a school behind one, and far too few to guess. Accounts rest by themselves.
TRIES = RateLimitConfig(rate_limit=("minute", 20), store="tries")

# Form fields that hold what somebody typed and would miss.
TYPED = ("words", "reason", "decision", "help", "shown_by")

# Given to a route that anybody may open. `skip_session`: nothing is kept for a passer-by.
PUBLIC: dict[str, Any] = {"public": True, "skip_session": True}
PUBLIC_WITH_SESSION: dict[str, Any] = {"public": True}
# Given to every other route: what somebody's roles must let them do to come in at all.
SIGNED_IN: dict[str, Any] = {"may": None}


def only_who_may(what: str) -> dict[str, Any]:
    """For a route: only who may do this, by the table of `plan_store.roles`."""
    return {"may": what}


WITH_PEOPLE = only_who_may("work_with_people")


class NotSignedIn(NotAuthorizedException):
    """Nobody is signed in here, or not any more."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The facilitator whose request this is."""

    viewer: Viewer
    name: str
    email: str
    session_id: int
    shortcuts: bool

    @property
    def id(self) -> int:
        """Of their account."""
        return self.viewer.id


DeskRequest = Request[SignedIn, Any, State]


async def signed_in(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Let in who is signed in with both factors and may come here; everybody where it is public."""
    if handler.opt.get("public"):
        return
    if handler.opt.get("scope"):
        await look_with_a_token(connection, handler.opt["scope"])
        return
    if isinstance(connection, Request) and connection.method == "POST":
        # Whatever goes wrong from here on, a page can give back what was typed.
        form = await connection.form()
        connection.scope["state"]["typed"] = [form[name] for name in TYPED if form.get(name)]
    me = None
    if session_id := connection.session.get("session"):
        # A page that looks for news by itself keeps nobody signed in.
        quiet = bool(handler.opt.get("quiet"))
        me = await asyncio.to_thread(_who, connection.app.state.store, session_id, quiet)
    if me is None:
        connection.clear_session()
        raise NotSignedIn
    connection.scope["user"] = me
    if "may" not in handler.opt:
        raise MayNot(NOT_YOUR_ROLE)
    if handler.opt["may"] is not None:
        check_can(me.viewer, handler.opt["may"])


def _leave(store: Store, session_id: int) -> None:
    with store.writing() as session:
        leave(session, session_id)


def _who(store: Store, session_id: int, quiet: bool) -> SignedIn | None:
    with store.reading() as session:
        found = find_open(session, session_id)
    if found is None:
        return None
    begun, facilitator, viewer = found
    if is_stale(begun) and not quiet:
        with store.writing() as session:
            see(session, begun.id)
    return SignedIn(viewer, facilitator.name, facilitator.email, begun.id, facilitator.shortcuts)


def session_config(over_https: bool) -> ServerSideSessionConfig:
    """Sessions on the server; the cookie holds a random name and nothing else."""
    return ServerSideSessionConfig(
        key="__Host-desk" if over_https else "desk",
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=over_https,
    )


async def begin_half_way(request: DeskRequest, facilitator_id: int, goes_on: str) -> None:
    """The first factor was right: under a new session id, and good for the second one only."""
    await _under_a_new_id(request)
    request.set_session({"half": facilitator_id, "since": time.time(), "next": goes_on})


def half_way(request: DeskRequest) -> int:
    """The account whose first factor was right a moment ago. Raises `NotSignedIn`."""
    facilitator_id: int | None = request.session.get("half")
    if facilitator_id is None or time.time() - request.session["since"] > HALF_WAY_SECONDS:
        request.clear_session()
        raise NotSignedIn
    return facilitator_id


async def begin_session(request: DeskRequest, facilitator_id: int) -> None:
    """Sign in under a new session id, whatever id the browser came with."""
    browser = name_of_browser(request.headers.get("user-agent", ""))

    def begin() -> int:
        store: Store = request.app.state.store
        with store.writing() as session:
            wake(session, facilitator_id)
            return begin_desk_session(session, facilitator_id, browser).id

    session_id = await asyncio.to_thread(begin)
    await _under_a_new_id(request)
    request.set_session({"session": session_id})


async def _under_a_new_id(request: DeskRequest) -> None:
    kept = request.scope.get("session")
    if isinstance(kept, dict) and "session" in kept:
        await asyncio.to_thread(_leave, request.app.state.store, kept["session"])
    cookie: str = request.app.state.session_cookie
    sessions: SessionStore = request.app.stores.get("sessions")
    if brought := request.cookies.pop(cookie, None):
        await sessions.delete(brought)
    request.clear_session()
