"""Going on on another device: a code, a link and a square picture of it, shown once.

Comes in: a press by the person whose chat is open. Goes out: a door link of theirs, for minutes.
"""

from typing import Any

import segno
from litestar import get, post
from litestar.response import Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from bot.web.knowing_who import PAGE, ChatRequest, door_of
from bot.web.showing_pages import page
from plan_store.becoming_sixteen import is_under_16, month_they_become_16
from plan_store.inviting import new_door_link
from plan_store.tables import now

# Read aloud and typed by hand, in threes.
PART = 4


@get("/device/elsewhere", opt=PAGE)
async def elsewhere(request: ChatRequest) -> Response[Any]:
    """What it is, and the button; nothing is made by looking."""
    return page("elsewhere.html", chat=request.user.contact_id, code=None)


@post("/device/elsewhere", status_code=200)
async def make_door_link(request: ChatRequest) -> Response[Any]:
    """Make the link and show it. An older one does not work any more."""
    door, person_id = door_of(request), request.user.person_id

    def make(session: Session) -> tuple[str, bool]:
        month = month_they_become_16(session, person_id)
        return new_door_link(session, person_id, made_by="person"), is_under_16(month, now())

    code, young = await door.in_store.write(make)
    link = f"{door.settings.chat_url}/i/{code}"
    return page(
        "elsewhere.html",
        chat=request.user.contact_id,
        code=[code[at : at + PART] for at in range(0, len(code), PART)],
        link=link,
        square=square_of(link),
        # Telegram is for people of 16 or over.
        telegram=None if young else telegram_link(door, code),
    )


def square_of(link: str) -> Markup:
    """The link as a QR code that a camera reads, drawn into the page: no file, no address."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(
        border=4, dark="#000000", light="#ffffff", omitsize=True, svgclass="square", lineclass=None
    )
    return Markup(drawn)  # noqa: S704  (made of numbers by the library, not of anybody's words)


def telegram_link(door: Door, code: str) -> str | None:
    """The same for Telegram, where it is on and has told its own name."""
    name = door.telegram_name
    return f"https://t.me/{name}?start={code}" if name else None
