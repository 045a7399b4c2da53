"""Taking one update in: kept first, and only then anything else.

Comes in: an update as JSON, from polling or the webhook. Goes out: nothing, or an error when it
could not be kept; Telegram then brings it again.
"""

import asyncio
import logging
from collections.abc import Coroutine
from time import monotonic
from typing import Any

from sqlalchemy.orm import Session
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.in_store import STORE_AWAY
from bot.opening_the_door import Door
from bot.telegram.reading_updates import DOOR, Read, read_update
from plan_store import sending_out
from plan_store.becoming_sixteen import TooYoung
from plan_store.inviting import find_contact, use_invite
from plan_store.taking_in import leave_unheard

log = logging.getLogger(__name__)

# Most answers are there before this: they need no "typing…". Telegram shows one for 5 seconds.
TYPING = "typing"
TYPING_AFTER_SECONDS = 0.4
TYPING_AGAIN_SECONDS = 4.0
TYPING_AT_MOST_SECONDS = 30.0


class Intake:
    """The way in for updates, however they come."""

    def __init__(self, door: Door, bot: Bot) -> None:
        self._door = door
        self._bot = bot
        self._asides: set[asyncio.Task[None]] = set()
        self._told: set[int] = set()

    async def take(self, raw: Any) -> None:
        """Keep one update; raises one of `STORE_AWAY` when the store cannot be reached.

        One that breaks anything else is left with that reason: Telegram would bring it again and
        again, and everybody's next messages stand behind it.
        """
        read = read_update(raw, self._bot)
        try:
            await self._take(read)
        except STORE_AWAY:
            raise
        except Exception as problem:  # noqa: BLE001  (one update must not stop the others)
            # The text of the problem may hold words.
            log.error("Update %s broke: %s", read.key, type(problem).__name__)  # noqa: TRY400
            await self._leave(read, "broke")
            if read.came is not None and read.chat_id is not None:
                self._aside(self._say(read.chat_id, "cannot_keep_now"))
        self._told.clear()

    async def _take(self, read: Read) -> None:
        if read.callback_id is not None:
            self._aside(self._answer_callback(read.callback_id))
        if read.came is not None:
            await self._message(read)
        elif read.blocked is not None:
            await self._door.in_store.write(lambda session: _mark(session, read))
            self._door.delivery.wake()
        else:
            await self._leave(read, read.left or "")

    async def _leave(self, read: Read, reason: str) -> None:
        log.info("Update %s (%s) is left: %s", read.key, read.kind, reason)
        await self._door.in_store.write(
            lambda session: leave_unheard(session, read.key, read.kind, reason)
        )

    async def say_that_nothing_is_kept(self, raw: Any) -> None:
        """The store is away: tell the person so, once, without keeping anything.

        Who may be in danger is told whom to call: that needs no store.
        """
        read = read_update(raw, self._bot)
        if read.came is not None and read.chat_id is not None and read.chat_id not in self._told:
            self._told.add(read.chat_id)
            danger = self._door.reception.first_look.look(f"{read.came.words}\n{read.came.also}")
            self._aside(
                self._say(read.chat_id, "danger_and_not_kept" if danger else "cannot_keep_now")
            )

    async def close(self) -> None:
        """Let what is on its way arrive; nobody types any more."""
        for task in self._asides:
            if task.get_name() == TYPING:
                task.cancel()
        await asyncio.gather(*self._asides, return_exceptions=True)

    async def _message(self, read: Read) -> None:
        came, chat_id = read.came, read.chat_id
        if came is None or chat_id is None:
            raise ValueError("There is no message in this update.")
        if read.invite is not None:
            code = read.invite
            try:
                await self._door.in_store.write(lambda session: _let_in(session, code, chat_id))
            except TooYoung:
                # Nothing was kept, and the code still opens the page.
                page = f"{self._door.settings.chat_url}/i/{code}"
                await self._say(chat_id, "telegram_from_16", link=page)
                return
        received = await self._door.receive(came)
        if received.outcome == "kept" and received.message_id is not None:
            self._aside(self._type(chat_id, received.message_id), TYPING)
        if received.outcome == "unknown":
            # Not kept, not even that it came: there is nobody it would belong to.
            await self._say(chat_id, "invite_is_old" if read.invite else "no_invite")

    async def _type(self, chat_id: int, message_id: int) -> None:
        """Show "typing…" while a message is being worked, once it takes longer than a moment."""
        within = TYPING_AFTER_SECONDS
        gives_up_at = monotonic() + TYPING_AT_MOST_SECONDS
        try:
            while monotonic() < gives_up_at and not await self._door.conversation.answered(
                message_id, within
            ):
                await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
                within = TYPING_AGAIN_SECONDS
        except (TelegramError, *STORE_AWAY) as problem:
            log.info("No typing is shown: %s", type(problem).__name__)

    async def _say(self, chat_id: int, key: str, **filling: str) -> None:
        try:
            await self._bot.send_message(chat_id, self._door.library.text(key, **filling))
        except TelegramError as problem:
            log.info("A stranger was not answered: %s", type(problem).__name__)

    async def _answer_callback(self, callback_id: str) -> None:
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as problem:
            # Too old, or Telegram is away: the spinner has ended by itself.
            log.info("A tap was not confirmed: %s", type(problem).__name__)

    def _aside(self, work: Coroutine[Any, Any, None], name: str | None = None) -> None:
        task = asyncio.create_task(work, name=name)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


def _let_in(session: Session, code: str, chat_id: int) -> None:
    if find_contact(session, DOOR, str(chat_id)) is None:
        use_invite(session, code, DOOR, str(chat_id))


def _mark(session: Session, read: Read) -> None:
    contact = find_contact(session, DOOR, str(read.chat_id))
    if contact is None:
        return
    if read.blocked:
        sending_out.blocked(session, contact.id)
    else:
        sending_out.unblocked(session, contact.id)
