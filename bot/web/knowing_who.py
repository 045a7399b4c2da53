"""Whose page this is: a random token in a cookie, of which only the hash is kept.

Comes in: any request. Goes out: the person it belongs to, or a refusal with what was typed.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, State
from litestar.exceptions import NotAuthorizedException
from litestar.handlers.base import BaseRouteHandler
from litestar.response import Response

from bot.opening_the_door import Door
from plan_store.inviting import find_contact

DOOR = "web"
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
# No browser keeps a cookie longer; each visit begins it anew, so that nothing ends.
COOKIE_SECONDS = 400 * 24 * 60 * 60

# Given to a route that anybody may open.
PUBLIC: dict[str, bool] = {"public": True}


class NotKnown(NotAuthorizedException):
    """This browser belongs to nobody we know."""


@dataclass(frozen=True, slots=True)
class Known:
    """The person whose page this is. `address`: the kept form of their token."""

    person_id: str
    contact_id: int
    address: str
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


async def who(connection: ASGIConnection[Any, Any, Any, Any]) -> Known | None:
    """The person this browser belongs to."""
    return await holder_of(door_of(connection), token_in(connection))


async def holder_of(door: Door, token: str | None) -> Known | None:
    """The person who holds this token."""
    if token is None:
        return None
    address = address_of(token)
    contact = await door.in_store.read(lambda session: find_contact(session, DOOR, address))
    return Known(contact.person_id, contact.id, address, token) if contact else None


def token_in(connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
    """The token in the cookie, if it looks like one of ours."""
    return as_token(connection.cookies.get(connection.app.state.cookie))


def as_token(text: str | None) -> str | None:
    """The text, if it can be a token of ours."""
    return text if text is not None and TOKEN.fullmatch(text) else None


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(32)


def address_of(token: str) -> str:
    """The kept form of a token: who reads the store cannot open anybody's page."""
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
