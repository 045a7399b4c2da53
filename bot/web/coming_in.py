"""Coming in by an invite or a door link: one big button, and the chat opens by itself.

A link only shows a page: what looks at links beforehand must not use the code up.
"""

from http import HTTPStatus
from typing import Any

from litestar import get, post
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import FromPath
from litestar.response import Response, Template
from sqlalchemy.orm import Session

from bot.receiving import Came, Received
from bot.web.knowing_who import (
    DOOR,
    PUBLIC,
    ChatRequest,
    as_token,
    door_of,
    key_in,
    key_of,
    new_token,
    remember,
    token_in,
    who,
)
from bot.web.showing_pages import go_to, page
from bot.web.taking_in import text_in, wait_for_answer
from plan_store.inviting import hash_of, was_made, what_opens
from plan_store.people_of_a_device import come_in, open_on, people_on

# A class that starts together shares one address; a code is far too long to be guessed at this.
TRIES = RateLimitConfig(rate_limit=("minute", 90), set_rate_limit_headers=False).middleware
LONGEST_CODE = 100


@get("/i/{code:str}", opt=PUBLIC, middleware=[TRIES])
async def invited(request: ChatRequest, code: FromPath[str]) -> Response[Any]:
    """The page behind an invite or a door link."""
    door, key = door_of(request), key_in(request)
    known = await who(request)
    opens, people = await door.in_store.read(
        lambda session: (what_opens(session, code[:LONGEST_CODE]), people_on(session, key))
    )
    if opens is None:
        # An old link of one's own is the way back to one's chat.
        return go_to("/") if known else await closed(request, code)
    # The token goes out before the code is used: if the answer is lost, a second press finds it.
    token = token_in(request) or new_token()
    answer = page(
        "invited.html",
        code=code,
        token=token,
        opens=opens,
        known=known is not None,
        closes=any(not here.has_chosen for here in people),
    )
    remember(request, answer, token)
    return answer


@post("/i", opt=PUBLIC, middleware=[TRIES])
async def start(request: ChatRequest) -> Response[Any]:
    """Use the code, once; pressed twice, it opens the same chat."""
    door = door_of(request)
    form = await request.form()
    code = text_in(form, "code")[:LONGEST_CODE]
    token = token_in(request) or as_token(text_in(form, "token")) or new_token()
    key = key_of(token)
    began = await door.in_store.write(lambda session: _begin(request, session, code, key))
    if began is not None:
        door.conversation.wake()
        door.delivery.wake()
        await wait_for_answer(door, began.message_id)
    elif not await door.in_store.read(
        lambda session: open_on(session, key) is not None and was_made(session, code)
    ):
        return await closed(request, code)
    # else the same button was pressed twice at the same moment, and the other press was first
    people = await door.in_store.read(lambda session: people_on(session, key))
    unprotected = any(here.is_open and here.shared and not here.has_chosen for here in people)
    answer = go_to("/device/secret" if unprotected else "/")
    remember(request, answer, token)
    return answer


async def closed(request: ChatRequest, code: str) -> Template:
    """The code lets nobody in: it was used, is too old, or never was."""
    was = await door_of(request).in_store.read(
        lambda session: was_made(session, code[:LONGEST_CODE])
    )
    status = HTTPStatus.GONE if was else HTTPStatus.NOT_FOUND
    says = "invite_is_old" if was else "page_code_not_known"
    return await front(request, status, says)


async def front(
    request: ChatRequest, status: int = 200, says: str | None = None, typed: str = ""
) -> Template:
    """Where no chat is open: the people of this device, what this is, and where a code is typed."""
    token = token_in(request) or new_token()
    key = key_of(token)
    people = await door_of(request).in_store.read(lambda session: people_on(session, key))
    # Whoever types a code here has a chat open already, or nobody has one.
    answer = page(
        "people.html" if people else "front.html",
        status,
        token=token,
        says=says,
        typed=typed,
        people=people,
        mine=request.app.state.pictures.mine,
    )
    remember(request, answer, token)
    return answer


def _begin(request: ChatRequest, session: Session, code: str, key: str) -> Received | None:
    """The person and their first message, in one transaction: no chat is left without a start."""
    contact = come_in(session, key, code)
    if contact is None:
        return None
    # By the code: who comes again with another door link is greeted again.
    begin = f"web:{contact.id}:begin:{hash_of(code)[:32]}"
    came = Came(DOOR, contact.address, begin, "tap", details={"value": "/begin"})
    return door_of(request).reception.receive(session, came)
