"""The API for a council's own system: plans that are shared, read only, with a token.

Comes in: a request with `Authorization: Bearer TOKEN`. Goes out: JSON, described by OpenAPI at
/api/v1/openapi.json. A token looks as the account that answers for it, and each look at a person is
written down under that account, for the person to read.
"""

import asyncio
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import MediaType, Request, Router, get
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import (
    HTTPException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
)
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.openapi import OpenAPIConfig, ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import Parameter
from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound, OperationalError

from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.reaching_people import seen_by
from plan_store.roles import MayNot, check_can
from plan_store.tables import Person
from plan_store.tokens import TokenHolder, holder_of, note_use
from review.going_out.as_fields import PersonFields, PlanFields, as_fields
from review.going_out.formats import make
from review.going_out.layouts import exports
from review.going_out.what_goes_out import GoingOut, read_going_out

PATH = "/api/v1"
MOST_PEOPLE = 100
# By address: a system that asks for every plan of a large caseload, and no faster than that.
TRIES = RateLimitConfig(rate_limit=("minute", 300), store="api_tries")

ApiRequest = Request[TokenHolder, Any, State]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer."""

    problem: str


@dataclass(frozen=True, slots=True)
class People:
    """Some people, by id. `next`: give it as `after` for those who follow; null after the last."""

    people: list[PersonFields]
    next: str | None


def scope(name: str) -> dict[str, Any]:
    """For a route: only with a token that has this scope. Nothing is kept of a sign-in."""
    return {"scope": name, "skip_session": True}


async def look_with_a_token(connection: ASGIConnection[Any, Any, Any, Any], wanted: str) -> None:
    """Let in whose token is open and has this scope. Raises 401 and 403."""
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.isascii():
        raise NotAuthorizedException
    holder = await asyncio.to_thread(_holder, connection.app.state.store, token.strip())
    if holder is None:
        raise NotAuthorizedException
    if wanted not in holder.scopes:
        raise PermissionDeniedException
    connection.scope["user"] = holder


def _holder(store: Store, token: str) -> TokenHolder | None:
    with store.writing() as session:
        holder = holder_of(session, token)
        if holder is not None:
            note_use(session, holder.token_id)
        return holder


REFUSED = {status: ResponseSpec(Problem) for status in (400, 401, 403, 404, 429)}
PersonId = Annotated[str, Parameter(pattern="^[0-9a-f]{32}$")]


@get("/people", opt=scope("people:read"), responses=REFUSED)
async def people(
    request: ApiRequest,
    after: Annotated[str, Parameter(pattern="^[0-9a-f]{0,32}$")] = "",
) -> People:
    """The people whom this token sees, a hundred at a time, by id."""

    def read() -> list[PersonFields]:
        store: Store = request.app.state.store
        with store.reading() as session:
            check_can(request.user.viewer, "work_with_people")
            found = session.scalars(
                select(Person)
                .where(seen_by(request.user.viewer), Person.leaves_at.is_(None), Person.id > after)
                .order_by(Person.id)
                .limit(MOST_PEOPLE + 1)
            )
            return [PersonFields(person.id, person.called) for person in found]

    found = await asyncio.to_thread(read)
    more = len(found) > MOST_PEOPLE
    shown = found[:MOST_PEOPLE]
    return People(shown, shown[-1].id if more else None)


@get("/people/{person_id:str}/plan", opt=scope("plans:read"), responses=REFUSED)
async def plan(request: ApiRequest, person_id: PersonId) -> PlanFields:
    """What this person shares of their plan."""
    return as_fields(await asyncio.to_thread(_read, request, person_id, "json"))


@get(
    "/people/{person_id:str}/fhir",
    opt=scope("plans:read"),
    responses=REFUSED,
    media_type="application/fhir+json",
)
async def fhir(request: ApiRequest, person_id: PersonId) -> dict[str, Any]:
    """The same as an HL7 FHIR R4 Bundle."""
    going = await asyncio.to_thread(_read, request, person_id, "fhir")
    file = await asyncio.to_thread(make, going, "fhir")
    bundle: dict[str, Any] = msgspec.json.decode(file.content)
    return bundle


def _read(request: ApiRequest, person_id: str, what: str) -> GoingOut:
    store: Store = request.app.state.store
    viewer = request.user.viewer
    try:
        with store.writing() as session:
            going = read_going_out(session, viewer, person_id)
            looked(session, viewer.id, person_id, f"api:{what}")
            return going
    except (NoResultFound, MayNot):
        # Somebody else's young person is answered like one who is not there.
        raise NotFoundException from None


def _refused(_: Request[Any, Any, Any], why: HTTPException) -> Response[Problem]:
    said = {401: "no_token", 403: "no_scope", 404: "not_there", 405: "not_there", 429: "slower"}
    headers = {**(why.headers or {})}
    if why.status_code == 401:  # noqa: PLR2004
        headers["www-authenticate"] = "Bearer"
    return Response(
        Problem(said.get(why.status_code, "not_right")),
        status_code=why.status_code,
        headers=headers,
        media_type=MediaType.JSON,
    )


def _may_not(_: Request[Any, Any, Any], __: MayNot) -> Response[Problem]:
    return Response(Problem("no_scope"), status_code=403, media_type=MediaType.JSON)


def _away(_: Request[Any, Any, Any], __: Exception) -> Response[Problem]:
    return Response(Problem("store_away"), status_code=503, media_type=MediaType.JSON)


def api() -> Router:
    """The routes, refused in JSON and not in pages."""
    return Router(
        PATH,
        route_handlers=[people, plan, fhir],
        middleware=[TRIES.middleware],
        exception_handlers={HTTPException: _refused, MayNot: _may_not, OperationalError: _away},
        include_in_schema=True,
        security=[{"token": []}],
        tags=["plans"],
    )


def description(public: dict[str, Any]) -> OpenAPIConfig:
    """The API, described: at /api/v1/openapi.json, for everybody."""
    return OpenAPIConfig(
        title="My Way",
        version="1",
        description=exports().words["api"],
        # The description is no secret: whoever writes a system reads it first.
        openapi_router=Router(PATH, route_handlers=[], opt=public),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(
            security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}
        ),
    )
