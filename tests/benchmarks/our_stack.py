"""Ours: the real listener, the real hands, and the door, as `./myway up` runs them.

A message goes through `Door.receive` (kept and committed) → Rasa → the hands → the outbox; its time
ends when the replies are committed. This process is the bot, as in real life the bot's process is;
only the network to Telegram or to a browser is missing.
"""

import os
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.opening_the_door import build_door
from bot.receiving import Came
from bot.settings import BotSettings
from bot.tapping import reference
from plan_store import migrating
from plan_store.inviting import welcome
from plan_store.opening import open_store
from plan_store.tables import Outgoing
from tests.benchmarks.talking_to_both import LONGEST_ANSWER_SECONDS, WrongAnswer
from tests.benchmarks.the_conversation import Step
from tests.running_the_pair import ROOT, Running, free_port, rasa_server, start_together

CHANNEL = "terminal"


class Ours:
    """Our stack, with a store of its own."""

    name = "ours"

    def __init__(self, model: Path, var: Path, database_url: str = "") -> None:
        """`var`: an empty folder for the database and logs. An empty address means SQLite."""
        self._var = var
        rasa_port, actions_port = free_port(), free_port()
        # Not the newcomer's own .env: no Telegram, no other database.
        self._settings = BotSettings(
            _env_file=None,  # type: ignore[call-arg]
            var_folder=var,
            database_url=database_url,
            rasa_url=f"http://127.0.0.1:{rasa_port}",
        )
        hands = Running(
            "our-actions",
            [sys.executable, "-m", "actions"],
            said_in=var,
            cwd=ROOT,
            env={
                "VAR_FOLDER": str(var),
                "DATABASE_URL": self._settings.store_url,
                "ACTIONS_HOST": "127.0.0.1",
                "ACTIONS_PORT": str(actions_port),
            },
            url=f"http://127.0.0.1:{actions_port}/health",
        )
        rasa = rasa_server(model, rasa_port, actions_port, var, name="our-rasa")
        self._parts = {"rasa": rasa, "actions": hands}
        self._open = AsyncExitStack()
        # What stands behind each button on the person's screen, by the button's value.
        self._screens: dict[str, dict[str, str]] = {}

    async def start(self) -> None:
        """Bring the tables up, start the processes, and open the door."""
        store = open_store(self._settings)
        self._open.callback(store.close)
        migrating.up(store)
        await start_together(self._parts.values())
        self._door = build_door(self._settings, store, [])
        await self._open.enter_async_context(self._door.working())

    async def stop(self) -> None:
        """Close the door and stop the processes."""
        await self._open.aclose()
        for part in self._parts.values():
            part.stop()

    def processes(self) -> dict[str, int]:
        """The listener, the hands, and the bot: this process, with the load it makes."""
        return {**{name: part.pid for name, part in self._parts.items()}, "bot": os.getpid()}

    async def say(self, person: str, step: Step) -> float:
        """One message, as a channel brings it."""
        if person not in self._screens:
            await self._door.in_store.write(lambda session: welcome(session, CHANNEL, person))
            self._screens[person] = {}
        came = self._came(person, step)
        began = time.perf_counter()
        received = await self._door.receive(came)
        answered = received.message_id is not None and await self._door.conversation.answered(
            received.message_id, LONGEST_ANSWER_SECONDS
        )
        took = time.perf_counter() - began
        if not answered:
            raise WrongAnswer(f"{received.outcome}, not answered")
        replies = await self._door.in_store.read(
            lambda session: _replies(session, received.message_id)
        )
        keys = tuple(key for _, key, _ in replies)
        if keys != step.keys:
            raise WrongAnswer(" ".join(keys))
        self._screens[person] = {
            button["value"]: reference(reply_id, index)
            for reply_id, _, buttons in replies
            for index, button in enumerate(buttons)
        }
        return took

    def _came(self, person: str, step: Step) -> Came:
        key = uuid4().hex
        if step.tap is None:
            return Came(CHANNEL, person, key, "text", step.said)
        behind = self._screens[person].get(step.tap, "")
        return Came(CHANNEL, person, key, "tap", how="tapped", details={"behind": behind})


def _replies(session: Session, message_id: int | None) -> list[tuple[int, str, list[Any]]]:
    """The replies to one message, as a page would show them: id, key, buttons."""
    rows = session.execute(
        select(Outgoing.id, Outgoing.key, Outgoing.buttons)
        .where(Outgoing.cause_id == message_id)
        .order_by(Outgoing.position)
    )
    return [(reply_id, key, buttons) for reply_id, key, buttons in rows]
