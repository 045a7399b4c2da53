"""Signing in and out, and making an account with a one-use key.

Comes in: an e-mail and a password. Goes out: a session under a new id, or the form again with what
was typed (never a password) and a sentence on what to change.
"""

import asyncio

from litestar import get, post
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import FromPath
from litestar.response import Redirect, Template

from plan_store.facilitators import (
    EmailTaken,
    KeyEnded,
    find_by_email,
    keep_new_hash,
    key_is_open,
    make_account,
    plain_email,
)
from plan_store.opening import Store
from plan_store.tables import Facilitator
from review.guarding import PUBLIC, PUBLIC_WITH_SESSION, DeskRequest, begin_session
from review.passwords import LONGEST, SHORTEST, Passwords
from review.showing_pages import page

# By address: enough for a person who mistypes, and far too few to guess.
TRIES = RateLimitConfig(rate_limit=("minute", 5), store="tries")
LONGEST_NAME, LONGEST_EMAIL = 120, 254


@get("/sign-in", opt=PUBLIC)
async def sign_in_page(request: DeskRequest) -> Template:
    """The form."""
    goes_on = _inside(request.query_params.get("next", ""))
    return page(request, "sign_in.html", email="", goes_on=goes_on, problems={})


@post("/sign-in", opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def sign_in(request: DeskRequest) -> Template | Redirect:
    """Sign in, or say that e-mail and password do not belong together; not which is wrong."""
    form = await request.form()
    email, password = form.get("email", ""), form.get("password", "")
    goes_on = _inside(form.get("next", ""))
    facilitator = await asyncio.to_thread(_who_is, request, email, password[:LONGEST])
    if facilitator is None:
        request.clear_session()
        problems = {"email": "no_match"}
        return page(request, "sign_in.html", 422, email=email, goes_on=goes_on, problems=problems)
    await begin_session(request, facilitator)
    return Redirect(goes_on or "/", status_code=303)


@post("/sign-out")
async def sign_out(request: DeskRequest) -> Redirect:
    """End the session on the server."""
    request.clear_session()
    return Redirect("/sign-in", status_code=303)


@get("/first/{key:str}", opt=PUBLIC)
async def account_page(request: DeskRequest, key: FromPath[str]) -> Template:
    """The form for a new account. Looking does not use up the key: a link preview looks too."""
    if not await asyncio.to_thread(_key_is_open, request.app.state.store, key):
        return page(request, "key_ended.html", 410)
    typed = {name: request.query_params.get(name, "") for name in ("name", "email")}
    return page(request, "account.html", key=key, typed=typed, problems={}, shortest=SHORTEST)


@post("/first/{key:str}", opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def make_the_account(request: DeskRequest, key: FromPath[str]) -> Template | Redirect:
    """Use up the key, make the account and sign in; with anything amiss, the form again."""
    form = await request.form()
    typed = {name: form.get(name, "").strip() for name in ("name", "email")}
    problems = _amiss(typed, form.get("password", ""), form.get("again", ""))
    facilitator = None
    if not problems:
        try:
            facilitator = await asyncio.to_thread(
                _make_account, request, key, typed, form["password"]
            )
        except KeyEnded:
            request.clear_session()
            return page(request, "key_ended.html", 410)
        except EmailTaken:
            problems = {"email": "taken"}
    if facilitator is None:
        request.clear_session()
        context = {"key": key, "typed": typed, "problems": problems, "shortest": SHORTEST}
        return page(request, "account.html", 422, **context)
    await begin_session(request, facilitator)
    return Redirect("/", status_code=303)


def _inside(path: str) -> str:
    """The path if it leads to a page of the desk; nothing if it leads anywhere else."""
    leads_away = path.startswith(("//", "/\\")) or not path.isprintable()
    return path if path.startswith("/") and not leads_away else ""


def _who_is(request: DeskRequest, email: str, password: str) -> Facilitator | None:
    store: Store = request.app.state.store
    passwords: Passwords = request.app.state.passwords
    with store.reading() as session:
        facilitator = find_by_email(session, email)
    kept = facilitator.password_hash if facilitator else None
    # Not within the transaction: this takes a while, by design.
    if not passwords.match(kept, password) or facilitator is None:
        return None
    if passwords.is_outdated(facilitator.password_hash):
        fresh = passwords.hash(password)
        with store.writing() as session:
            keep_new_hash(session, facilitator.id, fresh)
    return facilitator


def _make_account(
    request: DeskRequest, key: str, typed: dict[str, str], password: str
) -> Facilitator:
    store: Store = request.app.state.store
    if not _key_is_open(store, key):
        raise KeyEnded
    password_hash = request.app.state.passwords.hash(password)
    with store.writing() as session:
        return make_account(session, key, typed["name"], typed["email"], password_hash)


def _key_is_open(store: Store, key: str) -> bool:
    with store.reading() as session:
        return key_is_open(session, key)


def _amiss(typed: dict[str, str], password: str, again: str) -> dict[str, str]:
    """What has to be changed, by field; the sentences stand in the template."""
    problems = {}
    if not typed["name"]:
        problems["name"] = "missing"
    elif len(typed["name"]) > LONGEST_NAME:
        problems["name"] = "too_long"
    name, at, place = plain_email(typed["email"]).partition("@")
    if not (name and at and place) or " " in typed["email"] or len(typed["email"]) > LONGEST_EMAIL:
        problems["email"] = "wrong"
    if len(password) < SHORTEST:
        problems["password"] = "too_short"  # noqa: S105  (a key of a sentence)
    elif len(password) > LONGEST:
        problems["password"] = "too_long"  # noqa: S105  (a key of a sentence)
    elif password != again:
        problems["again"] = "differs"
    return problems
