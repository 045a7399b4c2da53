"""Helping a person back into their own chat: a door link, shown once. They are told who made it."""

import asyncio
import re

from litestar import post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template

from plan_store.causes import Cause
from plan_store.helping_somebody_in import help_in
from plan_store.opening import Store
from plan_store.reaching_people import access_person_to_answer
from plan_store.roles import Viewer
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import new_click, page

CLICK = re.compile(r"[0-9a-f]{32}")


@post("/people/{person_id:str}/door-link", opt=WITH_PEOPLE, status_code=200)
async def make_door_link(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """Make one and show it. There is no page to come back to: it cannot be shown again."""
    click = (await request.form()).get("click", "")
    cause = Cause.by_click(
        person_id, request.user.id, click if CLICK.fullmatch(click) else new_click()
    )
    code, called = await asyncio.to_thread(
        _make, request.app.state.store, request.user.viewer, cause
    )
    link = f"{request.app.state.chat_url}/i/{code}"
    return page(request, "door_link.html", code=code, link=link, person_id=person_id, called=called)


def _make(store: Store, viewer: Viewer, cause: Cause) -> tuple[str, str | None]:
    with store.writing() as session:
        person = access_person_to_answer(session, viewer, cause.person_id)
        code = help_in(session, cause)
        if code is None:
            raise NotFoundException
        return code, person.called
