"""A picture or a voice from the page, kept; and back again, to its own person only."""

from http import HTTPStatus
from typing import Any

import anyio
from litestar import get, post
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from bot.keeping_files import keep_file
from bot.opening_the_door import Door
from bot.plain_pictures import NotAPicture
from bot.web.chatting import LONGEST_WORDS, after_keeping, not_kept
from bot.web.knowing_who import ChatRequest, door_of
from bot.web.taking_in import take, words_in
from plan_store.reading_the_conversation import own_recording
from plan_store.sealing.keyring import Damaged, Forgotten

LARGEST_FILE = 20 * 1024 * 1024
# A little more is read, so that a file that is too big meets a sentence and not a broken line.
LARGEST_BODY = 3 * LARGEST_FILE

# What a browser can show without being able to run it; a drawing with a program in it is no photo.
PHOTOS = {
    "image/avif",
    "image/bmp",
    "image/gif",
    "image/heic",
    "image/heif",
    "image/jpeg",
    "image/png",
    "image/webp",
}
# No real one comes near it, and the store keeps no longer one.
LONGEST_TYPE = 64
HOW = {"photo": "photo", "voice": "spoken"}


@post("/send", request_max_body_size=LARGEST_BODY)
async def send(request: ChatRequest) -> Response[Any]:
    """One file with the words that belong to it."""
    form = await request.form()
    words, file = words_in(form), _file_in(form)
    content = await file.read(LARGEST_FILE + 1) if file is not None else b""
    if file is None or not content:
        return await not_kept(request, "page_choose_first", HTTPStatus.BAD_REQUEST, words)
    if len(content) > LARGEST_FILE:
        return await not_kept(
            request, "page_file_too_big", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words
        )
    if len(words) > LONGEST_WORDS:
        return await not_kept(
            request, "page_words_too_long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words
        )
    media_type = file.content_type.partition(";")[0].strip().lower()
    kind = kind_of(media_type)
    files = door_of(request).in_store.store.files
    attachment = None
    if kind in HOW:
        try:
            attachment = await anyio.to_thread.run_sync(
                keep_file, files, request.user.person_id, kind, media_type, content
            )
        except NotAPicture:
            return await not_kept(
                request, "page_not_a_picture", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words
            )
    received = await take(
        door_of(request),
        request.user,
        form,
        content + words.encode(errors="replace"),
        kind=kind,
        words=words,
        how=HOW.get(kind, "typed"),
        attachment=attachment,
    )
    if received.outcome == "double" and attachment is not None:
        # Its first coming has a file of its own; no row names this one.
        await anyio.to_thread.run_sync(files.remove, attachment["file"])
    return await after_keeping(request, received)


@get("/recordings/{recording_id:int}")
async def recording(request: ChatRequest, recording_id: FromPath[int]) -> Response[bytes]:
    """A photo or voice of the person's own; anything else is not there."""
    return await own_file(door_of(request), request.user.person_id, recording_id)


async def own_file(door: Door, person_id: str, recording_id: int) -> Response[bytes]:
    """A kept recording of this person, shown only as what a browser cannot run."""
    found = await door.in_store.read(
        lambda session: own_recording(session, person_id, recording_id)
    )
    if found is None:
        raise NotFoundException
    name, media_type = found
    try:
        content = await anyio.to_thread.run_sync(door.in_store.store.files.read, name)
    except (OSError, Forgotten, Damaged):
        raise NotFoundException from None
    shown = kind_of(media_type.partition(";")[0].strip().lower()) in HOW
    way = "inline" if shown else "attachment"
    return Response(
        content,
        media_type=media_type if shown else "application/octet-stream",
        headers={
            "content-disposition": f'{way}; filename="{recording_id}"',
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def kind_of(media_type: str) -> str:
    """What a file is to the chat: photo, voice, or something it names and does not keep."""
    if media_type in PHOTOS:
        return "photo"
    family, slash, rest = media_type.partition("/")
    if len(media_type) > LONGEST_TYPE:
        return "document"
    if family == "audio" and slash and rest.replace("-", "").replace(".", "").isalnum():
        return "voice"
    return "video" if family == "video" else "document"


def _file_in(form: FormMultiDict) -> UploadFile | None:
    value = form.get("file")
    return value if isinstance(value, UploadFile) else None
