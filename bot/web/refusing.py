"""When something is refused or is down: kind words, and what was typed still in its box.

Comes in: an exception. Goes out: a page with the right status; the log gets kinds, never words.
"""

import logging
import traceback
from http import HTTPStatus
from typing import Any

from litestar.datastructures import Cookie, FormMultiDict
from litestar.exceptions import HTTPException
from litestar.middleware.csrf import generate_csrf_token
from litestar.response import Response, Template
from litestar.types import ExceptionHandlersMap
from litestar.utils.scope.state import ScopeState

from bot.in_store import STORE_AWAY
from bot.web.knowing_who import ChatRequest, NotKnown, door_of
from bot.web.showing_pages import go_to, is_quick, page
from bot.web.taking_in import nonce_in, text_in

log = logging.getLogger(__name__)

# What each status says. Any other: nothing was kept, or, where nothing was sent, not now.
SAYS = {
    400: "page_try_again",
    401: "page_not_known",
    403: "page_try_again",
    404: "page_not_here",
    405: "page_not_here",
    409: "page_other_chat",
    413: "page_file_too_big",
    429: "page_too_often",
}


def not_known(request: ChatRequest, refused: NotKnown) -> Response[Any]:
    """To the coming-in page; words that were sent from an old page are given back first."""
    if request.route_handler.opt.get("page") and request.method == "GET":
        return go_to("/")
    return problem(request, refused.status_code)


def refused(request: ChatRequest, why: HTTPException) -> Response[Any]:
    """Not found, too often, too large, or a form older than its cookie."""
    return problem(request, why.status_code)


def store_away(request: ChatRequest, why: Exception) -> Response[Any]:
    """The plan store does not answer; nothing was written."""
    log.error("The plan store does not answer: %s", type(why).__name__)
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE)


def broken(request: ChatRequest, why: Exception) -> Response[Any]:
    """A mistake of ours. Its own text may hold words: only kinds and places are logged."""
    places = " < ".join(
        f"{frame.name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(why.__traceback__))
    )
    log.error("%s at %s", type(why).__name__, places)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(request: ChatRequest, status: int) -> Template:
    """Say what is the matter, with what was typed and a fresh form to send it by."""
    sent = request.method == "POST"
    says = SAYS.get(status, "cannot_keep_now" if sent else "page_not_now")
    if sent and danger_in(request):
        # Whom to call, whatever it was that went wrong: nobody has seen these words.
        says = "danger_and_not_kept"
    state = ScopeState.from_scope(request.scope)
    fresh = None
    if status == HTTPStatus.FORBIDDEN:
        # Only here: a new cookie makes the forms of every other open page old.
        state.csrf_token = fresh = generate_csrf_token(request.app.state.form_secret)
    if is_quick(request):
        answer = page("problem_line.html", status, says=says, fresh=fresh)
    else:
        form = typed_form(request)
        answer = page(
            "problem.html",
            status,
            says=says,
            typed=text_in(form, "words"),
            # Where no chat is open, or another one, there is nowhere to send them to from here.
            again=sent and status not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.CONFLICT},
            chat=text_in(form, "chat"),
        )
        if nonce := nonce_in(form):
            # Should the message have been kept after all, the second press is the same one.
            answer.context["nonce"] = nonce
    if fresh is not None:
        answer.set_cookie(
            Cookie(
                key=request.app.state.form_cookie,
                value=fresh,
                httponly=True,
                samesite="lax",
                secure=request.app.state.over_https,
            )
        )
    return answer


def danger_in(request: ChatRequest) -> bool:
    """Whether the words that could not be kept may speak of danger. The look needs no store."""
    words = text_in(typed_form(request), "words")
    return bool(words) and door_of(request).reception.first_look.look(words) is not None


def typed_form(request: ChatRequest) -> FormMultiDict:
    """The form that met the problem, as far as it was read."""
    form = ScopeState.from_scope(request.scope).form
    return FormMultiDict.from_form_data(form if isinstance(form, dict) else {})


REFUSALS: ExceptionHandlersMap = {
    NotKnown: not_known,
    HTTPException: refused,
    **dict.fromkeys(STORE_AWAY, store_away),
    Exception: broken,
}
