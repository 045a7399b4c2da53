"""Keeping a photo or a voice: the bytes, sealed for their person, and the row that goes with them.

A voice is kept as it came. Of a photo, what can be seen is kept, and nothing else that is in it.
"""

from typing import Any

from bot.plain_pictures import plain_picture
from plan_store.sealing.sealed_files import SealedFiles


def keep_file(
    files: SealedFiles, person_id: str, kind: str, media_type: str, content: bytes
) -> dict[str, Any]:
    """Write this person's bytes durably and return the values of an `Attachment` row.

    Raises `NotAPicture` for a photo that is none.
    The file is there before the row that names it: a row never points at nothing.
    """
    if kind == "photo":
        content, media_type = plain_picture(content)
    return {
        "kind": kind,
        "media_type": media_type,
        "file": files.keep(person_id, content),
        "size": len(content),
        "state": "kept",
    }
