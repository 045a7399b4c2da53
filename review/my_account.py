"""A facilitator's own account: where they are signed in, password, codes, shortcuts."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.changing_a_password import PASSWORD, has_password, last_changed
from plan_store.desk_sessions import end_session, end_sessions, open_sessions
from plan_store.facilitators import keep_shortcuts
from plan_store.opening import Store
from plan_store.second_factor import RESTS_FOR, new_recovery_codes, recovery_codes_left
from review.guarding import SIGNED_IN, DeskRequest
from review.passwords import SHORTEST
from review.showing_pages import page

HERE = "/my-account"
T = TypeVar("T")


@get(HERE, opt=SIGNED_IN)
async def my_account(request: DeskRequest) -> Template:
    """All of it on one page."""
    return await show_my_account(request)


async def show_my_account(
    request: DeskRequest, problems: Mapping[str, str] | None = None, status: int = 200
) -> Template:
    """The page as it is now; `problems` of the form for a new password, by field."""

    def look(session: Session) -> dict[str, Any]:
        mine = request.user.id
        return {
            "sessions": open_sessions(session, mine),
            "codes_left": recovery_codes_left(session, mine),
            "has_password": has_password(session, mine),
            "changed_at": last_changed(session, mine),
        }

    return page(
        request,
        "my_account.html",
        status,
        **await _in_the_store(request, look),
        problems=problems or {},
        shortest=SHORTEST,
        rests_for=RESTS_FOR,
        done=request.query_params.get("done") == PASSWORD,
    )


@post("/my-account/sign-ins/{session_id:int}/end", opt=SIGNED_IN)
async def end_my_session(request: DeskRequest, session_id: FromPath[int]) -> Redirect:
    """End one sign-in: whoever uses it is out with their next click."""
    await _in_the_store(request, lambda session: end_session(session, request.user.id, session_id))
    return Redirect(HERE, status_code=303)


@post("/my-account/sign-ins/end-others", opt=SIGNED_IN)
async def end_my_other_sessions(request: DeskRequest) -> Redirect:
    """End every sign-in but this one."""
    mine = request.user
    await _in_the_store(request, lambda session: end_sessions(session, mine.id, mine.session_id))
    return Redirect(HERE, status_code=303)


@post("/my-account/recovery-codes", opt=SIGNED_IN, status_code=200)
async def fresh_recovery_codes(request: DeskRequest) -> Template:
    """New ones in place of the old ones, shown once."""
    codes = await _in_the_store(
        request, lambda session: new_recovery_codes(session, request.user.id)
    )
    return page(request, "recovery_codes.html", codes=codes, goes_on=HERE)


@post("/my-account/shortcuts", opt=SIGNED_IN)
async def set_shortcuts(request: DeskRequest) -> Redirect:
    """Keys of one letter, on or off."""
    on = (await request.form()).get("shortcuts") == "on"
    await _in_the_store(request, lambda session: keep_shortcuts(session, request.user.id, on))
    return Redirect(HERE, status_code=303)


async def _in_the_store(request: DeskRequest, work: Callable[[Session], T]) -> T:
    store: Store = request.app.state.store

    def write() -> T:
        with store.writing() as session:
            return work(session)

    return await asyncio.to_thread(write)
