"""One person's page: their own words first; and their recordings. Each opening is written down."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response, Template

from plan_store.becoming_sixteen import month_of
from plan_store.deciding import can_move
from plan_store.facilitators import can_be_given_people
from plan_store.life_areas import NOT_READ_BACK
from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.plain_words import Finding
from plan_store.reading_a_person import find_recording, read_person
from plan_store.reading_rights import RightsSeen, read_rights
from plan_store.roles import Viewer, can
from plan_store.sealing.keyring import Damaged, Forgotten
from plan_store.tables import now
from plan_store.the_time_here import today
from plan_store.what_a_facilitator_sees import PersonSeen
from review.guarding import WITH_PEOPLE, DeskRequest
from review.naming_pictures import picture_label
from review.showing_pages import page

# Shown in the browser; anything else is only ever saved to disk. No SVG: it can hold a script.
SHOWN = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "video/mp4": "mp4",
}
# The first step is this week's.
A_WEEK = timedelta(days=7)
DONE = (
    *("acknowledged", "closed", "dealt_with", "given"),
    *("proposed", "taken_back", "rests", "asked_whether", "asked", "step", "step_done"),
    *("promised", "promise_ended", "noted", "decision", "sixteen"),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form on the page was not accepted, and what was typed into it.

    `hard`: what is hard to read in it, and what to try. `fields` and `problems`: of a form with
    several fields, by their names.
    """

    form: str
    kind: str
    typed: str = ""
    click: str = ""
    happened: list[Any] = field(default_factory=list)
    hard: tuple[Finding, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@get("/people/{person_id:str}", opt=WITH_PEOPLE)
async def person_page(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """The page; `sent` and `done` say what a form before it did."""
    return await show_person(request, person_id)


async def show_person(
    request: DeskRequest, person_id: str, trouble: Trouble | None = None, status: int = 200
) -> Template:
    """The person's page as it is now, with the form that was not accepted still filled in."""
    person, to_give, rights = await asyncio.to_thread(
        _open, request.app.state.store, request.user.viewer, person_id
    )
    asked = request.query_params
    answers = [*person.answers, *(given for hope in person.hopes for given in hope.answers)]
    return page(
        request,
        "person.html",
        status,
        person=person,
        picture_label=picture_label,
        not_read_back=NOT_READ_BACK,
        to_give=to_give,
        rights=rights,
        this_month=month_of(now()),
        trouble=trouble,
        today=today().isoformat(),
        this_week=(today() + A_WEEK).isoformat(),
        can_move=can_move,
        sent=next((given for given in answers if str(given.id) == asked.get("sent")), None),
        done=asked.get("done") if asked.get("done") in DONE else None,
    )


@get("/people/{person_id:str}/recordings/{recording_id:int}", opt=WITH_PEOPLE)
async def recording(
    request: DeskRequest, person_id: FromPath[str], recording_id: FromPath[int]
) -> Response[bytes]:
    """A photo or voice the facilitator may open; anything else is not there."""
    file = await asyncio.to_thread(
        _open_recording, request.app.state.store, request.user.viewer, person_id, recording_id
    )
    if file is None:
        raise NotFoundException
    kind, media_type, name = file
    plain_type = media_type.partition(";")[0].strip().lower()
    store: Store = request.app.state.store
    try:
        content = await asyncio.to_thread(store.files.read, name)
    except (OSError, Forgotten, Damaged):
        raise NotFoundException from None
    shown = plain_type in SHOWN
    way = "inline" if shown else "attachment"
    called = f"{kind}-{recording_id}.{SHOWN.get(plain_type, 'bin')}"
    return Response(
        content,
        media_type=plain_type if shown else "application/octet-stream",
        headers={
            "content-disposition": f'{way}; filename="{called}"',
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def _open(
    store: Store, viewer: Viewer, person_id: str
) -> tuple[PersonSeen, list[tuple[int, str]], RightsSeen]:
    with store.writing() as session:
        person = read_person(session, viewer, person_id)
        looked(session, viewer.id, person_id, "page")
        to_give = can_be_given_people(session) if can(viewer, "give_people") else []
        return person, to_give, read_rights(session, person_id)


def _open_recording(
    store: Store, viewer: Viewer, person_id: str, recording_id: int
) -> tuple[str, str, str] | None:
    with store.writing() as session:
        found = find_recording(session, viewer, person_id, recording_id)
        if found is not None:
            looked(session, viewer.id, person_id, f"recording:{recording_id}")
        return found
