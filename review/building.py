"""Wiring the desk: the store, the sessions, the pages, and the guard in front of all of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from litestar import Litestar, get
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response
from litestar.static_files import create_static_files_router
from litestar.stores.base import Store as SessionStore
from litestar.stores.file import FileStore
from litestar.stores.memory import MemoryStore
from litestar.stores.redis import RedisStore
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.keeping_a_secret import kept_secret
from plan_store.opening import Store, open_store
from plan_store.plain_words import read_lists
from review.answering_a_person import (
    acknowledge_alert,
    close_alert,
    deal_with_message,
    give_answer,
)
from review.api import api, description
from review.brokering import (
    brokerage_page,
    choose_an_option,
    cost_the_options,
    find_an_option,
    leave_an_option,
    say_what_is_around,
    send_the_options,
)
from review.changing_a_password import change_my_password
from review.checking_a_support_plan import answer_a_question, check_page
from review.deciding_together import (
    add_step,
    ask_back,
    move_outcome,
    move_step,
    propose_outcome,
)
from review.dressing import Part, parts
from review.factor_codes import FactorCodes
from review.forgetting_a_person import before_forgetting, forget_person, forgotten_page
from review.giving_people import give
from review.going_to_the_moment import moment_page
from review.guarding import PUBLIC, DeskRequest, session_config, signed_in
from review.helping_somebody_in import make_door_link
from review.importing_a_file import import_a_file
from review.inviting_somebody import invite_page, make_invite
from review.keeping_accounts import accounts_page, add_account, change_account
from review.keeping_the_catalogue import (
    add_an_option,
    catalogue_page,
    change_an_option,
    end_an_option,
    new_option_page,
    option_page,
)
from review.keeping_the_fund import fund_page, set_the_fund
from review.letting_a_plan_out import going_out_page, plan_file
from review.looking_in_the_morning import all_people, morning_page, news
from review.making_an_account import account_page, make_the_account
from review.meeting_a_person import person_page
from review.my_account import (
    end_my_other_sessions,
    end_my_session,
    fresh_recovery_codes,
    my_account,
    set_shortcuts,
)
from review.noting_rights import note_decision, note_sixteen
from review.opening_recordings import recording, what_raised_an_alert
from review.passwords import Passwords
from review.planning_meetings import (
    cancel_a_meeting,
    change_a_meeting,
    meetings_page,
    plan_a_meeting,
)
from review.promising_and_noting import add_note, end_a_promise, make_promise, promises_page
from review.proving_it_is_you import code_page, give_code, set_up, set_up_page
from review.refusing import REFUSALS
from review.seeing_alerts import (
    alerts_page,
    answer_drill,
    answer_for_the_forgotten,
    start_drill,
)
from review.setting_a_budget import agree_to_a_budget, set_a_budget
from review.settings import ReviewSettings
from review.showing_a_pack import pack_page, pack_paper
from review.showing_outcomes import outcomes_chart, outcomes_page
from review.showing_pages import protect, template_config
from review.signing_in import sign_in, sign_in_page, sign_out
from review.signing_in_by_the_council import (
    come_back_from_the_council,
    council_of,
    go_to_the_council,
)

# Forms here are a few sentences long.
LARGEST_BODY = 200_000


def build_desk(settings: ReviewSettings) -> Litestar:
    """The desk, ready to be served. It opens the store and closes it when it stops."""
    store = open_store(settings)
    for_browsers = parts()
    sessions = session_config(settings.over_https)
    secret = settings.desk_secret.get_secret_value() or kept_secret(settings.secret_file)

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
            code_page,
            give_code,
            set_up_page,
            set_up,
            go_to_the_council,
            come_back_from_the_council,
            my_account,
            end_my_session,
            end_my_other_sessions,
            fresh_recovery_codes,
            set_shortcuts,
            change_my_password,
            accounts_page,
            add_account,
            change_account,
            give,
            morning_page,
            news,
            part,
            all_people,
            person_page,
            recording,
            what_raised_an_alert,
            moment_page,
            outcomes_page,
            outcomes_chart,
            going_out_page,
            plan_file,
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
            catalogue_page,
            import_a_file,
            new_option_page,
            add_an_option,
            option_page,
            change_an_option,
            end_an_option,
            brokerage_page,
            find_an_option,
            choose_an_option,
            cost_the_options,
            leave_an_option,
            say_what_is_around,
            send_the_options,
            set_a_budget,
            agree_to_a_budget,
            api(),
            check_page,
            answer_a_question,
            meetings_page,
            plan_a_meeting,
            change_a_meeting,
            cancel_a_meeting,
            pack_page,
            pack_paper,
            fund_page,
            set_the_fund,
            propose_outcome,
            move_outcome,
            ask_back,
            add_step,
            move_step,
            promises_page,
            make_promise,
            end_a_promise,
            add_note,
            note_decision,
            note_sixteen,
            before_forgetting,
            forget_person,
            forgotten_page,
            create_static_files_router(
                "/static", [Path(__file__).parent / "static"], opt=dict(PUBLIC)
            ),
        ],
        guards=[signed_in],
        middleware=[sessions.middleware],
        csrf_config=CSRFConfig(
            secret=secret,
            cookie_name="__Host-desk-form" if settings.over_https else "desk-form",
            cookie_httponly=True,
            cookie_secure=settings.over_https,
        ),
        stores=_stores(settings),
        template_config=template_config(for_browsers),
        exception_handlers=REFUSALS,
        before_send=[protect],
        lifespan=[tidy],
        state=State(
            {
                "store": store,
                "lists": read_lists(DATA),
                "parts": for_browsers,
                "passwords": Passwords(),
                "factor_codes": FactorCodes(secret),
                "council": council_of(settings),
                "desk_address": settings.desk_address,
                "session_cookie": sessions.key,
                "over_https": settings.over_https,
                "looks_every": settings.desk_looks_every,
                "chat_url": settings.chat_url,
                "catalogue_rules": read_catalogue_rules(),
            }
        ),
        request_max_body_size=LARGEST_BODY,
        # Pages are for people; only the API is described.
        include_in_schema=False,
        openapi_config=description(dict(PUBLIC)),
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


@get("/parts/{mark:str}/{name:str}", opt=PUBLIC)
async def part(request: DeskRequest, mark: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """A style sheet or a script. Its name holds its hash: a browser need not ask twice."""
    found: Part | None = request.app.state.parts.get(name)
    if found is None or found.path != f"/parts/{mark}/{name}":
        raise NotFoundException
    return Response(
        found.content,
        media_type=found.media_type,
        headers={"cache-control": "public, max-age=31536000, immutable"},
    )


def _ask(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _stores(settings: ReviewSettings) -> dict[str, SessionStore]:
    """Sign-ins and tries in Redis where there is one, so that several desks share them."""
    if settings.redis_url:
        redis = RedisStore.with_client(settings.redis_url, namespace="myway_desk")
        return {
            "sessions": redis,
            "tries": redis.with_namespace("tries"),
            "api_tries": redis.with_namespace("api_tries"),
        }
    folder = settings.sessions_folder
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {"sessions": FileStore(folder), "tries": MemoryStore(), "api_tries": MemoryStore()}
