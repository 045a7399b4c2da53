"""The whole Telegram channel on a real store, against the double; the wire to Rasa is a test's.

The bot talks to the double over real HTTP, as it talks to Telegram.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from bot.drawing import build_drawings
from bot.opening_the_door import Door, build_door
from bot.telegram.channel import Channel, build_bot
from bot.telegram.sending import TelegramSender
from bot.telegram.telling_staff import StaffOnTelegram
from plan_store.inviting import new_invite
from plan_store.opening import Store
from plan_store.tables import Incoming, Table
from tests.bot.open_door import ListenerDouble, settings_for, somebody_watches
from tests.telegram_double import Phone, TelegramDouble


@asynccontextmanager
async def telegram_on(
    store: Store, double: TelegramDouble, listener: ListenerDouble, **more: Any
) -> AsyncIterator[Door]:
    """The door with Telegram on, by long polling."""
    settings = settings_for(
        store, telegram_bot_token=double.token, telegram_api_url=double.url, **more
    )
    bot = build_bot(settings)
    drawings = build_drawings(settings)
    door = build_door(
        settings,
        store,
        [TelegramSender(bot, drawings)],
        drawings,
        {"telegram": StaffOnTelegram(bot)},
    )
    somebody_watches(door)
    door.client._transport = listener
    door.client._mounts = {}
    async with door.working(), Channel(settings, bot, door).working():
        yield door


async def lets_in(store: Store, phone: Phone) -> None:
    """The person taps the invite's link and gets the first answer."""
    with store.writing() as session:
        code = new_invite(session, made_by="test")
    phone.starts(code)
    await phone.will_hear()


def kept_words(store: Store) -> list[str]:
    """Every message kept, in order."""
    with store.reading() as session:
        return list(session.scalars(select(Incoming.words).order_by(Incoming.id)))


def rows(store: Store, table: type[Table]) -> list[Any]:
    """All rows of a table."""
    with store.reading() as session:
        return list(session.scalars(select(table)))
