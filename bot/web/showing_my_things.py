"""What we know about somebody: as a page, and as a file of theirs to keep.

Comes in: a cookie, or the key of a link from the chat. Goes out: the page; or a zip with one file
to read, one for a computer, and their voices and pictures. Made when asked for, kept nowhere.
"""

import asyncio
import io
import json
import zipfile
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Response
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from bot.web.coming_in import TRIES
from bot.web.knowing_who import PUBLIC, ChatRequest, door_of, who
from bot.web.showing_my_plan import Way, by_link
from bot.web.showing_pages import go_to, page
from bot.web.what_we_know import Things, for_a_computer, read_things
from plan_store.causes import Cause, note
from plan_store.sealing.keyring import Damaged, Forgotten
from plan_store.tables import Person

FILE_NAME = "my-things.zip"
TO_READ, TO_COMPUTE = "my-things.html", "my-things.json"


@get("/my-things")
async def my_things(request: ChatRequest) -> Response[Any]:
    """All of whom we know by the cookie."""
    return await _shown(request, _by_cookie(request))


@get("/my-things/file")
async def my_things_as_a_file(request: ChatRequest) -> Response[Any]:
    """The same to keep."""
    return await _as_a_file(request, _by_cookie(request))


@post("/my-things/voice")
async def keep_my_voice(request: ChatRequest) -> Redirect:
    """Their voice messages stay for longer, or no longer than their words need them."""
    form = await request.form()
    longer = form.get("longer") == "yes"

    def keep(session: Session) -> None:
        person = session.get_one(Person, request.user.person_id)
        person.keeps_recordings = longer
        what = "keeps_recordings" if longer else "lets_recordings_go"
        note(session, Cause(person.id, "person"), what, "person", person.id)

    await door_of(request).in_store.write(keep)
    return go_to("/my-things")


@get("/my-things/{key:str}", opt=PUBLIC, middleware=[TRIES])
async def things_behind_a_link(request: ChatRequest, key: FromPath[str]) -> Response[Any]:
    """What this link opens."""
    return await by_link(request, key, "my-things", lambda way: _shown(request, way))


@get("/my-things/{key:str}/file", opt=PUBLIC, middleware=[TRIES])
async def things_behind_a_link_as_a_file(request: ChatRequest, key: FromPath[str]) -> Response[Any]:
    """The same to keep."""
    return await by_link(request, key, "my-things", lambda way: _as_a_file(request, way))


def _by_cookie(request: ChatRequest) -> Way:
    return Way(request.user.person_id, "/my-things", "", "")


async def _shown(request: ChatRequest, way: Way) -> Response[Any]:
    door, known = door_of(request), await who(request)
    return page(
        "my_things.html",
        things=await _things(door, way.person_id),
        way=way,
        say_filled=door.plan_words.say,
        known=known is not None,
        chat=known.contact_id if known is not None else "",
    )


async def _as_a_file(request: ChatRequest, way: Way) -> Response[Any]:
    door = door_of(request)
    things = await _things(door, way.person_id)
    engine = request.app.template_engine
    if engine is None:
        raise LookupError
    to_read = engine.get_template("my_things_file.html").render(
        things=things, say_filled=door.plan_words.say
    )
    everything, files = await door.in_store.read(
        lambda session: for_a_computer(session, way.person_id)
    )
    return Response(
        await asyncio.to_thread(_zipped, door, to_read, everything, files),
        media_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{FILE_NAME}"'},
    )


def _zipped(
    door: Door, to_read: str, everything: dict[str, Any], files: list[tuple[str, str]]
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr(TO_READ, to_read)
        into.writestr(TO_COMPUTE, json.dumps(everything, ensure_ascii=False, indent=1))
        for name, outside in files:
            try:
                into.writestr(outside, door.in_store.store.files.read(name))
            except (OSError, Forgotten, Damaged):
                continue
    return made.getvalue()


async def _things(door: Door, person_id: str) -> Things:
    things = await door.in_store.read(lambda session: read_things(session, person_id))
    if things is None:
        raise LookupError(person_id)
    return things
