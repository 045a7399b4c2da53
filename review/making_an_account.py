"""Making an account with a one-use link: name, e-mail and password; the roles come with the link.

Comes in: the link's key and a form. Goes out: an account, and the way to its second factor.
"""

import asyncio

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from plan_store.facilitators import EmailTaken, KeyEnded, key_is_open, make_account, plain_email
from plan_store.opening import Store
from plan_store.tables import Facilitator
from review.guarding import PUBLIC, PUBLIC_WITH_SESSION, TRIES, DeskRequest, begin_half_way
from review.passwords import LONGEST, SHORTEST
from review.showing_pages import page
from review.signing_in import SECOND_FACTOR

LONGEST_NAME, LONGEST_EMAIL = 120, 254


@get("/first/{key:str}", opt=PUBLIC)
async def account_page(request: DeskRequest, key: FromPath[str]) -> Template:
    """The form for a new account. Looking does not use up the key: a link preview looks too."""
    if not await asyncio.to_thread(_key_is_open, request.app.state.store, key):
        return page(request, "key_ended.html", 410)
    typed = {name: request.query_params.get(name, "") for name in ("name", "email")}
    return page(request, "account.html", key=key, typed=typed, problems={}, shortest=SHORTEST)


@post("/first/{key:str}", opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def make_the_account(request: DeskRequest, key: FromPath[str]) -> Template | Redirect:
    """Use up the key and make the account; with anything amiss, the form again."""
    form = await request.form()
    typed = {name: form.get(name, "").strip() for name in ("name", "email")}
    problems = amiss(typed)
    problems |= amiss_with(form.get("password", ""), form.get("again", ""))
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
    await begin_half_way(request, facilitator.id, "")
    return Redirect(SECOND_FACTOR, status_code=303)


def amiss(typed: dict[str, str]) -> dict[str, str]:
    """What has to be changed in name and e-mail, by field; the sentences stand in the template."""
    problems = {}
    if not typed["name"]:
        problems["name"] = "missing"
    elif len(typed["name"]) > LONGEST_NAME:
        problems["name"] = "too_long"
    name, at, place = plain_email(typed["email"]).partition("@")
    if not (name and at and place) or " " in typed["email"] or len(typed["email"]) > LONGEST_EMAIL:
        problems["email"] = "wrong"
    return problems


def amiss_with(password: str, again: str) -> dict[str, str]:
    """What has to be changed in a new password, by field."""
    problems = {}
    if len(password) < SHORTEST:
        problems["password"] = "too_short"  # noqa: S105  (a key of a sentence)
    elif len(password) > LONGEST:
        problems["password"] = "too_long"  # noqa: S105  (a key of a sentence)
    elif password != again:
        problems["again"] = "differs"
    return problems


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
