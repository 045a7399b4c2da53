"""Coming in by an invite: a link or a typed code, one big button, and the chat opens by itself.

A link only shows a page: what looks at links beforehand must not use the code up.
"""

from http import HTTPStatus
from typing import Any

from litestar import get, post
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template
from litestar.status_codes import HTTP_303_SEE_OTHER
from sqlalchemy.orm import Session

from bot.receiving import Came, Received
from bot.web.knowing_who import (
    DOOR,
    PUBLIC,
    ChatRequest,
    address_of,
    as_token,
    door_of,
    holder_of,
    new_token,
    remember,
    token_in,
    who,
)
from bot.web.showing_pages import page
from bot.web.taking_in import text_in, wait_for_answer
from plan_store.inviting import is_open, use_invite, was_made

# A class that starts together shares one address; a code is far too long to be guessed at this.
TRIES = RateLimitConfig(rate_limit=("minute", 90), set_rate_limit_headers=False).middleware
LONGEST_CODE = 100


@get("/i/{code:str}", opt=PUBLIC, middleware=[TRIES])
async def invited(request: ChatRequest, code: FromPath[str]) -> Response[Any]:
    """The page behind an invite link."""
    door = door_of(request)
    known = await who(request)
    if not await door.in_store.read(lambda session: is_open(session, code[:LONGEST_CODE])):
        # An old link of one's own is the way back to one's chat.
        return (
            Redirect("/", status_code=HTTP_303_SEE_OTHER) if known else await closed(request, code)
        )
    # The token goes out before the code is used: if the answer is lost, a second press finds it.
    token = new_token() if known else (token_in(request) or new_token())
    answer = page("invited.html", code=code, token=token, known=known is not None)
    if known is None:
        remember(request, answer, token)
    return answer


@post("/i", opt=PUBLIC, middleware=[TRIES])
async def start(request: ChatRequest) -> Response[Any]:
    """Use the code, once; pressed twice, it opens the same chat."""
    door = door_of(request)
    form = await request.form()
    code = text_in(form, "code")[:LONGEST_CODE]
    token = as_token(text_in(form, "token")) or new_token()
    if await holder_of(door, token) is None:
        began = await door.in_store.write(lambda session: _begin(request, session, code, token))
        if began is not None:
            await wait_for_answer(door, began.message_id)
        elif await holder_of(door, token) is None:
            return await closed(request, code)
        # else the same button was pressed twice at the same moment, and the other press was first
    answer = Redirect("/", status_code=HTTP_303_SEE_OTHER)
    remember(request, answer, token)
    return answer


async def closed(request: ChatRequest, code: str) -> Template:
    """The code lets nobody in: it was used, is too old, or never was."""
    was = await door_of(request).in_store.read(
        lambda session: was_made(session, code[:LONGEST_CODE])
    )
    status = HTTPStatus.GONE if was else HTTPStatus.NOT_FOUND
    says = "invite_is_old" if was else "page_code_not_known"
    return front(request, status, says)


def front(request: ChatRequest, status: int = 200, says: str | None = None) -> Template:
    """The page for those we do not know: what this is, and where a code is typed."""
    token = token_in(request) or new_token()
    answer = page("front.html", status, token=token, says=says, typed="")
    remember(request, answer, token)
    return answer


def _begin(request: ChatRequest, session: Session, code: str, token: str) -> Received | None:
    """The person and their first message, in one transaction: no chat is left without a start."""
    address = address_of(token)
    contact = use_invite(session, code, DOOR, address)
    if contact is None:
        return None
    came = Came(DOOR, address, f"web:{contact.id}:begin", "tap", details={"value": "/begin"})
    return door_of(request).reception.receive(session, came)
