"""Keeping a photo or a voice: the bytes under a random name, and the row that goes with them.

A voice is kept as it came. Of a photo, what can be seen is kept, and nothing else that is in it.
"""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from bot.plain_pictures import plain_picture


def keep_file(folder: Path, kind: str, media_type: str, content: bytes) -> dict[str, Any]:
    """Write the bytes durably and return the values of an `Attachment` row.

    Raises `NotAPicture` for a photo that is none.
    The file is there before the row that names it: a row never points at nothing.
    """
    if kind == "photo":
        content, media_type = plain_picture(content)
    folder.mkdir(parents=True, exist_ok=True)
    name = uuid4().hex
    with (folder / name).open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return {
        "kind": kind,
        "media_type": media_type,
        "file": name,
        "size": len(content),
        "state": "kept",
    }
