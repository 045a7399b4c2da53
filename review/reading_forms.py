"""Reading what a form sent: a day, a number, words, the one-use key of a click.

Comes in: text, as a browser sends it. Goes out: the value, or None where there is none.
"""

import re
from datetime import date

from plan_store.causes import Cause
from review.guarding import DeskRequest
from review.showing_pages import new_click

NUMBER = re.compile(r"[0-9]{1,18}")
CLICK = re.compile(r"[0-9a-f]{32}")


def day_in(typed: str) -> date | None:
    """A day, as a browser's own field for days sends it."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def number(typed: str) -> int | None:
    """A number of ours."""
    return int(typed) if NUMBER.fullmatch(typed) else None


def plain(typed: str) -> str:
    """Browsers send a line's end as two characters."""
    return typed.replace("\r\n", "\n").strip()


def cause_of(request: DeskRequest, person_id: str, click: str) -> Cause:
    """Who pressed, about whom, and the form's own one-use key."""
    return Cause.by_click(
        person_id, request.user.id, click if CLICK.fullmatch(click) else new_click()
    )
