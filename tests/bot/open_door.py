"""A real door on a real store, with a listener of the test's own at the far end of the wire.

`Listener.heard` is every note that came; `answers` decides what comes back.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
from sqlalchemy import select

from bot.delivering import Sender
from bot.opening_the_door import Door, build_door
from bot.receiving import Came
from bot.settings import BotSettings
from plan_store.inviting import find_contact, welcome
from plan_store.opening import Store
from plan_store.tables import Outgoing

Note = dict[str, Any]
# A Tuesday morning on which somebody watches the desk, and a Sunday night.
WATCHED = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
UNWATCHED = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
Answer = Callable[[Note], "httpx.Response | Exception"]


def kept(*keys: str) -> httpx.Response:
    """The hands did it, and say so by these keys."""
    return httpx.Response(
        200,
        json={
            "understood": {"intent": "tell", "confidence": 0.9},
            "replies": [{"key": key, "filling": {}} for key in keys or ("kept_words",)],
        },
    )


def problem(kind: str, status: int = 503) -> httpx.Response:
    """The listener is there and says that it could not."""
    return httpx.Response(status, json={"problem": kind})


def unreachable() -> Exception:
    """Nobody listens at that address."""
    return httpx.ConnectError("refused")


class ListenerDouble(httpx.AsyncBaseTransport):
    """The wire to Rasa."""

    def __init__(self) -> None:
        self.heard: list[Note] = []
        self.answers: Answer = lambda _note: kept()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        note = json.loads(request.content)
        self.heard.append(note)
        answer = self.answers(note)
        if isinstance(answer, Exception):
            raise answer
        answer.request = request
        return answer

    @property
    def texts(self) -> list[str]:
        """What was heard, typed, tapped or spoken, in order."""
        ways = ("text", "tap", "heard")
        return [next(str(note[way]) for way in ways if way in note) for note in self.heard]


def settings_for(store: Store, **more: Any) -> BotSettings:
    """Settings that ask neither the environment nor `.env`."""
    url = store.engine.url.render_as_string(hide_password=False)
    folder = more.pop("var_folder", None)
    if folder is None and store.engine.url.get_backend_name() == "sqlite":
        folder = str(store.engine.url.database).rpartition("/")[0]
    return BotSettings(
        _env_file=None,  # type: ignore[call-arg]
        database_url=url,
        **({"var_folder": folder} if folder else {}),
        **more,
    )


def a_door(store: Store, listener: ListenerDouble, senders: list[Sender] | None = None) -> Door:
    """The door, wired as in life, but for the wire to Rasa."""
    door = build_door(settings_for(store), store, senders or [])
    somebody_watches(door)
    door.client._transport = listener
    door.client._mounts = {}
    return door


def somebody_watches(door: Door, at: datetime = WATCHED) -> None:
    """The hour that the answers to danger go by, whenever the tests run."""
    door.reception.danger.clock = lambda: at


@asynccontextmanager
async def an_open_door(
    store: Store, listener: ListenerDouble, senders: list[Sender] | None = None
) -> AsyncIterator[Door]:
    """The door with its workers working."""
    door = a_door(store, listener, senders)
    async with door.working():
        yield door


def somebody(store: Store, address: str = "ash", door: str = "web") -> str:
    """A person who came in by this door; returns the address."""
    with store.writing() as session:
        if find_contact(session, door, address) is None:
            welcome(session, door, address)
    return address


def says(words: str, key: str | None = None, address: str = "ash", **more: Any) -> Came:
    """A typed message of the page."""
    return Came("web", address, f"web:{key or words}", more.pop("kind", "text"), words, **more)


def replies(store: Store, address: str = "ash", door: str = "web") -> list[str]:
    """The keys of what this person was answered, in order."""
    with store.reading() as session:
        contact = find_contact(session, door, address)
        assert contact is not None
        return list(
            session.scalars(
                select(Outgoing.key)
                .where(Outgoing.person_id == contact.person_id)
                .order_by(Outgoing.id)
            )
        )


async def until(holds: Callable[[], bool], within: float = 20.0) -> None:
    """Look again and again until it holds; a `TimeoutError` says that it never did."""
    async with asyncio.timeout(within):
        while not holds():
            await asyncio.sleep(0.02)
