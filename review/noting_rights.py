"""What a person's page notes about rights: one decision and whether they can make it; and that they
are 16 now.

Comes in: a form with its one-use click key. Goes out: the page again, or the form still filled in,
with every reason why nothing was noted.
"""

import asyncio

from litestar import post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template

from plan_store.becoming_sixteen import NotYet, TooYoung, becomes_16
from plan_store.noting_capacity import Found, NotWhole, note_capacity
from plan_store.opening import Store
from plan_store.reaching_people import access_person_to_answer
from review.guarding import WITH_PEOPLE, DeskRequest
from review.meeting_a_person import Trouble, show_person
from review.reading_forms import cause_of, day_in, plain

TYPED = ("decision", "help", "finding", "shown_by", "on", "review_on")


@post("/people/{person_id:str}/decisions", opt=WITH_PEOPLE)
async def note_decision(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Note whether they can make this decision. Pressed twice, it is one note."""
    form = await request.form()
    typed = {name: plain(form.get(name, "")) for name in TYPED}
    cause = cause_of(request, person_id, form.get("click", ""))
    found = Found(
        typed["decision"],
        typed["help"],
        typed["finding"],
        typed["shown_by"],
        day_in(typed["on"]),
        day_in(typed["review_on"]),
    )

    def write() -> None:
        store: Store = request.app.state.store
        with store.writing() as session:
            access_person_to_answer(session, request.user.viewer, person_id)
            note_capacity(session, cause, found)

    try:
        await asyncio.to_thread(write)
    except NotWhole as why:
        trouble = Trouble(
            "decision",
            "not_whole",
            click=cause.click or "",
            fields=typed,
            problems=why.missing,
        )
        return await show_person(request, person_id, trouble, 422)
    except TooYoung:
        # Their page shows no such form.
        raise NotFoundException from None
    return Redirect(f"/people/{person_id}?done=decision#decisions", status_code=303)


@post("/people/{person_id:str}/sixteen", opt=WITH_PEOPLE)
async def note_sixteen(request: DeskRequest, person_id: FromPath[str]) -> Redirect:
    """They are 16 now, before their month is over. Pressed twice, they are told once."""
    cause = cause_of(request, person_id, (await request.form()).get("click", ""))

    def write() -> None:
        store: Store = request.app.state.store
        with store.writing() as session:
            access_person_to_answer(session, request.user.viewer, person_id)
            becomes_16(session, cause)

    try:
        await asyncio.to_thread(write)
    except NotYet:
        # Their page shows no such form.
        raise NotFoundException from None
    return Redirect(f"/people/{person_id}?done=sixteen#rights", status_code=303)
