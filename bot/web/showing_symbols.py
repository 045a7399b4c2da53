"""The pictures, for the page: /symbols/KEY.svg as the set has it, /symbols/KEY.png drawn on white.

Comes in: the key of a symbol. Goes out: a file that anybody may see: it shows nothing of a person.
"""

import asyncio

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from bot.web.knowing_who import PUBLIC, ChatRequest, door_of

# Looked at again after a day: a changed table shows its new pictures tomorrow at the latest.
HEADERS = {
    "cache-control": "public, max-age=86400",
    # A drawing may carry a program; nothing in it may run, wherever it is opened.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@get("/symbols/{name:str}", opt=PUBLIC)
async def symbol(request: ChatRequest, name: FromPath[str]) -> Response[bytes]:
    """One picture."""
    key, _, ending = name.partition(".")
    door = door_of(request)
    if key not in door.drawings or ending not in MEDIA_TYPES:
        raise NotFoundException
    content = await asyncio.to_thread(door.drawings.content, key, ending)
    return Response(content, media_type=MEDIA_TYPES[ending], headers=HEADERS)
