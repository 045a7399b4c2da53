"""One person's page: their own words first; and their recordings. Each opening is written down."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from plan_store.becoming_sixteen import month_of
from plan_store.deciding import can_move
from plan_store.facilitators import can_be_given_people
from plan_store.life_areas import NOT_READ_BACK
from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.plain_words import Finding
from plan_store.reading_a_person import read_person
from plan_store.reading_rights import RightsSeen, read_rights
from plan_store.roles import Viewer, can
from plan_store.tables import now
from plan_store.the_time_here import today
from plan_store.what_a_facilitator_sees import PersonSeen
from review.guarding import WITH_PEOPLE, DeskRequest
from review.naming_pictures import picture_label
from review.showing_pages import page

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


def _open(
    store: Store, viewer: Viewer, person_id: str
) -> tuple[PersonSeen, list[tuple[int, str]], RightsSeen]:
    with store.writing() as session:
        person = read_person(session, viewer, person_id)
        looked(session, viewer.id, person_id, "page")
        to_give = can_be_given_people(session) if can(viewer, "give_people") else []
        return person, to_give, read_rights(session, person_id)
