"""Opening the door: the one place that wires words, safety, store, listener and the ways out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from bot.answering_danger import read_danger_answers
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
from bot.sending_mail import Mail
from bot.settings import BotSettings
from bot.speaking.reading_aloud import ReadingAloud
from bot.telling_of_alerts import Messenger, TellingOfAlerts, read_messages_to_staff
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
    telling: TellingOfAlerts | None
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
        # Before everything else, and before the store is asked for anything.
        seen = await asyncio.to_thread(self.reception.look, came)
        received = await self.in_store.write(lambda session: self.reception.receive(session, seen))
        self.conversation.wake()
        if received.replied:
            self.delivery.wake()
        if received.outcome == "alert" and self.telling is not None:
            self.telling.wake()
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
                if self.telling is not None:
                    tasks.append(workers.create_task(self.telling.run(), name="tell of alerts"))
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
    messengers: dict[str, Messenger] | None = None,
) -> Door:
    """Wire the door; nothing runs yet.

    `messengers`: ways to reach staff besides mail. None: this process tells nobody of alerts, the
    chat's own process does (a terminal beside it has no Telegram).
    """
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
    paper = Paper(in_store, plan_words, symbols, store.files)
    delivery = Delivery(in_store, library, senders, paper, reading)
    conversation = Conversation(
        in_store, Listener(client, settings.rasa_address), library, delivery.wake
    )
    danger = read_danger_answers(DATA, library, read_first_look(DATA))
    return Door(
        settings,
        in_store,
        library,
        drawings,
        Reception(library, danger),
        conversation,
        delivery,
        reading,
        tells_of_alerts(settings, in_store, messengers),
        client,
        plan_words,
        paper,
    )


def tells_of_alerts(
    settings: BotSettings, in_store: InStore, messengers: dict[str, Messenger] | None
) -> TellingOfAlerts | None:
    """What tells the safeguarding chain, where this process does."""
    if messengers is None:
        return None
    ways = dict(messengers)
    if settings.smtp_host:
        ways["mail"] = Mail(settings)
    return TellingOfAlerts(
        in_store,
        read_messages_to_staff(DATA),
        f"{settings.desk_address}/alerts",
        {
            "lead": settings.safeguarding_lead,
            "deputy": settings.safeguarding_deputy,
            "manager": settings.safeguarding_manager,
        },
        ways,
    )
