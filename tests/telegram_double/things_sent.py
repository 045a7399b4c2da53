"""What a person can send besides words: a voice, a picture, a sticker, a place and the rest.

In: the file or the facts. Out: the message in the chat, and its update to the bot.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .files_kept import picture_size

if TYPE_CHECKING:
    from .chats import Chat
    from .exchange import Exchange

File = Path | str | bytes


class ThingsSent:
    """Mixed into the phone. Each gives the message's id."""

    exchange: Exchange
    chat: Chat
    person: dict[str, Any]

    def sends_message(self, content: dict[str, Any], *, answering: int | None = None) -> int:
        """A message with any content fields of the Bot API's Message."""
        with self.exchange.changed:
            if answering is not None:
                original = self.chat.messages[answering]
                short = {k: v for k, v in original.items() if k != "reply_to_message"}
                content = {"reply_to_message": short, **content}
            message = self.exchange.put(self.chat, self.person, content)
            self.exchange.updates.add({"message": message})
            return int(message["message_id"])

    def sends_voice(self, voice: File, *, seconds: int = 3, size: int | None = None) -> int:
        """A voice message. `size` pretends a size in bytes, to be over a limit cheaply."""
        file = self._keep(voice, "voice", "oga", size)
        return self.sends_message(
            {"voice": {**file, "duration": seconds, "mime_type": "audio/ogg"}}
        )

    def sends_photo(self, photo: File, caption: str = "", *, size: int | None = None) -> int:
        """A picture; Telegram offers it in more than one size, the largest last."""
        content = _bytes(photo)
        width, height = picture_size(content)
        large = {**self._keep(content, "photos", "jpg", size), "width": width, "height": height}
        small = {
            **self._keep(content, "photos", "jpg", None),
            "width": min(width, 90),
            "height": min(height, 90),
        }
        return self.sends_message(
            {"photo": [small, large], **({"caption": caption} if caption else {})}
        )

    def sends_document(
        self,
        document: File,
        name: str = "letter.pdf",
        caption: str = "",
        *,
        size: int | None = None,
    ) -> int:
        about = {**self._keep(document, "documents", "bin", size), "file_name": name}
        return self.sends_message({"document": about, **({"caption": caption} if caption else {})})

    def sends_sticker(self, emoji: str = "👍") -> int:
        file = self._keep(b"RIFF\x00\x00\x00\x00WEBPVP8 ", "stickers", "webp", None)
        return self.sends_message(
            {
                "sticker": {
                    **file,
                    "type": "regular",
                    "width": 512,
                    "height": 512,
                    "is_animated": False,
                    "is_video": False,
                    "emoji": emoji,
                }
            }
        )

    def sends_location(self, latitude: float = 53.38, longitude: float = -1.47) -> int:
        return self.sends_message({"location": {"latitude": latitude, "longitude": longitude}})

    def sends_contact(self, first_name: str = "Ash", phone_number: str = "+440000000000") -> int:
        return self.sends_message(
            {"contact": {"phone_number": phone_number, "first_name": first_name}}
        )

    def sends_poll(self, question: str = "Tea?", options: tuple[str, ...] = ("Yes", "No")) -> int:
        answers = [
            {"persistent_id": str(at), "text": text, "voter_count": 0}
            for at, text in enumerate(options)
        ]
        return self.sends_message(
            {
                "poll": {
                    "id": "5001",
                    "question": question,
                    "options": answers,
                    "total_voter_count": 0,
                    "is_closed": False,
                    "is_anonymous": True,
                    "type": "regular",
                    "allows_multiple_answers": False,
                    "allows_revoting": False,
                    "members_only": False,
                }
            }
        )

    def _keep(self, file: File, folder: str, ending: str, size: int | None) -> dict[str, Any]:
        with self.exchange.changed:
            return self.exchange.files.keep(_bytes(file), folder, ending, size).as_json()


def _bytes(file: File) -> bytes:
    return file if isinstance(file, bytes) else Path(file).read_bytes()
