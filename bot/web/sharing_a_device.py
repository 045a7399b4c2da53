"""Several people on one device: who are you, the secret pictures one step a page, and leaving.

Comes in: a tap on a name, then three on pictures. Goes out: that person's chat, or a kind word.
"""

import asyncio
from datetime import datetime
from http import HTTPStatus
from typing import Any

from litestar import get, post
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.params import FromPath
from litestar.response import Response

from bot.web.chatting import LONGEST_WORDS, not_kept
from bot.web.knowing_who import (
    PUBLIC,
    ChatRequest,
    Known,
    door_of,
    half_chosen,
    key_in,
    key_of,
    pictures_of,
)
from bot.web.pictures import HOW_MANY
from bot.web.showing_pages import go_to, page
from bot.web.taking_in import text_in, words_in
from plan_store.people_of_a_device import Here, keep_unsent, leave, one_of, open_chat
from plan_store.secret_pictures import begin_try, go_without
from plan_store.tables import now

# Each person's own wait slows guessing; this one keeps a machine from filling the way to it.
TRIES = RateLimitConfig(
    rate_limit=("minute", 600), set_rate_limit_headers=False, store="picture_tries"
).middleware
# What is said about a wait of up to so many minutes.
WAITS = {1: "page_wait_one", 5: "page_wait_five", 15: "page_wait_fifteen"}


@post("/in", opt=PUBLIC, middleware=[TRIES])
async def who_i_am(request: ChatRequest) -> Response[Any]:
    """A name was tapped: open where a tap is enough, else on to the pictures."""
    here = await _here(request, text_in(await request.form(), "person"))
    if here is None:
        return go_to("/")
    if here.way_in == "free":
        await door_of(request).in_store.write(lambda session: open_chat(session, here.id))
        return go_to("/#newest")
    await half_chosen(request).forget(_entering(here))
    return go_to(f"/in/{here.id}")


@get("/in/{here_id:str}", opt=PUBLIC)
async def enter(request: ChatRequest, here_id: FromPath[str]) -> Response[Any]:
    """The next picture to tap; or how long to wait; or whom to ask."""
    here = await _here(request, here_id)
    if here is None or here.way_in == "free":
        return go_to("/")
    chosen = await half_chosen(request).of(_entering(here))
    return page(
        "enter.html",
        here=here,
        waits=_wait(here),
        wrong="again" in request.query_params and not chosen,
        step=len(chosen) + 1,
        mine=pictures_of(request).mine,
        secret=pictures_of(request).secret,
    )


@post("/in/{here_id:str}", opt=PUBLIC, middleware=[TRIES])
async def tap_picture(request: ChatRequest, here_id: FromPath[str]) -> Response[Any]:
    """One picture was tapped; after the third they open the chat, or are kindly tried again."""
    here = await _here(request, here_id)
    if here is None or here.way_in != "pictures":
        return go_to("/")
    form, half = await request.form(), half_chosen(request)
    if "again" in form:
        await half.forget(_entering(here))
        return go_to(f"/in/{here.id}")
    picture = text_in(form, "picture")
    if picture not in pictures_of(request).secret:
        return go_to(f"/in/{here.id}")
    chosen = await half.add(_entering(here), text_in(form, "step"), picture)
    if len(chosen) < HOW_MANY:
        return go_to(f"/in/{here.id}")
    await half.forget(_entering(here))
    if not await _right(request, here, chosen):
        return go_to(f"/in/{here.id}?again=1")
    await door_of(request).in_store.write(lambda session: open_chat(session, here.id))
    return go_to("/#newest")


@post("/leave")
async def leave_for_now(request: ChatRequest) -> Response[Any]:
    """Close the chat on this device; what stands in the box is kept for when they come back."""
    form, known, door = await request.form(), request.user, door_of(request)
    words, sure = words_in(form), "sure" in form
    if len(words) > LONGEST_WORDS:
        return await not_kept(
            request, "page_words_too_long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words
        )
    if "words" in form:
        await door.in_store.write(lambda session: keep_unsent(session, known.here_id, words))
    here = await own_place(request, known)
    if here is not None and not here.has_chosen and not sure:
        # Asked once more: without pictures the next person could open it.
        return page("leaving.html", chat=known.contact_id)
    if here is not None and here.shared and not here.has_chosen:
        await door.in_store.write(lambda session: go_without(session, here.id))
    await door.in_store.write(lambda session: leave(session, known.here_id))
    return go_to("/")


async def own_place(request: ChatRequest, known: Known) -> Here | None:
    """The person whose chat is open, as one of the people of this device."""
    key = key_of(known.token)
    return await door_of(request).in_store.read(lambda session: one_of(session, key, known.here_id))


async def _right(request: ChatRequest, here: Here, chosen: list[str]) -> bool:
    tried = await door_of(request).in_store.write(lambda session: begin_try(session, here.id))
    if tried is None:
        return False
    match = pictures_of(request).match
    return await asyncio.to_thread(match, tried.secret_hash, tried.here_id, chosen)


async def _here(request: ChatRequest, here_id: str) -> Here | None:
    """The one of this device's people that was tapped."""
    if not (here_id.isascii() and here_id.isdecimal()):
        return None
    key, number = key_in(request), int(here_id[:18])
    return await door_of(request).in_store.read(lambda session: one_of(session, key, number))


def _wait(here: Here, moment: datetime | None = None) -> str | None:
    """The key of what is said about the wait; None where there is none."""
    if here.wait_until is None:
        return None
    minutes = (here.wait_until - (moment or now())).total_seconds() / 60
    if minutes <= 0:
        return None
    return next((key for most, key in WAITS.items() if minutes <= most), WAITS[max(WAITS)])


def _entering(here: Here) -> str:
    return f"enter:{here.id}"
