"""My plan as a page: for whom we know here, and for who holds a short-lived link from the chat.

Comes in: a cookie, or a key in the address. Goes out: the person's own plan, as a page and as a
file; for an old link, how to get a new one. Only its own person gets here: nobody else's words and
no choice of person stand in an address.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

from litestar import get
from litestar.params import FromPath
from litestar.response import File, Response, Template
from sqlalchemy.orm import Session

from bot.plan.paper import NoPaper
from bot.plan.putting_in_words import clock
from bot.web.coming_in import TRIES
from bot.web.knowing_who import PAGE, PUBLIC, ChatRequest, door_of, who
from bot.web.sending_files import own_file
from bot.web.showing_pages import page
from plan_store.linking_to_a_plan import Opened, open_plan_link, was_plan_link
from plan_store.reading_a_plan import read_plan
from plan_store.tables import now
from plan_store.whole_plan import Plan

T = TypeVar("T")

FILE_NAME = "my-plan.pdf"
LONGEST_KEY = 100


class Way(NamedTuple):
    """How they came to the plan: the address of its page, of its recordings, and when it ends."""

    person_id: str
    page: str
    recordings: str
    ends: str


@get("/plan", opt=PAGE)
async def my_plan(request: ChatRequest) -> Response[Any]:
    """The plan of whom we know by the cookie."""
    return await _shown(request, _by_cookie(request))


@get("/plan/file")
async def my_plan_as_a_file(request: ChatRequest) -> Response[Any]:
    """The same as a PDF."""
    return await _as_a_file(request, _by_cookie(request))


@get("/plan/{key:str}", opt=PUBLIC, middleware=[TRIES])
async def plan_behind_a_link(request: ChatRequest, key: FromPath[str]) -> Response[Any]:
    """The plan that this link opens."""
    return await _by_link(request, key, lambda way: _shown(request, way))


@get("/plan/{key:str}/file", opt=PUBLIC, middleware=[TRIES])
async def plan_behind_a_link_as_a_file(request: ChatRequest, key: FromPath[str]) -> Response[Any]:
    """The same as a PDF."""
    return await _by_link(request, key, lambda way: _as_a_file(request, way))


@get("/plan/{key:str}/recordings/{recording_id:int}", opt=PUBLIC)
async def recording_behind_a_link(
    request: ChatRequest, key: FromPath[str], recording_id: FromPath[int]
) -> File | Template:
    """A photo or a voice of the person whose plan this is; anything else is not there."""
    return await _by_link(
        request, key, lambda way: own_file(door_of(request), way.person_id, recording_id)
    )


def _by_cookie(request: ChatRequest) -> Way:
    return Way(request.user.person_id, "/plan", "/recordings", "")


async def _by_link(
    request: ChatRequest, key: str, then: Callable[[Way], Awaitable[T]]
) -> T | Template:
    def look(session: Session) -> Opened | bool:
        return open_plan_link(session, key[:LONGEST_KEY], now()) or was_plan_link(session, key)

    found = await door_of(request).in_store.read(look)
    if not isinstance(found, Opened):
        status = HTTPStatus.GONE if found else HTTPStatus.NOT_FOUND
        return page("plan_ended.html", status, known=await who(request) is not None)
    here = f"/plan/{key}"
    return await then(Way(found.person_id, here, f"{here}/recordings", clock(found.ends_at)))


async def _shown(request: ChatRequest, way: Way) -> Response[Any]:
    door = door_of(request)
    shown = door.plan_words.shown(await _plan(request, way), now())
    return page(
        "plan.html",
        plan=shown,
        way=way,
        credits=door.symbols.credits if shown.symbols else [],
        say_filled=door.plan_words.say,
        known=await who(request) is not None,
    )


async def _as_a_file(request: ChatRequest, way: Way) -> Response[Any]:
    try:
        drawn = await door_of(request).paper.of(way.person_id)
    except NoPaper:
        return page("plan_no_file.html", HTTPStatus.SERVICE_UNAVAILABLE, way=way)
    return Response(
        drawn,
        media_type="application/pdf",
        headers={"content-disposition": f'attachment; filename="{FILE_NAME}"'},
    )


async def _plan(request: ChatRequest, way: Way) -> Plan:
    plan = await door_of(request).in_store.read(lambda session: read_plan(session, way.person_id))
    if plan is None:
        raise LookupError(way.person_id)
    return plan
