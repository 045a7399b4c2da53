"""The webhook: Telegram calls us, with the secret it was told.

200 is said only after the update was kept.
"""

import hmac
import json
import logging

from litestar import Request, Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_400_BAD_REQUEST,
    HTTP_401_UNAUTHORIZED,
    HTTP_503_SERVICE_UNAVAILABLE,
)

from bot.in_store import STORE_AWAY
from bot.telegram.taking_in import Intake

log = logging.getLogger(__name__)

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)


def webhook_route(intake: Intake, secret: str) -> HTTPRouteHandler:
    """The route that Telegram posts updates to."""

    @post(PATH, status_code=HTTP_200_OK, exclude_from_csrf=True, public=True)
    async def telegram_calls(request: Request) -> Response[None]:  # type: ignore[type-arg]
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(None, status_code=HTTP_401_UNAUTHORIZED)
        try:
            raw = json.loads(await request.body())
        except ValueError:
            log.warning("Telegram sent something that is no JSON.")
            return Response(None, status_code=HTTP_400_BAD_REQUEST)
        try:
            await intake.take(raw)
        except STORE_AWAY:
            await intake.say_that_nothing_is_kept(raw)
            return Response(None, status_code=HTTP_503_SERVICE_UNAVAILABLE)
        return Response(None, status_code=HTTP_200_OK)

    return telegram_calls
