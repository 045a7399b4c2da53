"""What every form of the desk does: its fields as plain words and numbers, its cause, one write.

Comes in: a request. Goes out: what was typed; and the work of a click, in one transaction.
"""

import asyncio
import re
from collections.abc import Callable
from typing import TypeVar

from litestar.exceptions import NotFoundException
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.opening import Store
from review.guarding import DeskRequest
from review.showing_pages import new_click

NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
CLICK = re.compile(r"[0-9a-f]{32}")
T = TypeVar("T")


async def typed_in(request: DeskRequest) -> dict[str, str]:
    """The fields of the form, without spaces around them. A browser's line end is one sign."""
    form = await request.form()
    return {
        name: value.replace("\r\n", "\n").strip()
        for name, value in form.items()
        if isinstance(value, str)
    }


def cause_of(request: DeskRequest, person_id: str, typed: dict[str, str]) -> Cause:
    """This click; a form whose key was tampered with gets one of its own."""
    return Cause.by_click(person_id, request.user.id, click_of(typed))


def click_of(typed: dict[str, str]) -> str:
    """The form's one-use key."""
    click = typed.get("click", "")
    return click if CLICK.fullmatch(click) else new_click()


def number(typed: str) -> int | None:
    """A whole number; None for anything else."""
    return int(typed) if NUMBER.fullmatch(typed) else None


async def write(request: DeskRequest, work: Callable[[Session], T]) -> T:
    """One transaction: all of the work, or nothing. What is not there is not found."""

    def run() -> T:
        store: Store = request.app.state.store
        with store.writing() as session:
            return work(session)

    try:
        return await asyncio.to_thread(run)
    except NoResultFound:
        raise NotFoundException from None
