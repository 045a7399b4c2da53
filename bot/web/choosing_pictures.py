"""This device: the picture beside one's name, three secret pictures, and being taken off it.

Comes in: taps on pictures, one a page. Goes out: the page of this device, with what was done.
"""

import asyncio
from typing import Any

from litestar import get, post
from litestar.response import Response

from bot.web.knowing_who import PAGE, ChatRequest, door_of, half_chosen, pictures_of
from bot.web.pictures import HOW_MANY
from bot.web.sharing_a_device import own_place
from bot.web.showing_pages import go_to, page
from bot.web.taking_in import text_in
from plan_store.people_of_a_device import take_off
from plan_store.secret_pictures import choose_picture, go_without, keep_secret_pictures

# What was done, as the address says it, and what the page says about it.
DONE = {
    "picture": "page_picture_kept",
    "secret": "page_secret_kept",
    "none": "page_secret_gone",
}


@get("/device", opt=PAGE)
async def this_device(request: ChatRequest) -> Response[Any]:
    """What a person can choose about their chat on this device."""
    here = await own_place(request, request.user)
    return page(
        "device.html",
        chat=request.user.contact_id,
        here=here,
        done=DONE.get(request.query_params.get("done", "")),
        mine=pictures_of(request).mine,
    )


@get("/device/picture", opt=PAGE)
async def my_picture(request: ChatRequest) -> Response[Any]:
    """The pictures that can stand beside a name."""
    return page(
        "choose.html",
        chat=request.user.contact_id,
        pictures=pictures_of(request).mine,
        to="/device/picture",
        step=None,
        shared=False,
    )


@post("/device/picture")
async def choose_my_picture(request: ChatRequest) -> Response[Any]:
    """One was tapped; then the secret ones, where there are none yet."""
    picture = text_in(await request.form(), "picture")
    here_id = request.user.here_id
    if picture in pictures_of(request).mine:
        await door_of(request).in_store.write(
            lambda session: choose_picture(session, here_id, picture)
        )
    return go_to("/device?done=picture")


@get("/device/secret", opt=PAGE)
async def secret_pictures(request: ChatRequest) -> Response[Any]:
    """The next of the three; after the third, all of them to look at once more."""
    chosen = await half_chosen(request).of(_choosing(request))
    here = await own_place(request, request.user)
    secret = pictures_of(request).secret
    if len(chosen) == HOW_MANY:
        return page(
            "keep.html", chat=request.user.contact_id, chosen=[secret[key] for key in chosen]
        )
    return page(
        "choose.html",
        chat=request.user.contact_id,
        pictures=secret,
        to="/device/secret",
        step=len(chosen) + 1,
        shared=here is not None and here.shared,
    )


@post("/device/secret")
async def choose_secret_pictures(request: ChatRequest) -> Response[Any]:
    """One was tapped, or: begin again, keep these, go without."""
    form, half = await request.form(), half_chosen(request)
    here_id, pictures = request.user.here_id, pictures_of(request)
    in_store = door_of(request).in_store
    if "none" in form:
        await half.forget(_choosing(request))
        await in_store.write(lambda session: go_without(session, here_id))
        return go_to("/device?done=none")
    if "again" in form:
        await half.forget(_choosing(request))
        return go_to("/device/secret")
    if "keep" in form:
        chosen = await half.of(_choosing(request))
        if len(chosen) < HOW_MANY:
            return go_to("/device/secret")
        kept = await asyncio.to_thread(pictures.hash, here_id, chosen)
        await in_store.write(lambda session: keep_secret_pictures(session, here_id, kept))
        await half.forget(_choosing(request))
        return go_to("/device?done=secret")
    picture = text_in(form, "picture")
    if picture in pictures.secret:
        await half.add(_choosing(request), text_in(form, "step"), picture)
    return go_to("/device/secret")


@post("/device/off")
async def off_this_device(request: ChatRequest) -> Response[Any]:
    """Asked once more, then the chat is not on this device any more; nothing said is lost."""
    form, here_id = await request.form(), request.user.here_id
    if "sure" not in form:
        return page("off.html", chat=request.user.contact_id)
    await door_of(request).in_store.write(lambda session: take_off(session, here_id))
    return go_to("/")


def _choosing(request: ChatRequest) -> str:
    return f"choose:{request.user.here_id}"
