"""Opening the door: the one place that wires words, safety, store, listener and the ways out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.answering_danger import read_danger_answers
from bot.converse import Conversation
from bot.delivering import Delivery, Sender
from bot.in_store import InStore
from bot.listening import Listener
from bot.receiving import Came, Received, Reception
from bot.safety import read_first_look
from bot.sending_mail import Mail
from bot.settings import BotSettings
from bot.telling_of_alerts import Messenger, TellingOfAlerts, read_messages_to_staff
from bot.words import Library, read_library
from plan_store.opening import Store

DATA = Path(__file__).parent.parent / "data"


@dataclass(slots=True)
class Door:
    """Everything a channel needs to bring a message in and get its replies out."""

    settings: BotSettings
    in_store: InStore
    library: Library
    reception: Reception
    conversation: Conversation
    delivery: Delivery
    telling: TellingOfAlerts | None
    client: httpx.AsyncClient

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


def build_door(
    settings: BotSettings,
    store: Store,
    senders: list[Sender],
    messengers: dict[str, Messenger] | None = None,
) -> Door:
    """Wire the door; nothing runs yet.

    `messengers`: ways to reach staff besides mail. None: this process tells nobody of alerts, the
    chat's own process does (a terminal beside it has no Telegram).
    """
    library = read_library(DATA)
    in_store = InStore(store)
    # The listener is on this machine or next to it: a proxy of the environment is not for it.
    client = httpx.AsyncClient(
        trust_env=False, limits=httpx.Limits(max_connections=100, max_keepalive_connections=100)
    )
    delivery = Delivery(in_store, library, senders)
    conversation = Conversation(
        in_store, Listener(client, settings.rasa_address), library, delivery.wake
    )
    danger = read_danger_answers(DATA, library, read_first_look(DATA))
    reception = Reception(library, danger)
    ways = dict(messengers or {})
    if messengers is not None and settings.smtp_host:
        ways["mail"] = Mail(settings)
    telling = TellingOfAlerts(
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
    tells = telling if messengers is not None else None
    return Door(settings, in_store, library, reception, conversation, delivery, tells, client)
