"""Small files that Telegram would take: a picture and a voice, made here and not fetched.

Out: bytes. The voice has the two headers of an OGG/Opus file and no sound.
"""

from __future__ import annotations

import struct
import zlib


def picture(width: int = 8, height: int = 6) -> bytes:
    """A white PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\x00" + b"\xff" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    )


def voice(size: int = 200) -> bytes:
    """An OGG page with an Opus header, filled up to the size."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    page = b"OggS" + struct.pack("<BBqIIIB", 0, 2, 0, 1, 0, 0, 1) + bytes([len(head)]) + head
    return page.ljust(size, b"\x00")
