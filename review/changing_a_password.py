"""A new password, by whom it belongs to: the old one, and the new one twice.

Comes in: a form. Goes out: the page of their account, which says that it is changed; or the form
again with what is amiss. Wrong tries count as they do at the sign-in.
"""

import asyncio

from litestar import post
from litestar.response import Redirect, Template

from plan_store.changing_a_password import PASSWORD, change_password, password_hash_of
from plan_store.opening import Store
from plan_store.second_factor import begin_try, take_try_back
from review.guarding import SIGNED_IN, TRIES, DeskRequest
from review.making_an_account import amiss_with
from review.my_account import HERE, show_my_account
from review.passwords import LONGEST, Passwords


@post(f"{HERE}/password", opt=SIGNED_IN, middleware=[TRIES.middleware])
async def change_my_password(request: DeskRequest) -> Redirect | Template:
    """Change it; everywhere else they are signed out."""
    form = await request.form()
    old, new = form.get("old", ""), form.get("password", "")
    problems = amiss_with(new, form.get("again", ""))
    if not problems and new == old:
        problems = {"password": "same"}
    if not problems and not await asyncio.to_thread(_change, request, old[:LONGEST], new):
        problems = {"old": "no_match"}
    if problems:
        return await show_my_account(request, problems, 422)
    return Redirect(f"{HERE}?done={PASSWORD}", status_code=303)


def _change(request: DeskRequest, old: str, new: str) -> bool:
    """False where the old one is wrong, or the account rests: told alike, and as slow."""
    store: Store = request.app.state.store
    passwords: Passwords = request.app.state.passwords
    mine = request.user
    with store.writing() as session:
        may_try = begin_try(session, mine.id)
        known = password_hash_of(session, mine.id)
    # Not within a transaction: this takes a while, by design.
    if not passwords.match(known or None, old) or not may_try:
        return False
    fresh = passwords.hash(new)
    with store.writing() as session:
        take_try_back(session, mine.id)
        return change_password(session, mine.id, mine.session_id, known, fresh)
