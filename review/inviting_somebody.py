"""Inviting a young person: a one-use code and link, shown once and kept only as a hash."""

import asyncio

from litestar import get, post
from litestar.response import Template

from plan_store.inviting import INVITE_DAYS, new_invite
from plan_store.opening import Store
from review.guarding import DeskRequest, only_who_may
from review.showing_pages import page

INVITES = only_who_may("invite")


@get("/invite", opt=INVITES)
async def invite_page(request: DeskRequest) -> Template:
    """What an invite is, and the button."""
    return page(request, "invite.html", code=None, days=INVITE_DAYS)


@post("/invite", opt=INVITES, status_code=200)
async def make_invite(request: DeskRequest) -> Template:
    """Make one and show it. There is no page to come back to: it cannot be shown again."""
    code = await asyncio.to_thread(_invite, request.app.state.store, request.user.id)
    link = f"{request.app.state.chat_url}/i/{code}"
    return page(request, "invite.html", code=code, link=link, days=INVITE_DAYS)


def _invite(store: Store, facilitator_id: int) -> str:
    with store.writing() as session:
        return new_invite(session, made_by=f"facilitator:{facilitator_id}")
