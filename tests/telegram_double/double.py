"""The Telegram double as tests hold it: it opens, hands out phones, and makes trouble on request.

In: settings (token, pace). Out: a base URL for the bot, and everything the bot did with it.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Self

from .chats import Chat
from .exchange import Exchange
from .http_door import HttpDoor
from .keeping_the_line import METHODS
from .pace import UNHURRIED, Pace, PaceKeeper
from .phone import Phone
from .phone_screen import PATIENCE, NothingCame
from .telling_from_outside import build_control
from .trouble import Trouble
from .webhook_courier import WebhookCourier

if TYPE_CHECKING:
    from types import TracebackType

    from .one_request import Call
    from .waiting_updates import Webhook

TOKEN = "777000111:double-of-telegram"


class TelegramDouble(Trouble):
    """`with TelegramDouble() as double:` — closed cleanly at the end of the block."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        pace: Pace = UNHURRIED,
        port: int = 0,
        webhook_again_after: float = 0.1,
        routes: dict[str, str] | None = None,
        control: bool = False,
    ) -> None:
        """`routes`: public addresses that lead to loopback, as DNS and a proxy would do it,
        such as {"https://chat.example.org": "http://127.0.0.1:8080"}.
        """
        self.exchange = Exchange(token=token, pace=pace, methods=METHODS)
        self.token = token
        self.routes: dict[str, str] = dict(routes or {})
        self._courier = WebhookCourier(
            self.exchange.updates, self.exchange.complain, self.routes, webhook_again_after
        )
        self._door = HttpDoor(self.exchange, port, build_control(self) if control else None)

    def open(self) -> Self:
        self._door.open()
        self._courier.start()
        return self

    def close(self) -> None:
        self._door.close()
        self._courier.join()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The server's address, as a bot's setting takes it."""
        return f"http://127.0.0.1:{self._door.port}"

    @property
    def base_url(self) -> str:
        """For `telegram.Bot(base_url=…)`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """For `telegram.Bot(base_file_url=…)`."""
        return f"{self.url}/file/bot"

    def phone(self, user_id: int = 4201, name: str = "Ash", language: str = "en") -> Phone:
        """A person's phone. The same id is the same person, with the same chat."""
        person = {
            "id": user_id,
            "is_bot": False,
            "first_name": name,
            "language_code": language,
        }
        about = {"id": user_id, "type": "private", "first_name": name}
        with self.exchange.changed:
            chat = self.exchange.chats.setdefault(user_id, Chat(about=about))
            return Phone(self.exchange, chat, person)

    def gives(self, update: dict[str, Any]) -> int | None:
        """Any raw update, asked for or not; gets the next update_id if it has none."""
        with self.exchange.changed:
            return self.exchange.updates.add(update, as_given=True)

    def gives_raw(self, body: bytes) -> None:
        """The next getUpdates answer, or the next post to the webhook, is just these bytes."""
        with self.exchange.changed:
            self.exchange.updates.raw_bodies.append(body)
            self.exchange.changed.notify_all()

    @property
    def complaints(self) -> list[str]:
        """What the bot did against the published description. A good test ends with none."""
        with self.exchange.changed:
            return list(self.exchange.complaints)

    def calls(self, *methods: str) -> list[Call]:
        """The bot's requests, all or of some methods. A getUpdates counts when answered."""
        with self.exchange.changed:
            return [call for call in self.exchange.calls if not methods or call.method in methods]

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Updates that the bot has not confirmed."""
        with self.exchange.changed:
            return list(self.exchange.updates.queue)

    @property
    def webhook(self) -> Webhook:
        with self.exchange.changed:
            return self.exchange.updates.webhook

    @property
    def webhook_answers(self) -> list[int]:
        """The status of every post to the webhook; 0 where nobody answered."""
        return list(self._courier.answers)

    @property
    def profile(self) -> dict[tuple[str, str], Any]:
        """What setMyCommands and its kind have set: ("commands", language) and so on."""
        with self.exchange.changed:
            return dict(self.exchange.profile)

    def all_taken(self, within: float = PATIENCE) -> None:
        """Waits until the bot has confirmed every update.

        :raises NothingCame: some are still waiting.
        """
        updates = self.exchange.updates
        with self.exchange.changed:
            if not self.exchange.changed.wait_for(
                lambda: not updates.queue and not updates.raw_bodies, within
            ):
                raise NothingCame(f"{len(updates.queue)} update(s) not confirmed")

    async def will_all_be_taken(self, within: float = PATIENCE) -> None:
        """`all_taken` for a test that shares its event loop with the bot."""
        await asyncio.to_thread(self.all_taken, within)

    def waits_for_poll(self, within: float = PATIENCE) -> None:
        """Waits until a getUpdates of the bot stands open.

        :raises NothingCame: none does.
        """
        updates = self.exchange.updates
        with self.exchange.changed:
            if not self.exchange.changed.wait_for(updates.is_polled, within):
                raise NothingCame("the bot does not ask for updates")

    def keeps_pace(self, pace: Pace) -> None:
        """From now on messages are counted at this pace."""
        with self.exchange.changed:
            self.exchange.pacer = PaceKeeper(pace)

    def forgets_taps(self) -> None:
        """Every tap until now is too old to be answered."""
        with self.exchange.changed:
            for query in self.exchange.queries.values():
                query.born = time.monotonic() - self.exchange.query_lifetime - 1
