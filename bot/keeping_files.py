"""Keeping a photo or a voice: the bytes under a random name, and the row that goes with them."""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4


def keep_file(folder: Path, kind: str, media_type: str, content: bytes) -> dict[str, Any]:
    """Write the bytes durably and return the values of an `Attachment` row.

    The file is there before the row that names it: a row never points at nothing.
    """
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
