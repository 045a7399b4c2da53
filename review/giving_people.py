"""Who works with whom: a manager gives a young person to a facilitator, or takes them back."""

import asyncio

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from plan_store.causes import Cause
from plan_store.facilitators import can_be_given_people
from plan_store.opening import Store
from plan_store.reaching_people import access_person_by_viewer, give_person, take_person_back
from plan_store.roles import NOT_YOUR_ROLE, MayNot
from review.guarding import DeskRequest, only_who_may
from review.showing_pages import new_click


@post("/people/{person_id:str}/facilitators", opt=only_who_may("give_people"))
async def give(request: DeskRequest, person_id: FromPath[str]) -> Redirect:
    """Give or take back, as the pressed button says. Pressed twice, it is one change."""
    form = await request.form()
    who, what = form.get("facilitator", ""), form.get("what", "give")
    cause = Cause.by_click(person_id, request.user.id, new_click())

    def change() -> None:
        store: Store = request.app.state.store
        with store.writing() as session:
            access_person_by_viewer(session, request.user.viewer, person_id)
            if what == "take_back" and who.isdecimal():
                take_person_back(session, cause, int(who))
            elif who in {str(each) for each, _ in can_be_given_people(session)}:
                give_person(session, cause, int(who))
            else:
                raise MayNot(NOT_YOUR_ROLE)

    await asyncio.to_thread(change)
    return Redirect(f"/people/{person_id}?done=given", status_code=303)
