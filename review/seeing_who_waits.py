"""The list: who waits, by person, with the reason in plain words; and everybody there is."""

import asyncio

from litestar import get
from litestar.response import Template

from plan_store.opening import Store
from plan_store.what_waits import REASONS, SomebodyWaiting, everybody, who_waits
from review.guarding import DeskRequest
from review.showing_pages import page


@get("/")
async def waiting_list(request: DeskRequest) -> Template:
    """Who waits, each person once, under their most pressing reason."""
    people = await asyncio.to_thread(_who_waits, request.app.state.store)
    sections = {
        kind: [person for person in people if person.reasons[0].kind == kind] for kind in REASONS
    }
    return page(request, "waiting.html", sections=sections, many=len(people))


@get("/people")
async def all_people(request: DeskRequest) -> Template:
    """Everybody, by name."""
    people = await asyncio.to_thread(_everybody, request.app.state.store)
    return page(request, "everybody.html", people=people)


def _who_waits(store: Store) -> list[SomebodyWaiting]:
    with store.reading() as session:
        return who_waits(session)


def _everybody(store: Store) -> list[SomebodyWaiting]:
    with store.reading() as session:
        return everybody(session)
