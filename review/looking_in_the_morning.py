"""The morning page, and everybody by name: searched, filtered, and kept fresh by itself.

Comes in: a look, or a page that asks whether anything is new. Goes out: the page; to the asking
page its list again, or nothing where nothing has changed.
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import get
from litestar.response import Response, Template

from plan_store.morning import SECTIONS, InTheMorning, people_of
from plan_store.opening import Store
from plan_store.roles import can
from plan_store.the_time_here import today
from review.guarding import SIGNED_IN, WITH_PEOPLE, DeskRequest
from review.showing_pages import page

# What can be asked for, and who is then left in the list.
SHOWN: Mapping[str, Callable[[InTheMorning], bool]] = {
    "": lambda _: True,
    "mine": lambda person: person.is_mine,
    "alert": lambda person: person.section == "alert",
    "my_turn": lambda person: person.turn == "facilitator",
    "late": lambda person: person.is_late,
    "new": lambda person: person.is_new,
    "their_turn": lambda person: person.turn == "person",
    "quiet": lambda person: person.section == "quiet",
    "nobody": lambda person: not person.facilitators,
}
LONGEST_SEARCH = 200


@get("/", opt=SIGNED_IN)
async def morning_page(request: DeskRequest) -> Template:
    """Who waits, each person once. An administrator has no young people, and is told so."""
    if not can(request.user.viewer, "work_with_people"):
        return page(request, "no_people.html")
    return page(request, "morning.html", **await _list(request))


@get("/news", opt={**WITH_PEOPLE, "quiet": True})
async def news(request: DeskRequest) -> Template | Response[None]:
    """The list alone, for a page that shows an older one; 204 when that one is still right."""
    context = await _list(request)
    if context["mark"] == request.query_params.get("mark"):
        return Response(None, status_code=204)
    return page(request, "morning_list.html", **context)


@get("/people", opt=WITH_PEOPLE)
async def all_people(request: DeskRequest) -> Template:
    """Everybody the facilitator may see, by name."""
    found = await _list(request)
    found["people"] = sorted(
        found["people"], key=lambda person: (person.called is None, (person.called or "").lower())
    )
    return page(request, "everybody.html", **found)


async def _list(request: DeskRequest) -> dict[str, Any]:
    """The people, what was asked for, and a mark that differs when anything in it does."""
    store: Store = request.app.state.store
    viewer, asked = request.user.viewer, request.query_params

    def look() -> list[InTheMorning]:
        with store.reading() as session:
            return people_of(session, viewer)

    everybody = await asyncio.to_thread(look)
    words = asked.get("q", "").strip()[:LONGEST_SEARCH]
    show = asked.get("show", "") if asked.get("show", "") in SHOWN else ""
    people = [person for person in everybody if SHOWN[show](person) and _is_called(person, words)]
    # Days pass: "2 days ago" is a change too.
    seen = (today(), viewer.roles, [_seen(person) for person in people])
    return {
        "people": people,
        "sections": {
            name: [person for person in people if person.section == name] for name in SECTIONS
        },
        "waiting": sum(person.section != "none" for person in people),
        "everybody": len(everybody),
        "q": words,
        "show": show,
        "asked": urlencode({"q": words, "show": show}),
        "mark": hashlib.sha256(repr(seen).encode()).hexdigest()[:16],
        # By hand and without script, "Look again" does the same.
        "every": request.app.state.looks_every,
    }


def _is_called(person: InTheMorning, words: str) -> bool:
    """Every word is found in their name, or in that of somebody who works with them."""
    names = " ".join(filter(None, (person.called, *person.facilitators))).lower()
    return all(word in names for word in words.lower().split())


def _seen(person: InTheMorning) -> object:
    """All of a person that the list shows."""
    return (
        person.person_id,
        person.called,
        person.reasons,
        person.likes,
        person.facilitators,
        person.new,
        person.is_new,
        person.turn,
    )
