"""Who may come in: a guard on every route, and the sign-in kept on the server.

Comes in: a request with a cookie that names a session. Goes out: the facilitator, or a refusal.
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
from litestar.middleware.session.server_side import ServerSideSessionConfig
from litestar.stores.base import Store as SessionStore

from plan_store.facilitators import find_by_id
from plan_store.opening import Store
from plan_store.tables import Facilitator

IDLE_SECONDS = 8 * 60 * 60
LONGEST_SECONDS = 12 * 60 * 60

# Form fields that hold what somebody typed and would miss.
TYPED = ("words", "reason")

# Given to a route that anybody may open. `skip_session`: nothing is kept for a passer-by.
PUBLIC: dict[str, bool] = {"public": True, "skip_session": True}
PUBLIC_WITH_SESSION: dict[str, bool] = {"public": True}


class NotSignedIn(NotAuthorizedException):
    """Nobody is signed in here, or not any more."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The facilitator whose request this is."""

    id: int
    name: str
    email: str


DeskRequest = Request[SignedIn, Any, State]


async def signed_in(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Let in who is signed in and whose account has not ended; everybody where it is public."""
    if handler.opt.get("public"):
        return
    if isinstance(connection, Request) and connection.method == "POST":
        # Whatever goes wrong from here on, a page can give back what was typed.
        form = await connection.form()
        connection.scope["state"]["typed"] = [form[name] for name in TYPED if form.get(name)]
    facilitator = None
    since = connection.session.get("since", 0.0)
    if time.time() - since < LONGEST_SECONDS:
        facilitator = await asyncio.to_thread(
            _facilitator, connection.app.state.store, connection.session.get("facilitator")
        )
    if facilitator is None:
        connection.clear_session()
        raise NotSignedIn
    connection.scope["user"] = SignedIn(facilitator.id, facilitator.name, facilitator.email)


def _facilitator(store: Store, facilitator_id: int | None) -> Facilitator | None:
    if facilitator_id is None:
        return None
    with store.reading() as session:
        return find_by_id(session, facilitator_id)


def session_config(over_https: bool) -> ServerSideSessionConfig:
    """Sessions on the server; the cookie holds a random name and nothing else."""
    return ServerSideSessionConfig(
        key="__Host-desk" if over_https else "desk",
        max_age=IDLE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=over_https,
    )


async def begin_session(request: DeskRequest, facilitator: Facilitator) -> None:
    """Sign in under a new session id, whatever id the browser came with."""
    cookie: str = request.app.state.session_cookie
    sessions: SessionStore = request.app.stores.get("sessions")
    if brought := request.cookies.pop(cookie, None):
        await sessions.delete(brought)
    request.clear_session()
    request.set_session({"facilitator": facilitator.id, "since": time.time()})
