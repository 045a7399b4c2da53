"""Fetching photos and voices that Telegram holds for us, after the message itself was kept.

Comes in: attachments that are due. Goes out: the file in the files folder, or an honest word to the
person that it could not be had.
"""

import asyncio
import logging
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.in_store import STORE_AWAY
from bot.keeping_files import keep_file
from bot.opening_the_door import Door
from bot.plain_pictures import NotAPicture
from bot.replying import FOLLOW_UP, put_replies
from bot.words import Library
from plan_store.sealing.keyring import Forgotten
from plan_store.tables import Attachment, Incoming, now

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 300.0
# A bot may download this much, no more.
MOST_BYTES = 20 * 1024 * 1024
TOO_BIG = "too big"
TRIES_WHERE_REFUSED = 4
# With the longest wait between them that is about five hours.
MOST_TRIES = 70


class Fetching:
    """Fetches files one after the other, for as long as it runs."""

    def __init__(self, door: Door, bot: Bot) -> None:
        self._door = door
        self._bot = bot

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            try:
                due = await self._door.in_store.read(_oldest_due)
                if due is not None:
                    await self._fetch(due)
                    continue
            except STORE_AWAY:
                log.warning("The store cannot be reached; files wait at Telegram.")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _fetch(self, due: Attachment) -> None:
        if (due.size or 0) > MOST_BYTES:
            await self._give_up(due, "too_big")
            return
        try:
            file = await self._bot.get_file(due.provider_id or "")
            content = bytes(await file.download_as_bytearray())
        except BadRequest as problem:
            log.info("File %s is not to be had: %s", due.id, type(problem).__name__)
            if TOO_BIG in problem.message.lower():
                await self._give_up(due, "too_big")
            else:
                # Telegram says so too while a file is away for a moment.
                await self._again(due, TRIES_WHERE_REFUSED)
        except (TelegramError, RuntimeError) as problem:
            # The library raises a RuntimeError for a file that Telegram gives no path of.
            log.info("File %s waits: %s", due.id, type(problem).__name__)
            await self._again(due, MOST_TRIES)
        else:
            await self._keep(due, content)

    async def _keep(self, due: Attachment, content: bytes) -> None:
        files = self._door.in_store.store.files
        try:
            values = await asyncio.to_thread(
                keep_file, files, due.person_id, due.kind, due.media_type, content
            )
        except Forgotten:
            log.info("File %s is nobody's any more.", due.id)
        except NotAPicture as problem:
            log.info("File %s is no picture: %s", due.id, problem)
            await self._give_up(due, "not_opened")
        except OSError as problem:
            log.error("File %s cannot be written: %s", due.id, problem.errno)  # noqa: TRY400
            await self._door.in_store.write(lambda session: _later(session, due.id))
        else:
            await self._door.in_store.write(lambda session: _kept(session, due.id, values))

    async def _again(self, due: Attachment, tries: int) -> None:
        if due.attempts + 1 >= tries:
            await self._give_up(due, "lost")
        else:
            await self._door.in_store.write(lambda session: _later(session, due.id))

    async def _give_up(self, due: Attachment, why: str) -> None:
        """It will never be here: the person is told, after the answer to the message itself."""
        await self._door.in_store.write(
            lambda session: _gave_up(session, self._door.library, due.id, f"{due.kind}_{why}")
        )
        self._door.delivery.wake()


def _oldest_due(session: Session) -> Attachment | None:
    return session.scalars(
        select(Attachment)
        .where(
            Attachment.state == "due",
            or_(Attachment.try_after.is_(None), Attachment.try_after <= now()),
        )
        .order_by(Attachment.id)
        .limit(1)
    ).first()


def _kept(session: Session, attachment_id: int, values: dict[str, object]) -> None:
    row = session.get(Attachment, attachment_id)
    if row is None or row.state != "due":
        # Its person was forgotten, or deleted it, while it was on its way; the sweeper takes it.
        return
    row.file, row.size, row.state = str(values["file"]), int(str(values["size"])), "kept"
    row.media_type = str(values["media_type"])


def _later(session: Session, attachment_id: int) -> None:
    row = session.get_one(Attachment, attachment_id)
    row.attempts += 1
    row.try_after = now() + timedelta(
        seconds=min(2.0 ** min(row.attempts, 10), LONGEST_WAIT_SECONDS)
    )


def _gave_up(session: Session, library: Library, attachment_id: int, says: str) -> None:
    row = session.get_one(Attachment, attachment_id)
    message = session.get_one(Incoming, row.incoming_id)
    if message.state == "waiting":
        row.try_after = now() + timedelta(seconds=LOOK_EVERY_SECONDS)
        return
    row.attempts += 1
    row.state = "failed"
    put_replies(session, library, message.contact_id, message.id, [{"key": says}], first=FOLLOW_UP)
