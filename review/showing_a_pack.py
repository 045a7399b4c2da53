"""The pack of a meeting at the desk: a page to show, print, and play a voice from; and as paper.

Comes in: a meeting. Goes out: what the person let be shown at it. Each opening is written down.
"""

import asyncio

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response, Template
from sqlalchemy.orm import Session

from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.reading_a_pack import PackSeen, read_pack
from review.filling_in_forms import write
from review.going_out.as_paper import NoPaper
from review.going_out.pack_on_paper import pack_on_paper, said_when, say, without_picture
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import page

PAGE, PAPER = "pack", "export:pack"


@get("/people/{person_id:str}/meetings/{meeting_id:int}/pack", opt=WITH_PEOPLE)
async def pack_page(
    request: DeskRequest, person_id: FromPath[str], meeting_id: FromPath[int]
) -> Template:
    """The page."""
    return _page(request, await _open(request, person_id, meeting_id, PAGE))


@get("/people/{person_id:str}/meetings/{meeting_id:int}/pack/paper", opt=WITH_PEOPLE)
async def pack_paper(
    request: DeskRequest, person_id: FromPath[str], meeting_id: FromPath[int]
) -> Response[bytes] | Template:
    """The same as a PDF; what is not there is not printed."""
    pack = await _open(request, person_id, meeting_id, PAPER)
    if not pack.hopes:
        raise NotFoundException
    store: Store = request.app.state.store
    try:
        content = await asyncio.to_thread(pack_on_paper, pack, store.files.read)
    except NoPaper as why:
        return _page(request, pack, str(why), 503)
    # Its name says nothing of whom it is about: files are passed on by name.
    name = f"pack-{meeting_id}.pdf"
    return Response(
        content,
        media_type="application/pdf",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _page(request: DeskRequest, pack: PackSeen, trouble: str = "", status: int = 200) -> Template:
    return page(
        request,
        "pack.html",
        status,
        pack=pack,
        say=say,
        when=said_when(pack),
        without_picture=without_picture,
        trouble=trouble,
    )


async def _open(request: DeskRequest, person_id: str, meeting_id: int, what: str) -> PackSeen:
    def look(session: Session) -> PackSeen:
        pack = read_pack(session, request.user.viewer, person_id, meeting_id)
        looked(session, request.user.id, person_id, f"{what}:{meeting_id}")
        return pack

    return await write(request, look)
