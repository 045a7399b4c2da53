"""One turn at the terminal: a line in, through the same door as a phone, and the replies out.

Comes in: a line, typed or JSON ({"tap": …}, {"photo": FILE}, {"voice": FILE}), or ":voice FILE".
Goes out: what was said, the replies, and what this turn kept; then what was heard in a voice.
"""

import asyncio
import json
import mimetypes
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.keeping_files import keep_file
from bot.opening_the_door import Door
from bot.plain_pictures import NotAPicture
from bot.receiving import Came
from bot.replying import VOICE
from bot.tapping import latest_with
from bot.writing_down.writing_down import WritingDown
from plan_store.inviting import find_contact, welcome
from plan_store.showing import plain
from plan_store.tables import Alert, Contact, Incoming, Outgoing, Table, Turn

DOOR = "terminal"
LONGEST_TURN_SECONDS, LONGEST_VOICE_SECONDS = 30.0, 150.0
FILE_LINE = re.compile(r":(?P<kind>voice|photo) +(?P<file>.+)")


class FileMissing(Exception):
    """A photo or voice that was named is not there."""


class Talk:
    """One person at a terminal. `writing`: what writes their voices down, where something does."""

    def __init__(self, door: Door, name: str, writing: WritingDown | None = None) -> None:
        self._door = door
        self._writing = writing
        self._voice: int | None = None
        self._name = name
        self._shown = 0
        # Shown before an older one, which had no words yet.
        self._ahead: set[int] = set()

    async def sit_down(self) -> None:
        """Know the person again by the name given, or welcome somebody new."""

        def find_or_welcome(session: Session) -> None:
            if find_contact(session, DOOR, self._name) is None:
                welcome(session, DOOR, self._name)
            # What was shown before is not shown again.
            self._shown, self._ahead = 0, set()
            self._new(session)

        await self._door.in_store.write(find_or_welcome)

    async def turn(self, line: str) -> dict[str, Any]:
        """Say one line and wait for its replies."""
        return await self.brings(await self._as_message(line), line)

    async def brings(self, came: Came, line: str) -> dict[str, Any]:
        """Bring one message to the door, and wait for its replies."""
        received = await self._door.receive(came)
        self._voice = received.message_id if came.kind == "voice" else None
        if received.outcome == "kept" and received.message_id is not None:
            await self._door.conversation.answered(received.message_id, LONGEST_TURN_SECONDS)
        return await self._door.in_store.read(
            lambda session: self._what_happened(session, line, received.message_id)
        )

    async def heard(self) -> dict[str, Any] | None:
        """What follows from the words of the voice that was just sent; None where nothing does."""
        voice, self._voice = self._voice, None
        if voice is None or self._writing is None:
            return None
        words = await self._writing.written(voice, LONGEST_VOICE_SECONDS)
        if words is not None:
            await self._door.conversation.answered(words, LONGEST_TURN_SECONDS)
        return await self._door.in_store.read(
            lambda session: self._what_happened(session, "", words)
        )

    async def _as_message(self, line: str) -> Came:
        key = f"{DOOR}:{uuid4().hex}"
        asked = _json_object(line)
        if asked is None:
            return Came(DOOR, self._name, key, "text", line)
        if "tap" in asked:
            value = str(asked["tap"])
            behind = await self._door.in_store.read(
                lambda session: latest_with(session, self._person(session), value)
            )
            return Came(
                DOOR, self._name, key, "tap", how="tapped", details={"behind": behind or value}
            )
        kind = "photo" if "photo" in asked else "voice"
        try:
            person_id = await self._door.in_store.read(self._person)
            attachment = await asyncio.to_thread(
                self._keep, person_id, kind, Path(str(asked[kind]))
            )
        except NotAPicture:
            # Some other file: the chat names it, and does not keep it.
            return Came(DOOR, self._name, key, "document", str(asked.get("caption", "")))
        return Came(
            DOOR,
            self._name,
            key,
            kind,
            str(asked.get("caption", "")),
            "spoken" if kind == "voice" else "photo",
            attachment=attachment,
        )

    def _keep(self, person_id: str, kind: str, path: Path) -> dict[str, Any]:
        if not path.is_file():
            raise FileMissing(str(path))
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        files = self._door.in_store.store.files
        return keep_file(files, person_id, kind, media_type, path.read_bytes())

    def _what_happened(self, session: Session, line: str, message_id: int | None) -> dict[str, Any]:
        replies = self._new(session)
        kept: list[dict[str, Any]] = []
        message = session.get(Incoming, message_id) if message_id else None
        if message is not None:
            turn = session.get(Turn, message.id)
            for wrote in turn.wrote if turn else []:
                row = session.get(_table(wrote["table"]), wrote["id"])
                if row is not None:
                    kept.append({"table": wrote["table"], **plain(row)})
            alert = session.scalars(
                select(Alert).where(Alert.incoming_id == message.id)
            ).one_or_none()
            if alert is not None:
                kept.append({"table": "alert", **plain(alert)})
        return {
            "said": _json_object(line) or line,
            "replies": [_shown(reply) for reply in replies],
            "kept": kept,
        }

    def _new(self, session: Session) -> list[Outgoing]:
        """The replies that were not shown yet, in order.

        What the desk put gets its words a moment later: it holds up nothing that came after it, and
        is shown once it has them.
        """
        rows = session.scalars(
            select(Outgoing)
            .where(Outgoing.person_id == self._person(session), Outgoing.id > self._shown)
            .order_by(Outgoing.id)
        ).all()
        said = [row for row in rows if row.text is not None]
        new = [row for row in said if row.id not in self._ahead]
        without = next((row.id for row in rows if row.text is None), None)
        if without is not None:
            self._shown = without - 1
        elif rows:
            self._shown = rows[-1].id
        self._ahead = {row.id for row in said if row.id > self._shown}
        return new

    def _person(self, session: Session) -> str:
        contact: Contact | None = find_contact(session, DOOR, self._name)
        assert contact is not None, "sit_down comes first"  # noqa: S101
        return contact.person_id


def _shown(reply: Outgoing) -> dict[str, Any]:
    return {
        "key": reply.key,
        "text": reply.text,
        "buttons": [
            {"label": button["label"], "value": button["value"]} for button in reply.buttons
        ],
        "picture": reply.picture,
        "voice": reply.sends if reply.sends == VOICE else None,
    }


def _json_object(line: str) -> dict[str, Any] | None:
    """The line as a tap, photo or voice; None when it is simply typed text."""
    if sent := FILE_LINE.fullmatch(line.strip()):
        return {sent["kind"]: sent["file"]}
    if not line.lstrip().startswith("{"):
        return None
    try:
        asked = json.loads(line)
    except ValueError:
        return None
    if isinstance(asked, dict) and len(asked.keys() & {"tap", "photo", "voice"}) == 1:
        return asked
    return None


def _table(name: str) -> type[Table]:
    for mapper in Table.registry.mappers:
        if mapper.class_.__tablename__ == name:
            return mapper.class_
    raise KeyError(name)
