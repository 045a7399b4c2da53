"""The files that went through Telegram, from either side.

In: bytes and what kind of thing they are. Out: the Bot API's objects for them (file_id and the
rest), and the bytes again under the path that getFile gives.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Any

from .refusals import bad_request

MEGABYTE = 1024 * 1024
MAX_DOWNLOAD = 20 * MEGABYTE
MAX_PHOTO = 10 * MEGABYTE
MAX_DOCUMENT = 50 * MEGABYTE
MAX_VOICE = 1 * MEGABYTE
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class KeptFile:
    """`size` may be more than the bytes there are: a test need not make 21 MB to speak of them."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    size: int

    def as_json(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


class FilesKept:
    """Every file by its id and by its path."""

    def __init__(self) -> None:
        self._by_id: dict[str, KeptFile] = {}
        self._by_path: dict[str, KeptFile] = {}

    def keep(self, content: bytes, folder: str, ending: str, size: int | None = None) -> KeptFile:
        number = len(self._by_id) + 1
        digest = hashlib.sha256(content).hexdigest()
        kept = KeptFile(
            file_id=f"{folder}-{number}-{digest[:24]}",
            unique_id=f"U{digest[:15]}",
            path=f"{folder}/file_{number}.{ending}",
            content=content,
            size=len(content) if size is None else size,
        )
        self._by_id[kept.file_id] = self._by_path[kept.path] = kept
        return kept

    def with_id(self, file_id: str) -> KeptFile | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> KeptFile | None:
        return self._by_path.get(path)

    def forget(self, file_id: str) -> None:
        """The download link has run out, as Telegram's do after an hour."""
        self._by_path.pop(self._by_id[file_id].path, None)


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG.

    :raises Refused: Telegram could not make a photo of it.
    """
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_PHOTO:
        raise bad_request("file is too big")
    size = None
    if content.startswith(PNG) and len(content) > 24:
        size = struct.unpack(">II", content[16:24])
    elif content.startswith(JPEG):
        size = _jpeg_size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    shortest, longest = sorted((width, height))
    if width + height > 10_000 or shortest == 0 or longest / shortest > 20:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def check_voice(content: bytes) -> None:
    """:raises Refused: not OGG/Opus, or over 1 MB.

    Telegram takes such a file too, but shows it as a document: here it is refused, because to
    the person it would no longer be a voice message.
    """
    if not content:
        raise bad_request("file must be non-empty")
    if not (content.startswith(b"OggS") and b"OpusHead" in content[:512]):
        raise bad_request("not a voice message (the double takes OGG/Opus only)")
    if len(content) > MAX_VOICE:
        raise bad_request("not a voice message (the double takes up to 1 MB)")
