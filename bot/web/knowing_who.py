"""Whose page this is: a random token names the device; the store knows whose chat is open on it.

Comes in: any request. Goes out: the person whose chat is open, or a refusal with what was typed.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, State
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.handlers.base import BaseRouteHandler
from litestar.response import Response

from bot.opening_the_door import Door
from bot.web.pictures import HalfChosen, Pictures
from plan_store.people_of_a_device import open_on

DOOR = "web"
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
# No browser keeps a cookie longer; each visit begins it anew, so that nothing ends.
COOKIE_SECONDS = 400 * 24 * 60 * 60

# Given to a route that anybody may open.
PUBLIC: dict[str, bool] = {"public": True}
# Given to a whole page of an open chat: where none is open, it leads to the coming-in page.
PAGE: dict[str, bool] = {"page": True}


class NotKnown(NotAuthorizedException):
    """Nobody's chat is open on this device."""


class NotThisChat(HTTPException):
    """The form is of a chat that is not the one that is open now: these are not their words."""

    status_code = HTTPStatus.CONFLICT


@dataclass(frozen=True, slots=True)
class Known:
    """The person whose chat is open here. `here_id`: they, as one of the people of this device."""

    here_id: int
    person_id: str
    contact_id: int
    address: str
    left_words: bool
    token: str


ChatRequest = Request[Known, Any, State]


def door_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Door:
    """The door this page is part of."""
    door: Door = connection.app.state.door
    return door


async def only_known(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Let in whom we know; everybody where it is public."""
    if handler.opt.get("public"):
        return
    known = await who(connection)
    if known is None:
        raise NotKnown
    connection.scope["user"] = known
    if isinstance(connection, Request) and connection.method == "POST":
        # An old page of somebody else, left open on the same device, must not speak for this one.
        form = await connection.form()
        if form.get("chat") != str(known.contact_id):
            raise NotThisChat


async def who(connection: ASGIConnection[Any, Any, Any, Any]) -> Known | None:
    """The person whose chat is open on this device."""
    token = token_in(connection)
    if token is None:
        return None
    key = key_of(token)
    found = await door_of(connection).in_store.read(lambda session: open_on(session, key))
    if found is None:
        return None
    return Known(
        found.id, found.person_id, found.contact_id, found.address, found.left_words, token
    )


def key_in(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The kept form of the device's token; of a device that has none, one that is nobody's."""
    return key_of(token_in(connection) or "")


def token_in(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """The token in the cookie, if it looks like one of ours."""
    return as_token(connection.cookies.get(connection.app.state.cookie))


def as_token(text: str | None) -> str | None:
    """The text, if it can be a token of ours."""
    return text if text is not None and TOKEN.fullmatch(text) else None


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(32)


def key_of(token: str) -> str:
    """The kept form of a token: who reads the store cannot be this device."""
    return hashlib.sha256(token.encode()).hexdigest()


def remember(
    connection: ASGIConnection[Any, Any, Any, Any], answer: Response[Any], token: str
) -> None:
    """Have the browser hold this token, out of reach of scripts and other sites."""
    answer.set_cookie(
        Cookie(
            key=connection.app.state.cookie,
            value=token,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="lax",
            secure=connection.app.state.over_https,
        )
    )


def pictures_of(request: ChatRequest) -> Pictures:
    """The pictures that people choose from."""
    pictures: Pictures = request.app.state.pictures
    return pictures


def half_chosen(request: ChatRequest) -> HalfChosen:
    """What was chosen so far, of pictures that are one secret together."""
    half: HalfChosen = request.app.state.half_chosen
    return half
