"""Forgetting a person at the desk: what goes and what must stay is said first, then it is done.

Comes in: a manager's look, and their click. Goes out: nothing of the person; a line that somebody
was forgotten, when, by whom and why.
"""

import asyncio

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from plan_store.forgetting import forget
from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.reaching_people import access_person_by_viewer
from plan_store.reading_what_goes import Goes, forgotten_so_far, was_forgotten_by, what_goes
from plan_store.retaining import Schedule, read_retention
from review.guarding import DeskRequest, only_who_may
from review.reading_forms import cause_of
from review.showing_pages import page

FORGETS = only_who_may("forget_people")
# What may be said at the desk; that a time is over, the house knows by itself.
WHY = ("asked", "parent_asked", "mistake")
KEPT_BY_LAW = "alert"


@get("/people/{person_id:str}/forget", opt=FORGETS)
async def before_forgetting(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """What goes, what must stay, why and for how long."""
    return await _show(request, person_id)


@post("/people/{person_id:str}/forget", opt=FORGETS)
async def forget_person(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Forget them. Pressed twice, it is one forgetting."""
    form = await request.form()
    why, cause = form.get("why", ""), cause_of(request, person_id, form.get("click", ""))
    problems = {} if why in WHY else {"why": "missing"}
    if form.get("sure") != "yes":
        problems["sure"] = "missing"
    store: Store = request.app.state.store

    def do() -> tuple[str, ...]:
        with store.writing() as session:
            if was_forgotten_by(session, cause.click or ""):
                return ()
            access_person_by_viewer(session, request.user.viewer, person_id)
            gone = forget(session, person_id, cause, why)
        for name in gone.files:
            store.files.remove(name)
        return gone.files

    if problems:
        return await _show(request, person_id, why, problems)
    await asyncio.to_thread(do)
    return Redirect("/forgotten?done=now", status_code=303)


@get("/forgotten", opt=FORGETS)
async def forgotten_page(request: DeskRequest) -> Template:
    """That people were forgotten; of nobody, who it was."""
    store: Store = request.app.state.store

    def look() -> list[object]:
        with store.reading() as session:
            return [*forgotten_so_far(session)]

    done = request.query_params.get("done") == "now"
    return page(request, "forgotten.html", forgotten=await asyncio.to_thread(look), done=done)


async def _show(
    request: DeskRequest, person_id: str, why: str = "", problems: dict[str, str] | None = None
) -> Template:
    goes, law = await asyncio.to_thread(_look, request, person_id)
    return page(
        request,
        "forget.html",
        422 if problems else 200,
        person_id=person_id,
        goes=goes,
        law=law,
        years=round(law.lasts.days / 365.25),
        why=why,
        problems=problems or {},
    )


def _look(request: DeskRequest, person_id: str) -> tuple[Goes, Schedule]:
    store: Store = request.app.state.store
    (law,) = [each for each in read_retention().schedule if each.what == KEPT_BY_LAW]
    viewer = request.user.viewer
    with store.writing() as session:
        goes = what_goes(session, access_person_by_viewer(session, viewer, person_id))
        looked(session, viewer.id, person_id, "forget")
    return goes, law
