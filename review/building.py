"""Wiring the desk: the store, the sessions, the pages, and the guard in front of all of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from litestar import Litestar, get
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.response import Response
from litestar.static_files import create_static_files_router
from litestar.stores.base import Store as SessionStore
from litestar.stores.file import FileStore
from litestar.stores.memory import MemoryStore
from litestar.stores.redis import RedisStore
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from plan_store.keeping_a_secret import kept_secret
from plan_store.opening import Store, open_store
from review.answering_a_person import (
    acknowledge_alert,
    close_alert,
    deal_with_message,
    give_answer,
)
from review.guarding import PUBLIC, DeskRequest, session_config, signed_in
from review.helping_somebody_in import make_door_link
from review.inviting_somebody import invite_page, make_invite
from review.meeting_a_person import person_page, recording
from review.passwords import Passwords
from review.refusing import REFUSALS
from review.seeing_alerts import (
    alerts_page,
    answer_drill,
    answer_for_the_forgotten,
    start_drill,
)
from review.seeing_who_waits import all_people, waiting_list
from review.settings import ReviewSettings
from review.showing_pages import protect, template_config
from review.signing_in import account_page, make_the_account, sign_in, sign_in_page, sign_out

# Forms here are a few sentences long.
LARGEST_BODY = 200_000


def build_desk(settings: ReviewSettings) -> Litestar:
    """The desk, ready to be served. It opens the store and closes it when it stops."""
    store = open_store(settings)
    sessions = session_config(settings.over_https)

    @contextlib.asynccontextmanager
    async def tidy(app: Litestar) -> AsyncIterator[None]:
        kept = app.stores.get("sessions")
        if isinstance(kept, FileStore):
            await kept.delete_expired()
        yield
        await asyncio.to_thread(store.close)

    return Litestar(
        route_handlers=[
            health,
            sign_in_page,
            sign_in,
            sign_out,
            account_page,
            make_the_account,
            waiting_list,
            all_people,
            person_page,
            recording,
            give_answer,
            acknowledge_alert,
            alerts_page,
            answer_for_the_forgotten,
            answer_drill,
            close_alert,
            start_drill,
            deal_with_message,
            invite_page,
            make_invite,
            make_door_link,
            create_static_files_router(
                "/static", [Path(__file__).parent / "static"], opt=dict(PUBLIC)
            ),
        ],
        guards=[signed_in],
        middleware=[sessions.middleware],
        csrf_config=CSRFConfig(
            secret=settings.desk_secret.get_secret_value() or kept_secret(settings.secret_file),
            cookie_name="__Host-desk-form" if settings.over_https else "desk-form",
            cookie_httponly=True,
            cookie_secure=settings.over_https,
        ),
        stores=_stores(settings),
        template_config=template_config(),
        exception_handlers=REFUSALS,
        before_send=[protect],
        lifespan=[tidy],
        state=State(
            {
                "store": store,
                "passwords": Passwords(),
                "session_cookie": sessions.key,
                "over_https": settings.over_https,
                "chat_url": settings.chat_url,
            }
        ),
        request_max_body_size=LARGEST_BODY,
        openapi_config=None,
        logging_config=None,
    )


@get("/health", opt=PUBLIC)
async def health(request: DeskRequest) -> Response[dict[str, str]]:
    """200 when the plan store answers, else 503."""
    try:
        await asyncio.to_thread(_ask, request.app.state.store)
    except SQLAlchemyError:
        return Response({"store": "away"}, status_code=503)
    return Response({"store": "answers"})


def _ask(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _stores(settings: ReviewSettings) -> dict[str, SessionStore]:
    """Sign-ins and tries in Redis where there is one, so that several desks share them."""
    if settings.redis_url:
        redis = RedisStore.with_client(settings.redis_url, namespace="myway_desk")
        return {"sessions": redis, "tries": redis.with_namespace("tries")}
    folder = settings.sessions_folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {"sessions": FileStore(folder), "tries": MemoryStore()}
