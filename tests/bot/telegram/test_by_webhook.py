"""Telegram calls us: the secret is asked for, and 200 is said only for what was kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy.exc import OperationalError

from bot.drawing import build_drawings
from bot.opening_the_door import build_door
from bot.telegram.channel import Channel, build_bot
from bot.telegram.sending import TelegramSender
from bot.telegram.webhook import PATH, SECRET_HEADER
from bot.web.building import build_web
from plan_store.opening import Store
from tests.bot.open_door import ListenerDouble, settings_for, until
from tests.bot.telegram.at_the_phone import kept_words, lets_in
from tests.running_the_pair import free_port
from tests.telegram_double import TelegramDouble

PUBLIC = "https://chat.example.org"
SECRET = "a-secret-of-this-test"


@asynccontextmanager
async def called_by_telegram(
    store: Store, double: TelegramDouble, port: int
) -> AsyncIterator[ListenerDouble]:
    """The door with its page served and a webhook set."""
    listener = ListenerDouble()
    settings = settings_for(
        store,
        telegram_bot_token=double.token,
        telegram_api_url=double.url,
        telegram_webhook_secret=SECRET,
        chat_public_url=PUBLIC,
    )
    bot = build_bot(settings)
    drawings = build_drawings(settings)
    door = build_door(settings, store, [TelegramSender(bot, drawings)], drawings)
    door.client._transport = listener
    door.client._mounts = {}
    channel = Channel(settings, bot, door)
    web = build_web(door, extra_routes=channel.routes())
    server = uvicorn.Server(uvicorn.Config(web, port=port, log_config=None, lifespan="on"))
    async with door.working(), channel.working():
        serving = asyncio.create_task(server.serve())
        await until(lambda: server.started and double.webhook is not None)
        yield listener
        server.should_exit = True
        await serving


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def reached(port: int) -> Any:
    """A double that finds the public address at our port: it stands for DNS and TLS."""
    with TelegramDouble(
        webhook_again_after=0.05, routes={PUBLIC: f"http://127.0.0.1:{port}"}
    ) as opened:
        yield opened


async def test_updates_come_by_webhook(store: Store, reached: TelegramDouble, port: int) -> None:
    ash = reached.phone(1)
    async with called_by_telegram(store, reached, port) as listener:
        await lets_in(store, ash)
        ash.types("hello")
        await ash.will_hear()
    assert listener.texts == ["/begin", "hello"]
    assert set(reached.webhook_answers) == {200}
    assert reached.complaints == []


async def test_a_caller_without_the_secret_is_sent_away(
    store: Store, reached: TelegramDouble, port: int
) -> None:
    address = f"http://127.0.0.1:{port}{PATH}"
    async with (
        called_by_telegram(store, reached, port),
        httpx.AsyncClient(trust_env=False) as client,
    ):
        assert (await client.post(address, json={"update_id": 1})).status_code == 401
        wrong = {SECRET_HEADER: "guessed"}
        assert (await client.post(address, json={}, headers=wrong)).status_code == 401
        right = {SECRET_HEADER: SECRET}
        broken = await client.post(address, content=b"{not json", headers=right)
        assert broken.status_code == 400
    assert kept_words(store) == []


async def test_while_the_store_is_away_telegram_is_told_to_come_again(
    store: Store, reached: TelegramDouble, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ash = reached.phone(1)
    async with called_by_telegram(store, reached, port):
        await lets_in(store, ash)

        def away(*_: Any) -> None:
            raise OperationalError("away", None, Exception("gone"))

        with monkeypatch.context() as patched:
            patched.setattr(store, "writing", away)
            ash.types("one")
            await until(lambda: 503 in reached.webhook_answers)
        await until(lambda: "one" in kept_words(store))
    assert kept_words(store).count("one") == 1
