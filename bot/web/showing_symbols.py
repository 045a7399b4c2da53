"""The pictures of the set, as the page shows them: by their key, and nothing else of any folder."""

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from bot.web.knowing_who import PUBLIC, ChatRequest, door_of


@get("/symbols/{name:str}", opt=PUBLIC)
async def symbol(request: ChatRequest, name: FromPath[str]) -> Response[str]:
    """KEY.svg: the drawing as it comes in its set."""
    found = door_of(request).symbols.get(name.removesuffix(".svg"))
    if found is None:
        raise NotFoundException
    return Response(
        found.svg,
        media_type="image/svg+xml",
        headers={
            "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            # The same for everybody, and said of nobody.
            "cache-control": "public, max-age=86400",
        },
    )
