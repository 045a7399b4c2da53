"""A form that is about more than a person's page: its fields as plain words, its cause, one write.

Comes in: a request. Goes out: what was typed; and the work of a click, in one transaction.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from plan_store.causes import Cause
from review.guarding import DeskRequest
from review.reading_forms import CLICK, number, plain
from review.reading_forms import cause_of as cause_of_click
from review.showing_pages import new_click
from review.taking_forms import write_in_one_go

__all__ = ["cause_of", "click_of", "number", "typed_in", "write"]

T = TypeVar("T")


async def typed_in(request: DeskRequest) -> dict[str, str]:
    """The fields of the form, without spaces around them."""
    form = await request.form()
    return {name: plain(value) for name, value in form.items() if isinstance(value, str)}


def cause_of(request: DeskRequest, person_id: str, typed: dict[str, str]) -> Cause:
    """This click; a form whose key was tampered with gets one of its own."""
    return cause_of_click(request, person_id, typed.get("click", ""))


def click_of(typed: dict[str, str]) -> str:
    """The form's one-use key."""
    click = typed.get("click", "")
    return click if CLICK.fullmatch(click) else new_click()


async def write(request: DeskRequest, work: Callable[[Session], T]) -> T:
    """One transaction: all of the work, or nothing. What is not there is not found."""
    return await asyncio.to_thread(write_in_one_go, request, work)
