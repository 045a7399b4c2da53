"""Any message of one's own chat as sound: a file for the player, and a page for it without script.

Comes in: the name of a message, as the page gives it. Goes out: OGG/Opus, or MP3 for browsers that
know no Opus; to the person whose message it is, and to nobody else.
"""

import re
from http import HTTPStatus
from typing import Any

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from bot.speaking.reading_aloud import FORMATS, CannotRead
from bot.speaking.what_is_read import ToRead, own_to_read
from bot.web.knowing_who import ChatRequest, door_of
from bot.web.showing_pages import page

NAME = re.compile(r"(?P<side>in|out)-(?P<id>\d{1,18})")
FILE = re.compile(rf"(?P<name>.+)\.(?P<kind>{'|'.join(FORMATS)})")
MEDIA_TYPES = {"ogg": "audio/ogg", "mp3": "audio/mpeg"}
RANGE = re.compile(r"bytes=(\d{1,12})-(\d{1,12})?")


@get("/listen/{name:str}")
async def listen(request: ChatRequest, name: FromPath[str]) -> Response[Any]:
    """One message with a player: where "Listen" leads without script."""
    to_read = await _own(request, name)
    works = door_of(request).reading.works
    status = HTTPStatus.OK if works else HTTPStatus.SERVICE_UNAVAILABLE
    return page("listen.html", status, key=name, words="\n\n".join(to_read.texts), works=works)


@get("/sound/{file:str}")
async def sound(request: ChatRequest, file: FromPath[str]) -> Response[bytes]:
    """One message, read aloud."""
    wanted = FILE.fullmatch(file)
    if wanted is None:
        raise NotFoundException
    to_read = await _own(request, wanted["name"])
    try:
        clips = await door_of(request).reading.clips(
            to_read.texts, to_read.slow, whole=True, kind=wanted["kind"]
        )
    except CannotRead:
        return Response(b"", status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    if not clips:
        raise NotFoundException
    return _part(clips[0].content, MEDIA_TYPES[wanted["kind"]], request.headers.get("range", ""))


async def _own(request: ChatRequest, name: str) -> ToRead:
    wanted = NAME.fullmatch(name)
    if wanted is None:
        raise NotFoundException
    door = door_of(request)
    to_read = await door.in_store.read(
        lambda session: own_to_read(
            session, door.library, request.user.person_id, wanted["side"], int(wanted["id"])
        )
    )
    if to_read is None:
        raise NotFoundException
    return to_read


def _part(content: bytes, media_type: str, asked: str) -> Response[bytes]:
    """The whole, or the part that was asked for: Safari plays nothing from who gives no parts."""
    headers = {"accept-ranges": "bytes"}
    part = RANGE.fullmatch(asked.strip())
    if part is None:
        return Response(content, media_type=media_type, headers=headers)
    first = int(part[1])
    last = min(int(part[2] or len(content)), len(content) - 1)
    if first > last:
        headers["content-range"] = f"bytes */{len(content)}"
        return Response(
            b"", status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers
        )
    headers["content-range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(
        content[first : last + 1],
        status_code=HTTPStatus.PARTIAL_CONTENT,
        media_type=media_type,
        headers=headers,
    )
