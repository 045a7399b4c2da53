"""Promises with a day, the page of those that are late, and staff notes.

Comes in: a form of a person's page, or a look at all promises. Goes out: the promise in the chat
and on the page; a note that only staff and the young person read.
"""

import asyncio

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.noting_for_staff import write_note
from plan_store.opening import Store
from plan_store.promising import ENDS, end_promise, promise
from plan_store.reaching_people import seen_by
from plan_store.reading_what_was_made import open_promises
from plan_store.roles import Viewer
from plan_store.saying_it_anyway import keep_why
from plan_store.what_a_facilitator_sees import PromiseSeen
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import page
from review.taking_forms import check_words, day_from, read_form, take


@get("/promises", opt=WITH_PEOPLE)
async def promises_page(request: DeskRequest) -> Template:
    """Every open promise to the people one may see, the longest overdue first."""
    found = await asyncio.to_thread(_open, request.app.state.store, request.user.viewer)
    return page(request, "promises.html", promises=found)


@post("/people/{person_id:str}/promises", opt=WITH_PEOPLE)
async def make_promise(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Promise an answer by a day; the chat says so."""
    form = await read_form(request, person_id)
    at = f"promise-{form.hope_id}" if form.hope_id is not None else "promise-general"

    def write(session: Session) -> str:
        checked = check_words(request, session, form)
        by_day = day_from(form.fields.get("by", ""))
        made = promise(session, form.cause, form.words, by_day, form.hope_id, form.version)
        if made is not None:
            keep_why(session, form.cause, checked, "promise", made.id)
        return "done=promised"

    return await take(request, form, at, write)


@post("/people/{person_id:str}/promises/{promise_id:int}", opt=WITH_PEOPLE)
async def end_a_promise(
    request: DeskRequest, person_id: FromPath[str], promise_id: FromPath[int]
) -> Redirect | Template:
    """It is kept, with the answer; or it could not be, with the reason. The chat says which."""
    form = await read_form(request, person_id)
    how = form.fields.get("how", "")

    def write(session: Session) -> str:
        checked = check_words(request, session, form)
        made = end_promise(
            session,
            form.cause,
            promise_id,
            form.version,
            how if how in ENDS else "keeps",
            form.words,
        )
        keep_why(session, form.cause, checked, "promise", made.id)
        return "done=promise_ended"

    return await take(request, form, f"end-{promise_id}", write)


@post("/people/{person_id:str}/notes", opt=WITH_PEOPLE)
async def add_note(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """A note for the others who work with them. It is not sent; the person may ask to read it."""
    form = await read_form(request, person_id)

    def write(session: Session) -> str:
        write_note(session, form.cause, form.words)
        return "done=noted"

    return await take(request, form, "note", write)


def _open(store: Store, viewer: Viewer) -> list[PromiseSeen]:
    with store.reading() as session:
        return open_promises(session, seen_by(viewer))
