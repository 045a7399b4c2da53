"""The administrator's page: accounts, their roles, and help for whoever is shut out.

Comes in: forms. Goes out: a one-use link for a new account, shown once; changed or ended accounts.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.desk_sessions import end_sessions
from plan_store.facilitators import (
    KEY_DAYS,
    EmailTaken,
    NobodyLeft,
    all_accounts,
    check_somebody_keeps_accounts,
    end_account,
    find_by_email,
    find_by_id,
    give_roles,
    make_council_account,
    new_desk_key,
    plain_email,
    roles_of_all,
)
from plan_store.opening import Store
from plan_store.roles import ROLES
from plan_store.second_factor import forget_factor, wake
from plan_store.tables import Facilitator
from review.guarding import DeskRequest, only_who_may
from review.making_an_account import amiss
from review.showing_pages import page

HERE = "/accounts"
KEEPS_ACCOUNTS = only_who_may("keep_accounts")
T = TypeVar("T")


@get(HERE, opt=KEEPS_ACCOUNTS)
async def accounts_page(request: DeskRequest) -> Template:
    """Every account, with its roles."""
    return await _show(request)


@post(HERE, opt=KEEPS_ACCOUNTS, status_code=200)
async def add_account(request: DeskRequest) -> Template:
    """A one-use link for a new account; or, for whoever signs in at the council, the account."""
    form = await request.form()
    typed = {name: form.get(name, "").strip() for name in ("name", "email")}
    roles = [role for role in ROLES if role in form.getall("role", [])]
    at_the_council = form.get("way") == "council" and request.app.state.council is not None
    problems = amiss(typed) | ({} if roles else {"role": "missing"})

    def add(session: Session) -> str | None:
        if find_by_email(session, typed["email"]) is not None:
            raise EmailTaken
        if at_the_council:
            make_council_account(session, typed["name"], typed["email"], roles)
            return None
        return new_desk_key(session, roles)

    link = None
    if not problems:
        try:
            key = await _in_the_store(request, add)
        except EmailTaken:
            problems = {"email": "taken"}
        else:
            asked = urlencode({"name": typed["name"], "email": plain_email(typed["email"])})
            link = f"{request.app.state.desk_address}/first/{key}?{asked}" if key else ""
    if problems:
        return await _show(request, 422, typed=typed, problems=problems, picked=roles)
    return await _show(request, link=link, added=typed["name"])


@post("/accounts/{account_id:int}/{what:str}", opt=KEEPS_ACCOUNTS)
async def change_account(
    request: DeskRequest, account_id: FromPath[int], what: FromPath[str]
) -> Redirect | Template:
    """New roles; help with a lost phone or a resting account; out everywhere; or the end of it."""
    form = await request.form()
    roles = [role for role in ROLES if role in form.getall("role", [])]
    changes: dict[str, Callable[[Session, Facilitator], object]] = {
        "roles": lambda session, account: give_roles(session, account.id, roles),
        "new-factor": lambda session, account: forget_factor(session, account.id),
        "wake": lambda session, account: wake(session, account.id),
        "sign-out": lambda session, account: end_sessions(session, account.id),
        "end": lambda session, account: end_account(session, account.email),
    }
    if what not in changes:
        raise NotFoundException
    if what == "roles" and not roles:
        return await _show(request, 422, trouble="no_role")

    def change(session: Session) -> None:
        account = find_by_id(session, account_id)
        if account is None:
            raise NotFoundException
        changes[what](session, account)
        if what in {"new-factor", "end"}:
            end_sessions(session, account.id)
        check_somebody_keeps_accounts(session)

    try:
        await _in_the_store(request, change)
    except NobodyLeft:
        return await _show(request, 409, trouble="nobody_left")
    return Redirect(f"{HERE}?done={what}#account-{account_id}", status_code=303)


async def _show(request: DeskRequest, status: int = 200, **more: Any) -> Template:
    accounts, roles = await _in_the_store(
        request, lambda session: (all_accounts(session), roles_of_all(session))
    )
    nothing: dict[str, Any] = {
        "typed": {},
        "problems": {},
        "picked": [],
        "link": None,
        "added": None,
    }
    return page(
        request,
        "accounts.html",
        status,
        accounts=accounts,
        roles=roles,
        council=request.app.state.council is not None,
        days=KEY_DAYS,
        done=request.query_params.get("done", ""),
        **{"trouble": None, **nothing, **more},
    )


async def _in_the_store(request: DeskRequest, work: Callable[[Session], T]) -> T:
    store: Store = request.app.state.store

    def write() -> T:
        with store.writing() as session:
            return work(session)

    return await asyncio.to_thread(write)
