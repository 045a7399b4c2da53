"""Fetching photos and voices that Telegram holds for us, after the message itself was kept.

Comes in: attachments that are due. Goes out: the file in the files folder, or a named failure.
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
from plan_store.tables import Attachment, now

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 300.0
# A bot may download this much, no more.
MOST_BYTES = 20 * 1024 * 1024


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
        try:
            file = await self._bot.get_file(due.provider_id or "")
            content = bytes(await file.download_as_bytearray())
        except BadRequest as problem:
            log.info("File %s is not to be had: %s", due.id, type(problem).__name__)
            await self._door.in_store.write(lambda session: _failed(session, due.id))
        except (TelegramError, RuntimeError) as problem:
            # The library raises a RuntimeError for a file that Telegram gives no path of.
            log.info("File %s waits: %s", due.id, type(problem).__name__)
            await self._door.in_store.write(lambda session: _later(session, due.id))
        else:
            try:
                values = await asyncio.to_thread(
                    keep_file,
                    self._door.settings.files_folder,
                    due.kind,
                    due.media_type,
                    content,
                )
            except OSError as problem:
                log.error("File %s cannot be written: %s", due.id, problem.errno)  # noqa: TRY400
                await self._door.in_store.write(lambda session: _later(session, due.id))
                return
            await self._door.in_store.write(lambda session: _kept(session, due.id, values))


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
    row = session.get_one(Attachment, attachment_id)
    row.file, row.size, row.state = str(values["file"]), int(str(values["size"])), "kept"


def _later(session: Session, attachment_id: int) -> None:
    row = session.get_one(Attachment, attachment_id)
    row.attempts += 1
    row.try_after = now() + timedelta(
        seconds=min(2.0 ** min(row.attempts, 10), LONGEST_WAIT_SECONDS)
    )


def _failed(session: Session, attachment_id: int) -> None:
    row = session.get_one(Attachment, attachment_id)
    row.attempts += 1
    row.state = "failed"
