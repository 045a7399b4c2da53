"""From a line of a plan to the moment in which it was said. Each opening is written down."""

import asyncio

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.reading_a_moment import Moment, read_moment
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import page


@get("/people/{person_id:str}/moments/{statement_id:int}", opt=WITH_PEOPLE)
async def moment_page(
    request: DeskRequest, person_id: FromPath[str], statement_id: FromPath[int]
) -> Template:
    """What was asked, what they said, and what the chat answered."""
    store: Store = request.app.state.store
    viewer = request.user.viewer

    def look() -> Moment | None:
        with store.writing() as session:
            found = read_moment(session, viewer, person_id, statement_id)
            if found is not None:
                looked(session, viewer.id, person_id, f"moment:{statement_id}")
            return found

    moment = await asyncio.to_thread(look)
    if moment is None:
        raise NotFoundException
    return page(request, "moment.html", moment=moment, person_id=person_id)
