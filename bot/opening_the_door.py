"""Opening the door: the one place that wires words, safety, store, listener and the ways out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from bot.converse import Conversation
from bot.delivering import Delivery, Sender
from bot.drawing import Drawings, build_drawings
from bot.in_store import InStore
from bot.listening import Listener
from bot.plan.paper import Paper
from bot.plan.putting_in_words import PlanWords
from bot.reading_words import read_library
from bot.receiving import Came, Received, Reception
from bot.safety import read_first_look
from bot.settings import BotSettings
from bot.speaking.reading_aloud import ReadingAloud
from bot.words import Library
from plan_store.opening import Store
from plan_store.symbols import Symbols

DATA = Path(__file__).parent.parent / "data"


@dataclass(slots=True)
class Door:
    """Everything a channel needs to bring a message in and get its replies out.

    `telegram_name`: the bot's own name, once Telegram has told it.
    """

    settings: BotSettings
    in_store: InStore
    library: Library
    drawings: Drawings
    reception: Reception
    conversation: Conversation
    delivery: Delivery
    reading: ReadingAloud
    client: httpx.AsyncClient
    plan_words: PlanWords
    paper: Paper
    telegram_name: str | None = None

    @property
    def symbols(self) -> Symbols:
        """The pictures by key."""
        return self.drawings.symbols

    async def receive(self, came: Came) -> Received:
        """Keep a message; when this returns it was committed, and work on it begins."""
        received = await self.in_store.write(lambda session: self.reception.receive(session, came))
        self.conversation.wake()
        if received.replied:
            self.delivery.wake()
        return received

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Converse and deliver for as long as the block lasts.

        A worker that fails ends the block with it: a door that is open and hears nobody is worse
        than one that is started again.
        """
        try:
            async with asyncio.TaskGroup() as workers:
                tasks = [
                    workers.create_task(self.conversation.run(), name="converse"),
                    workers.create_task(self.delivery.run(), name="deliver"),
                ]
                try:
                    yield
                finally:
                    for task in tasks:
                        task.cancel()
        finally:
            await self.client.aclose()
            self.in_store.close()
            self.reading.close()


def build_door(
    settings: BotSettings,
    store: Store,
    senders: list[Sender],
    drawings: Drawings | None = None,
) -> Door:
    """Wire the door; nothing runs yet."""
    drawings = drawings or build_drawings(settings)
    symbols = drawings.symbols
    library = replace(read_library(DATA, symbols.descriptions), chat_url=settings.chat_url)
    in_store = InStore(store)
    # The listener is on this machine or next to it: a proxy of the environment is not for it.
    client = httpx.AsyncClient(
        trust_env=False, limits=httpx.Limits(max_connections=100, max_keepalive_connections=100)
    )
    reading = ReadingAloud(settings, library)
    library = replace(library, can_be_read=lambda: reading.works)
    plan_words = PlanWords(library, symbols)
    paper = Paper(in_store, plan_words, symbols, settings.files_folder)
    delivery = Delivery(in_store, library, senders, paper, reading)
    conversation = Conversation(
        in_store, Listener(client, settings.rasa_address), library, delivery.wake
    )
    reception = Reception(library, read_first_look(DATA))
    return Door(
        settings,
        in_store,
        library,
        drawings,
        reception,
        conversation,
        delivery,
        reading,
        client,
        plan_words,
        paper,
    )
