"""A voice or photo, opened at the desk: of a person, or kept with an alert. Each is written down.

Comes in: a look. Goes out: the bytes, shown only as what a browser cannot run; or nothing is there.
"""

import asyncio

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from plan_store.alerting import step
from plan_store.keeping_what_raised_an_alert import find_what_raised
from plan_store.looking import looked
from plan_store.opening import Store
from plan_store.reading_a_person import find_recording
from plan_store.roles import MayNot, Viewer
from plan_store.sealing.keyring import Damaged, Forgotten
from review.guarding import WITH_PEOPLE, DeskRequest, only_who_may

# Shown in the browser; anything else is only ever saved to disk. No SVG: it can hold a script.
SHOWN = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/webm": "webm",
    "video/mp4": "mp4",
}


@get("/people/{person_id:str}/recordings/{recording_id:int}", opt=WITH_PEOPLE)
async def recording(
    request: DeskRequest, person_id: FromPath[str], recording_id: FromPath[int]
) -> Response[bytes]:
    """A photo or voice the facilitator may open; anything else is not there."""
    file = await asyncio.to_thread(
        _open_recording, request.app.state.store, request.user.viewer, person_id, recording_id
    )
    return await _shown(request, file, recording_id)


@get("/alerts/{alert_id:int}/recording", opt=only_who_may("see_alerts"))
async def what_raised_an_alert(request: DeskRequest, alert_id: FromPath[int]) -> Response[bytes]:
    """The voice or photo that raised an alert, for who sees it; also when its person is gone."""
    file = await asyncio.to_thread(
        _open_what_raised, request.app.state.store, request.user.viewer, alert_id
    )
    return await _shown(request, file, alert_id)


async def _shown(
    request: DeskRequest, file: tuple[str, str, str] | None, number: int
) -> Response[bytes]:
    if file is None:
        raise NotFoundException
    kind, media_type, name = file
    plain_type = media_type.partition(";")[0].strip().lower()
    store: Store = request.app.state.store
    try:
        content = await asyncio.to_thread(store.files.read, name)
    except (OSError, Forgotten, Damaged):
        raise NotFoundException from None
    shown = plain_type in SHOWN
    way = "inline" if shown else "attachment"
    called = f"{kind}-{number}.{SHOWN.get(plain_type, 'bin')}"
    return Response(
        content,
        media_type=plain_type if shown else "application/octet-stream",
        headers={
            "content-disposition": f'{way}; filename="{called}"',
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def _open_recording(
    store: Store, viewer: Viewer, person_id: str, recording_id: int
) -> tuple[str, str, str] | None:
    with store.writing() as session:
        found = find_recording(session, viewer, person_id, recording_id)
        if found is not None:
            looked(session, viewer.id, person_id, f"recording:{recording_id}")
        return found


def _open_what_raised(store: Store, viewer: Viewer, alert_id: int) -> tuple[str, str, str] | None:
    with store.writing() as session:
        try:
            found = find_what_raised(session, viewer, alert_id)
        except MayNot:
            # Whether there is such an alert is not theirs to know.
            return None
        if found is None:
            return None
        kind, media_type, name, person_id = found
        if person_id is not None:
            looked(session, viewer.id, person_id, f"alert:{alert_id}")
        # Of somebody forgotten there is no log of who looked: it stands with the alert.
        step(session, alert_id, "opened_recording", "facilitator", viewer.id)
        return kind, media_type, name
