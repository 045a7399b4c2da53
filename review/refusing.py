"""When something is refused or goes wrong: a page that says so kindly and keeps what was typed.

Comes in: an exception. Goes out: a page with the right status; the log gets kinds, never words.
"""

import logging
import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litestar.exceptions import HTTPException
from litestar.response import Redirect, Response, Template
from litestar.types import ExceptionHandlersMap
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError

from plan_store.roles import NOT_YOUR_PERSON, NOT_YOUR_ROLE, MayNot
from review.guarding import DeskRequest, NotSignedIn
from review.showing_pages import page

log = logging.getLogger(__name__)

# Each has its own lines in problem.html; any other status reads as one of these.
SAID = (400, 401, 403, 404, 405, 410, 413, 429, 500, 503)


def not_signed_in(request: DeskRequest, _refused: NotSignedIn) -> Response[Any]:
    """A page leads to the sign-in and back. A form is answered with what was typed, to copy."""
    if request.headers.get("hx-request"):
        # A page that asked for news: the whole of it goes, not its list.
        return Response(b"", status_code=401, headers={"hx-redirect": "/sign-in"})
    if request.method in {"GET", "HEAD"}:
        path = request.url.path
        asked = f"?next={quote(path)}" if path != "/" else ""
        return Redirect(f"/sign-in{asked}", status_code=303)
    return problem(request, HTTPStatus.UNAUTHORIZED)


def refused(request: DeskRequest, why: HTTPException) -> Response[Any]:
    """Not found, forbidden, too often, too large."""
    response = problem(request, why.status_code)
    response.headers.update(why.headers or {})
    return response


def may_not(request: DeskRequest, why: MayNot) -> Response[Any]:
    """Not for this role. Somebody else's young person is as if they were not there."""
    there = HTTPStatus.NOT_FOUND if why.reason == NOT_YOUR_PERSON else HTTPStatus.FORBIDDEN
    return problem(request, there, NOT_YOUR_ROLE if why.reason == NOT_YOUR_ROLE else None)


def store_away(request: DeskRequest, why: OperationalError) -> Response[Any]:
    """The plan store does not answer."""
    log.error("The plan store does not answer: %s", type(why.orig).__name__)
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE)


def sign_ins_away(request: DeskRequest, why: RedisError) -> Response[Any]:
    """Redis, which holds the sign-ins, does not answer."""
    log.error("Redis does not answer: %s", type(why).__name__)
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE)


def broken(request: DeskRequest, why: Exception) -> Response[Any]:
    """A mistake of ours. Its own text may hold a person's words: only kinds and places are kept."""
    frames = reversed(traceback.extract_tb(why.__traceback__))
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
    )
    log.error("%s at %s", type(why).__name__, places)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(request: DeskRequest, status: int, reason: str | None = None) -> Template:
    """The page of this problem, with what was typed into the form that met it."""
    kind = status if status in SAID else (400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500)
    typed = request.scope["state"].get("typed", [])
    return page(request, "problem.html", status, kind=reason or kind, typed=typed)


REFUSALS: ExceptionHandlersMap = {
    NotSignedIn: not_signed_in,
    MayNot: may_not,
    HTTPException: refused,
    OperationalError: store_away,
    RedisError: sign_ins_away,
    Exception: broken,
}
