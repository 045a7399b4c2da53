"""Wiring the page: its routes, the guard in front of them, and the words it is written with."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from litestar import Litestar, get
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.response import Response
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.opening_the_door import DATA, Door
from bot.web.chatting import news, open_page, say, tap
from bot.web.choosing_pictures import (
    choose_my_picture,
    choose_secret_pictures,
    my_picture,
    off_this_device,
    secret_pictures,
    this_device,
)
from bot.web.coming_in import invited, start
from bot.web.going_on_elsewhere import elsewhere, make_door_link
from bot.web.knowing_who import PUBLIC, ChatRequest, door_of, only_known
from bot.web.listening_to_it import listen, sound
from bot.web.pictures import HalfChosen, read_pictures
from bot.web.refusing import REFUSALS
from bot.web.sending_files import recording, send
from bot.web.sharing_a_device import enter, leave_for_now, tap_picture, who_i_am
from bot.web.showing_my_plan import (
    my_plan,
    my_plan_as_a_file,
    plan_behind_a_link,
    plan_behind_a_link_as_a_file,
    recording_behind_a_link,
)
from bot.web.showing_my_things import (
    keep_my_voice,
    my_things,
    my_things_as_a_file,
    things_behind_a_link,
    things_behind_a_link_as_a_file,
)
from bot.web.showing_pages import protect, template_config
from bot.web.showing_symbols import symbol
from plan_store.keeping_a_secret import kept_secret
from plan_store.opening import Store

# Words far beyond what is kept still come back into their box.
LARGEST_BODY = 2_000_000


def build_web(door: Door, *, extra_routes: Sequence[ControllerRouterHandler] = ()) -> Litestar:
    """The page, ready to be served; who serves it has the door working.

    `extra_routes`: other doors' own, such as Telegram's webhook. One that anybody may call says
    `public=True, exclude_from_csrf=True` and looks at its caller itself.
    """
    over_https = door.settings.chat_url.startswith("https://")
    secret = kept_secret(door.settings.var_folder / "chat_secret")
    form_cookie = "__Host-myway-form" if over_https else "myway-form"
    return Litestar(
        route_handlers=[
            health,
            open_page,
            news,
            say,
            tap,
            send,
            recording,
            listen,
            sound,
            symbol,
            invited,
            start,
            my_plan,
            my_plan_as_a_file,
            plan_behind_a_link,
            plan_behind_a_link_as_a_file,
            recording_behind_a_link,
            my_things,
            my_things_as_a_file,
            keep_my_voice,
            things_behind_a_link,
            things_behind_a_link_as_a_file,
            who_i_am,
            enter,
            tap_picture,
            leave_for_now,
            this_device,
            my_picture,
            choose_my_picture,
            secret_pictures,
            choose_secret_pictures,
            off_this_device,
            elsewhere,
            make_door_link,
            create_static_files_router(
                "/static", [Path(__file__).parent / "static"], opt=dict(PUBLIC)
            ),
            *extra_routes,
        ],
        guards=[only_known],
        csrf_config=CSRFConfig(
            secret=secret,
            cookie_name=form_cookie,
            cookie_httponly=True,
            cookie_secure=over_https,
        ),
        template_config=template_config(door.library, door.symbols.credits),
        exception_handlers=REFUSALS,
        before_send=[protect],
        state=State(
            {
                "door": door,
                "cookie": "__Host-myway" if over_https else "myway",
                "over_https": over_https,
                "form_cookie": form_cookie,
                "form_secret": secret,
                "pictures": read_pictures(DATA / "pictures.yml", door.symbols, secret),
                "half_chosen": HalfChosen(),
            }
        ),
        request_max_body_size=LARGEST_BODY,
        openapi_config=None,
        logging_config=None,
    )


@get("/health", opt=PUBLIC)
async def health(request: ChatRequest) -> Response[dict[str, str]]:
    """200 when the plan store answers, else 503."""
    try:
        await asyncio.to_thread(_ask, door_of(request).in_store.store)
    except SQLAlchemyError:
        return Response({"store": "away"}, status_code=503)
    return Response({"store": "answers"})


def _ask(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
