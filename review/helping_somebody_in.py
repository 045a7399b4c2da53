"""Helping a person back into their own chat: a door link, shown once. They are told who made it."""

import asyncio

from litestar import post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from plan_store.becoming_sixteen import is_under_16, month_they_become_16
from plan_store.causes import Cause
from plan_store.helping_somebody_in import help_in
from plan_store.opening import Store
from plan_store.reaching_people import access_person_to_answer
from plan_store.roles import Viewer
from plan_store.tables import now
from review.guarding import WITH_PEOPLE, DeskRequest
from review.reading_forms import cause_of
from review.showing_pages import page


@post("/people/{person_id:str}/door-link", opt=WITH_PEOPLE, status_code=200)
async def make_door_link(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """Make one and show it. There is no page to come back to: it cannot be shown again."""
    click = (await request.form()).get("click", "")
    cause = cause_of(request, person_id, click)
    code, called, young = await asyncio.to_thread(
        _make, request.app.state.store, request.user.viewer, cause
    )
    link = f"{request.app.state.chat_url}/i/{code}"
    return page(
        request,
        "door_link.html",
        code=code,
        link=link,
        person_id=person_id,
        called=called,
        young=young,
    )


def _make(store: Store, viewer: Viewer, cause: Cause) -> tuple[str, str | None, bool]:
    with store.writing() as session:
        person = access_person_to_answer(session, viewer, cause.person_id)
        code = help_in(session, cause)
        if code is None:
            raise NotFoundException
        young = is_under_16(month_they_become_16(session, person.id), now())
        return code, person.called, young
