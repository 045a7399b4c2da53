"""A plan leaves the house: which formats there are, and each as a file; it is written down.

Comes in: a person’s id and a format. Goes out: a file of what the person shares and agreed to.
"""

import asyncio

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response, Template
from sqlalchemy.exc import NoResultFound

from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.roles import Viewer
from review.going_out.as_paper import NoPaper
from review.going_out.formats import FORMATS, make
from review.going_out.what_goes_out import GoingOut, read_going_out
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import page


@get("/people/{person_id:str}/going-out", opt=WITH_PEOPLE)
async def going_out_page(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """What would go out, and the formats."""
    going = await asyncio.to_thread(
        _read, request.app.state.store, request.user.viewer, person_id, "going-out"
    )
    return page(request, "going_out.html", going=going, trouble=None)


@get("/people/{person_id:str}/going-out/{called:str}", opt=WITH_PEOPLE)
async def plan_file(
    request: DeskRequest, person_id: FromPath[str], called: FromPath[str]
) -> Response[bytes] | Template:
    """The plan in one format, to be saved."""
    if called not in FORMATS:
        raise NotFoundException
    going = await asyncio.to_thread(
        _read, request.app.state.store, request.user.viewer, person_id, f"export:{called}"
    )
    try:
        file = await asyncio.to_thread(make, going, called)
    except NoPaper as why:
        return page(request, "going_out.html", 503, going=going, trouble=str(why))
    return Response(
        file.content,
        media_type=file.media_type,
        headers={"content-disposition": f'attachment; filename="{file.name}"'},
    )


def _read(store: Store, viewer: Viewer, person_id: str, what: str) -> GoingOut:
    try:
        with store.writing() as session:
            going = read_going_out(session, viewer, person_id)
            looked(session, viewer.id, person_id, what)
            return going
    except NoResultFound:
        raise NotFoundException from None
