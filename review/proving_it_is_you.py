"""The second factor: a code of the app at each sign-in, and setting the app up at the first one.

Comes in: a session that is half way, and a code. Goes out: a sign-in; and, once, recovery codes.
"""

import asyncio
from datetime import UTC, datetime

from litestar import get, post
from litestar.response import Redirect, Template

from plan_store.changing_a_password import changed_since
from plan_store.facilitators import find_by_id
from plan_store.opening import Store
from plan_store.second_factor import (
    RESTS_FOR,
    begin_try,
    keep_factor,
    new_recovery_codes,
    take_try_back,
    use_recovery_code,
    use_step,
)
from plan_store.tables import Facilitator
from review.factor_codes import FactorCodes, Unreadable
from review.guarding import (
    PUBLIC_WITH_SESSION,
    TRIES,
    DeskRequest,
    NotSignedIn,
    begin_session,
    half_way,
)
from review.showing_pages import page

HERE, SET_UP = "/sign-in/code", "/sign-in/set-up"
# An app's codes have six digits; anything longer is meant as a recovery code.
DIGITS = 6


@get(HERE, opt=PUBLIC_WITH_SESSION)
async def code_page(request: DeskRequest) -> Template | Redirect:
    """The form for the code; where no app is set up yet, on to that."""
    facilitator = await _half_way(request)
    if facilitator.factor_secret is None:
        return Redirect(SET_UP, status_code=303)
    return page(request, "code.html", problem=None, rests_for=RESTS_FOR)


@post(HERE, opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def give_code(request: DeskRequest) -> Template | Redirect:
    """Sign in with a code of the app, or with a recovery code."""
    facilitator = await _half_way(request)
    typed = (await request.form()).get("code", "")
    try:
        right = await asyncio.to_thread(_is_right, request, facilitator, typed)
    except Unreadable:
        return page(request, "code.html", 409, problem="unreadable", rests_for=RESTS_FOR)
    if not right:
        return page(request, "code.html", 422, problem="wrong", rests_for=RESTS_FOR)
    goes_on = request.session.get("next", "")
    await begin_session(request, facilitator.id)
    return Redirect(goes_on or "/", status_code=303)


@get(SET_UP, opt=PUBLIC_WITH_SESSION)
async def set_up_page(request: DeskRequest) -> Template | Redirect:
    """The picture that the app reads. The same one until it is used, however often it is loaded."""
    facilitator = await _half_way(request)
    if facilitator.factor_secret is not None:
        return Redirect(HERE, status_code=303)
    return _set_up(request, facilitator)


@post(SET_UP, opt=PUBLIC_WITH_SESSION, middleware=[TRIES.middleware])
async def set_up(request: DeskRequest) -> Template | Redirect:
    """With the app's first code it is set up, and the recovery codes are shown, once."""
    facilitator = await _half_way(request)
    secret: str | None = request.session.get("offered")
    if facilitator.factor_secret is not None or secret is None:
        return Redirect(HERE, status_code=303)
    typed = (await request.form()).get("code", "")
    codes: FactorCodes = request.app.state.factor_codes
    step = codes.step_of(secret, typed)
    if step is None:
        return _set_up(request, facilitator, "wrong")

    def keep() -> list[str] | None:
        store: Store = request.app.state.store
        with store.writing() as session:
            if not keep_factor(session, facilitator.id, codes.seal(secret), step):
                return None
            return new_recovery_codes(session, facilitator.id)

    fresh = await asyncio.to_thread(keep)
    if fresh is None:
        return Redirect(HERE, status_code=303)
    goes_on = request.session.get("next", "")
    await begin_session(request, facilitator.id)
    return page(request, "recovery_codes.html", codes=fresh, goes_on=goes_on or "/")


def _set_up(request: DeskRequest, facilitator: Facilitator, problem: str | None = None) -> Template:
    codes: FactorCodes = request.app.state.factor_codes
    secret = request.session.setdefault("offered", codes.new_secret())
    return page(
        request,
        "set_up_factor.html",
        422 if problem else 200,
        picture=codes.picture(secret, facilitator.email),
        secret=secret,
        problem=problem,
    )


async def _half_way(request: DeskRequest) -> Facilitator:
    facilitator_id = half_way(request)

    def find() -> Facilitator | None:
        store: Store = request.app.state.store
        with store.reading() as session:
            # A password that was changed meanwhile is not the one that was given here.
            since = datetime.fromtimestamp(request.session["since"], UTC)
            if changed_since(session, facilitator_id, since):
                return None
            return find_by_id(session, facilitator_id)

    facilitator = await asyncio.to_thread(find)
    if facilitator is None:
        request.clear_session()
        raise NotSignedIn
    return facilitator


def _is_right(request: DeskRequest, facilitator: Facilitator, typed: str) -> bool:
    """Counted before it is looked at, so that many at once are no more than one after the other."""
    store: Store = request.app.state.store
    codes: FactorCodes = request.app.state.factor_codes
    secret = codes.unseal(facilitator.factor_secret or "")
    step = codes.step_of(secret, typed)
    with store.writing() as session:
        if not begin_try(session, facilitator.id):
            return False
        if step is not None:
            right = use_step(session, facilitator.id, step)
        else:
            right = len(typed) > DIGITS and use_recovery_code(session, facilitator.id, typed)
        if right:
            take_try_back(session, facilitator.id)
        return right
