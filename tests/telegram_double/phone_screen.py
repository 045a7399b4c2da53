"""What a person sees on the phone, and waiting for it to change.

In: the chat. Out: the messages shown, the spinner, "typing…", and assertions that tell what was
on the screen when the awaited thing did not come.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from .chats import Chat, Shown, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from .exchange import Exchange

PATIENCE = 10.0


class NothingCame(AssertionError):
    """The person waited, and the screen did not show it in time."""


class PhoneScreen:
    """Mixed into the phone."""

    exchange: Exchange
    chat: Chat
    seen: set[int]

    @property
    def screen(self) -> list[Shown]:
        """All messages in the chat, from both sides, oldest first."""
        with self.exchange.changed:
            return [shown(message, self.exchange.files) for message in self.chat.messages.values()]

    @property
    def heard(self) -> list[Shown]:
        """The bot's messages, oldest first."""
        return [message for message in self.screen if message.from_bot]

    @property
    def latest(self) -> Shown:
        """The bot's newest message."""
        return self.heard[-1]

    @property
    def spinner(self) -> list[str]:
        """Ids of taps that the bot has not answered: the buttons still look busy."""
        with self.exchange.changed:
            return [
                query_id
                for query_id, query in self.exchange.queries.items()
                if query.chat_id == self.chat.chat_id and query.answered is None
            ]

    @property
    def toasts(self) -> list[str]:
        """The words that answers to taps showed for a moment."""
        with self.exchange.changed:
            answers = [
                query.answered
                for query in self.exchange.queries.values()
                if query.chat_id == self.chat.chat_id and query.answered is not None
            ]
        return [answer["text"] for answer in answers if answer.get("text")]

    @property
    def typing(self) -> bool:
        """ "typing…" stands under the bot's name: 5 seconds, or until its next message."""
        return self.chat.typing

    @property
    def keyboard(self) -> list[str]:
        """The labels of the big buttons under the text box."""
        return [label for row in self.chat.keyboard for label in row]

    def shown(self, message_id: int) -> Shown:
        with self.exchange.changed:
            return shown(self.chat.messages[message_id], self.exchange.files)

    def hears(self, n: int = 1, within: float = PATIENCE) -> list[Shown]:
        """Waits for n messages of the bot that were not heard before; gives all new ones.

        :raises NothingCame: fewer came in time.
        """
        self.waits_until(lambda: len(self._unheard()) >= n, within, f"{n} new message(s)")
        new = self._unheard()
        self.seen |= {message.message_id for message in new}
        return new

    def hears_nothing(self, within: float = 0.3) -> None:
        """:raises AssertionError: the bot said something after all."""
        with self.exchange.changed:
            self.exchange.changed.wait_for(lambda: bool(self._unheard()), within)
            if self._unheard():
                raise AssertionError(f"not nothing:\n{self.read_aloud()}")

    def sees(self, words: str, within: float = PATIENCE) -> Shown:
        """Waits until a message of the bot holds these words; gives the newest such."""

        def found() -> list[Shown]:
            return [message for message in self.heard if words in message.text]

        self.waits_until(lambda: bool(found()), within, repr(words))
        return found()[-1]

    def waits_until(
        self, true: Callable[[], Any], within: float = PATIENCE, awaited: str = "that"
    ) -> None:
        """Waits for anything that changes with the bot's requests.

        :raises NothingCame: it did not become true in time.
        """
        with self.exchange.changed:
            if not self.exchange.changed.wait_for(true, within):
                raise NothingCame(f"no {awaited} within {within} s:\n{self.read_aloud()}")

    async def will_hear(self, n: int = 1, within: float = PATIENCE) -> list[Shown]:
        """`hears` for a test that shares its event loop with the bot."""
        return await asyncio.to_thread(self.hears, n, within)

    async def will_see(self, words: str, within: float = PATIENCE) -> Shown:
        """`sees` for a test that shares its event loop with the bot."""
        return await asyncio.to_thread(self.sees, words, within)

    def read_aloud(self) -> str:
        """The whole screen as lines, for a failing test to show."""
        return "\n".join(str(message) for message in self.screen) or "(the screen is empty)"

    def _unheard(self) -> list[Shown]:
        return [message for message in self.heard if message.message_id not in self.seen]
