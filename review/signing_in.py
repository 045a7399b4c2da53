"""Signing in, the first factor: e-mail and password; and signing out.

Comes in: an e-mail and a password. Goes out: a session that is good for the second factor only, or
the form again with what was typed (never a password) and a sentence on what to change.
"""

import asyncio

from litestar import get, post
from litestar.response import Redirect, Template

from plan_store.desk_sessions import end_session
from plan_store.facilitators import find_by_email, keep_new_hash
from plan_store.opening import Store
from plan_store.second_factor import RESTS_FOR, begin_try, take_try_back
from plan_store.tables import Facilitator
from review.guarding import (
    PUBLIC,
    PUBLIC_WITH_SESSION,
    SIGNED_IN,
    TRIES,
    DeskRequest,
    begin_half_way,
)
from review.passwords import LONGEST, Passwords
from review.showing_pages import page

SECOND_FACTOR = "/sign-in/code"


@get("/sign-in", opt=PUBLIC)
async def sign_in_page(request: DeskRequest) -> Template:
    """The form."""
    goes_on = inside(request.query_params.get("next", ""))
    return _form(request, "", goes_on)


@post("/sign-in", opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def sign_in(request: DeskRequest) -> Template | Redirect:
    """On to the second factor, or: these do not belong together; not which of the two is wrong."""
    form = await request.form()
    email, password = form.get("email", ""), form.get("password", "")
    goes_on = inside(form.get("next", ""))
    facilitator = await asyncio.to_thread(_who_is, request, email, password[:LONGEST])
    if facilitator is None:
        request.clear_session()
        return _form(request, email, goes_on, 422)
    await begin_half_way(request, facilitator.id, goes_on)
    return Redirect(SECOND_FACTOR, status_code=303)


@post("/sign-out", opt=SIGNED_IN)
async def sign_out(request: DeskRequest) -> Redirect:
    """End the session on the server."""

    def end() -> None:
        store: Store = request.app.state.store
        with store.writing() as session:
            end_session(session, request.user.id, request.user.session_id)

    await asyncio.to_thread(end)
    request.clear_session()
    return Redirect("/sign-in", status_code=303)


def inside(path: str) -> str:
    """The path if it leads to a page of the desk; nothing if it leads anywhere else."""
    leads_away = path.startswith(("//", "/\\")) or not path.isprintable()
    return path if path.startswith("/") and not leads_away else ""


def _form(request: DeskRequest, email: str, goes_on: str, status: int = 200) -> Template:
    problems = {"email": "no_match"} if status != 200 else {}  # noqa: PLR2004
    council = request.app.state.council
    return page(
        request,
        "sign_in.html",
        status,
        email=email,
        goes_on=goes_on,
        problems=problems,
        rests_for=RESTS_FOR,
        council=council.name if council else None,
    )


def _who_is(request: DeskRequest, email: str, password: str) -> Facilitator | None:
    """Whose they are. An account that rests is told like a wrong password, and takes as long."""
    store: Store = request.app.state.store
    passwords: Passwords = request.app.state.passwords
    may_try = False
    with store.writing() as session:
        facilitator = find_by_email(session, email)
        if facilitator is not None:
            may_try = begin_try(session, facilitator.id)
    kept = facilitator.password_hash if facilitator else None
    # Not within the transaction: this takes a while, by design.
    if not passwords.match(kept, password) or facilitator is None or not may_try:
        return None
    fresh = passwords.hash(password) if passwords.is_outdated(facilitator.password_hash) else None
    with store.writing() as session:
        take_try_back(session, facilitator.id)
        if fresh is not None:
            keep_new_hash(session, facilitator.id, fresh)
    return facilitator
