"""Inviting a young person: a one-use code and link, shown once and kept only as a hash.

Comes in: whether they are 16; for somebody under 16 also who agreed, else there is no invite. Goes
out: the code, for the web page only where they are under 16.
"""

import asyncio
from datetime import date
from typing import Any

from litestar import get, post
from litestar.response import Template

from plan_store.becoming_sixteen import months_before
from plan_store.inviting import INVITE_DAYS, new_invite
from plan_store.inviting_under_16 import Agreed, NobodyAgreed, invite_under_16
from plan_store.opening import Store
from plan_store.tables import now
from review.guarding import DeskRequest, only_who_may
from review.reading_forms import day_in
from review.showing_pages import page

INVITES = only_who_may("invite")
FROM_16, UNDER_16 = "from_16", "under_16"
# What somebody types about who agreed, and gets back where something is missing.
TYPED = ("month", "name", "relation", "how", "on")


@get("/invite", opt=INVITES)
async def invite_page(request: DeskRequest) -> Template:
    """What an invite is, and whether they are 16."""
    return _page(request)


@post("/invite", opt=INVITES, status_code=200)
async def make_invite(request: DeskRequest) -> Template:
    """Make one and show it. There is no page to come back to: it cannot be shown again."""
    form = await request.form()
    age = form.get("age", "")
    if age == FROM_16:
        code = await asyncio.to_thread(_invite, request.app.state.store, request.user.id)
        return _made(request, code, young=False)
    if age != UNDER_16:
        return _page(request, 422, problems={"age": "missing"})
    typed = {name: form.get(name, "").strip() for name in TYPED}
    if form.get("asked") != "agreed":
        return _page(request, asks=UNDER_16)
    try:
        code = await asyncio.to_thread(
            _invite_under_16, request.app.state.store, request.user.id, typed
        )
    except NobodyAgreed as why:
        return _page(request, 422, asks=UNDER_16, typed=typed, problems=why.missing)
    return _made(request, code, young=True)


def _page(request: DeskRequest, status: int = 200, **more: Any) -> Template:
    return page(
        request,
        "invite.html",
        status,
        code=None,
        days=INVITE_DAYS,
        months=months_before(now()),
        **{"asks": "", "typed": dict.fromkeys(TYPED, ""), "problems": {}, **more},
    )


def _made(request: DeskRequest, code: str, *, young: bool) -> Template:
    link = f"{request.app.state.chat_url}/i/{code}"
    return page(
        request, "invite.html", code=code, link=link, days=INVITE_DAYS, young=young, problems={}
    )


def _invite(store: Store, facilitator_id: int) -> str:
    with store.writing() as session:
        return new_invite(session, made_by=f"facilitator:{facilitator_id}")


def _invite_under_16(store: Store, facilitator_id: int, typed: dict[str, str]) -> str:
    month: date | None = day_in(typed["month"])
    agreed = Agreed(typed["name"], typed["relation"], typed["how"], day_in(typed["on"]))
    with store.writing() as session:
        return invite_under_16(session, facilitator_id, month, agreed)
