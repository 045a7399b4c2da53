"""Telling the safeguarding lead, the deputy and the manager of an alert, each in time.

Comes in: tellings that are due, from the store. Goes out: a message by e-mail or Telegram that says
that an alert waits, and where; no word of the person. What cannot be sent is tried again.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import yaml
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.in_store import InStore
from plan_store.tables import now
from plan_store.telling_of_alerts import (
    SENDING,
    Telling,
    claim_tellings,
    next_telling_at,
    nobody_to_tell,
    not_told,
    told,
)

log = logging.getLogger(__name__)

# The desk raises drills in another process: this is how long one may go unnoticed.
LOOK_EVERY_SECONDS = 1.0
LONGEST_SENDING_SECONDS = 20.0


class CannotTell(Exception):
    """The message could not be sent; `problem` names why, without any word or address."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class Messenger(Protocol):
    """A way to reach somebody of the chain."""

    async def send(self, address: str, subject: str, text: str) -> None:
        """Send it, or raise `CannotTell`."""


class NotSetUp:
    """Where a way to reach staff should be, and is not."""

    async def send(self, address: str, subject: str, text: str) -> None:  # noqa: ARG002
        """Say so: it is tried again, and the desk shows it."""
        raise CannotTell("not_set_up")


_NOT_SET_UP = NotSetUp()


class TellingOfAlerts:
    """Works off the tellings. `addresses`: who → address; `messengers`: kind of address → way."""

    def __init__(
        self,
        in_store: InStore,
        words: dict[str, str],
        link: str,
        addresses: dict[str, str],
        messengers: dict[str, Messenger],
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._in_store = in_store
        self._words = words
        self._link = link
        self._addresses = addresses
        self._messengers = messengers
        self._news = asyncio.Event()
        self.clock = clock

    def wake(self) -> None:
        """There is a new alert."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what is being sent then is due again after a while."""
        while True:
            self._news.clear()
            try:
                sent = await self.tell_who_is_due()
            except SQLAlchemyError as problem:
                log.warning("The store gives no alerts: %s", type(problem).__name__)
                sent = 0
            if not sent:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_SECONDS):
                        await self._news.wait()

    async def tell_who_is_due(self) -> int:
        """Tell everybody who is due at this moment; how many were tried."""
        moment = self.clock()
        # A look costs less than a claim, and nearly always nothing is due.
        due = await self._in_store.read(next_telling_at)
        if due is None or due > moment:
            return 0
        tellings = await self._in_store.write(partial(claim_tellings, moment=moment))
        await asyncio.gather(*(self._tell(telling) for telling in tellings))
        return len(tellings)

    async def _tell(self, telling: Telling) -> None:
        address = self._addresses.get(telling.who, "")
        kind = "telegram" if address.startswith("telegram:") else "mail"
        if not address:
            log.error("Alert %s: there is no way to reach the %s.", telling.alert_id, telling.who)
            await self._note(lambda session: nobody_to_tell(session, telling, self.clock()))
            self.wake()
            return
        subject, text = self.message(telling)
        try:
            async with asyncio.timeout(LONGEST_SENDING_SECONDS):
                await self._messengers.get(kind, _NOT_SET_UP).send(
                    address.removeprefix("telegram:"), subject, text
                )
        except (CannotTell, TimeoutError) as why:
            problem = why.problem if isinstance(why, CannotTell) else "timeout"
            log.warning("Alert %s: the %s was not told: %s", telling.alert_id, telling.who, problem)
            await self._note(lambda session: not_told(session, telling, self.clock(), problem))
            return
        log.info("Alert %s: the %s was told.", telling.alert_id, telling.who)
        await self._note(lambda session: told(session, telling, self.clock()))

    async def _note(self, write: Callable[[Session], None]) -> None:
        # Forgotten, it would be sent a second time.
        await self._in_store.surely(write, SENDING.total_seconds())

    def message(self, telling: Telling) -> tuple[str, str]:
        """Subject and text: that an alert waits, and where."""
        lines = [self._words[telling.who], self._words["what_to_do"].format(link=self._link)]
        if telling.drill:
            lines.insert(0, self._words["drill"])
        subject = self._words["drill_subject" if telling.drill else "subject"]
        return subject, "\n".join(lines)


def read_messages_to_staff(data: Path) -> dict[str, str]:
    """The words for the chain."""
    file = data / "safety" / "messages_to_staff.yml"
    found: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
