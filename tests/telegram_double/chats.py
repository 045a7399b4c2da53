"""A chat between the bot and a person or a group, and what is shown in it.

In: messages as the Bot API describes them. Out: the chat as Telegram's JSON, and `Shown`, the
message as a person sees it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from .refusals import Refused, bad_request, forbidden

if TYPE_CHECKING:
    from .files_kept import FilesKept

TYPING_LASTS = 5.0


class Door(Enum):
    """Whether the bot may write into a chat."""

    NEVER_STARTED = "the person has not written first"
    OPEN = "open"
    BLOCKED = "the person has blocked the bot"
    DEACTIVATED = "the person has deleted their account"
    KICKED = "the bot was taken out of the group"


REFUSALS = {
    Door.NEVER_STARTED: "bot can't initiate conversation with a user",
    Door.BLOCKED: "bot was blocked by the user",
    Door.DEACTIVATED: "user is deactivated",
    Door.KICKED: "bot was kicked from the group chat",
}


@dataclass
class Chat:
    """`about` is the chat as Telegram's JSON; `messages` are Bot API Messages by their id."""

    about: dict[str, Any]
    door: Door = Door.NEVER_STARTED
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    keyboard: list[list[str]] = field(default_factory=list)
    typing_until: float = 0.0
    refuses_voice: bool = False

    @property
    def chat_id(self) -> int:
        return int(self.about["id"])

    @property
    def is_private(self) -> bool:
        return bool(self.about["type"] == "private")

    @property
    def typing(self) -> bool:
        return time.monotonic() < self.typing_until

    def check_open(self) -> None:
        """:raises Refused: the bot may not write here, and Telegram's word for why."""
        if refusal := self.why_closed():
            raise refusal

    def why_closed(self) -> Refused | None:
        return None if self.door is Door.OPEN else forbidden(REFUSALS[self.door])

    def message(self, message_id: int, to: str) -> dict[str, Any]:
        """:raises Refused: there is no such message ("message to edit not found")."""
        if message_id not in self.messages:
            raise bad_request(f"message to {to} not found")
        return self.messages[message_id]


@dataclass(frozen=True)
class Button:
    """An inline button as the person sees it, and what it would send or open."""

    label: str
    data: str | None
    url: str | None


@dataclass(frozen=True)
class Shown:
    """A message on the screen. `raw` is the same as the Bot API gives it."""

    raw: dict[str, Any]
    picture: bytes | None
    voice: bytes | None
    document: bytes | None

    @property
    def message_id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def from_bot(self) -> bool:
        return bool(self.raw["from"]["is_bot"])

    @property
    def text(self) -> str:
        """The words, be they the text or the caption of a picture or a voice message."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def caption(self) -> str | None:
        return self.raw.get("caption")

    @property
    def buttons(self) -> list[list[Button]]:
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [
            [Button(b["text"], b.get("callback_data"), b.get("url")) for b in row] for row in rows
        ]

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.buttons for button in row]

    @property
    def protected(self) -> bool:
        """The person cannot forward or save it."""
        return bool(self.raw.get("has_protected_content", False))

    def button(self, label: str) -> Button:
        """:raises AssertionError: there is no such button, so nobody can tap it."""
        for row in self.buttons:
            for button in row:
                if button.label == label:
                    return button
        raise AssertionError(f"no button {label!r} here, only {self.labels}")

    def __str__(self) -> str:
        who = "bot" if self.from_bot else "person"
        media = [kind for kind in ("picture", "voice", "document") if getattr(self, kind)]
        return f"{who}: {''.join(f'({kind}) ' for kind in media)}{self.text} {self.labels or ''}"


def shown(message: dict[str, Any], files: FilesKept) -> Shown:
    """The message with its pictures and sounds looked up."""

    def content(file_id: str | None) -> bytes | None:
        kept = files.with_id(file_id) if file_id else None
        return kept.content if kept else None

    photo = message.get("photo")
    return Shown(
        raw=message,
        picture=content(photo[-1]["file_id"] if photo else None),
        voice=content(message.get("voice", {}).get("file_id")),
        document=content(message.get("document", {}).get("file_id")),
    )
