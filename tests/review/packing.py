"""A pack for tests: a hope with a picture and a voice, and what may be shown at a meeting."""

import io
import struct
import wave

from PIL import Image, ImageDraw

from plan_store.causes import Cause
from plan_store.making_a_pack import can_be_packed, keep_pack_answer, kept_of
from plan_store.opening import Store
from plan_store.tables import Incoming, Meeting
from plan_store.taking_a_pack_back import YES, Thing
from tests.review.people import agrees, begins_a_hope, says, sends

DOGS = "I want to work with dogs. Big ones, and not on Mondays."
JO = "my sister Jo can come with me"


def a_picture() -> bytes:
    """A brown dog on grass, as far as ellipses go."""
    image = Image.new("RGB", (640, 420), "#bfe3f2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 300, 640, 420), fill="#6aa84f")
    for box in (
        (180, 180, 430, 310),
        (400, 120, 510, 230),
        (200, 280, 235, 380),
        (370, 280, 405, 380),
    ):
        draw.ellipse(box, fill="#7a4a21")
    draw.ellipse((470, 155, 485, 170), fill="#111111")
    into = io.BytesIO()
    image.save(into, "JPEG")
    return into.getvalue()


def a_sound() -> bytes:
    """A tenth of a second of nothing."""
    into = io.BytesIO()
    with wave.open(into, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack("<h", 0) * 800)
    return into.getvalue()


def sent(store: Store, person_id: str, kind: str) -> dict[str, str]:
    """A picture or voice that is kept, as it comes with a message."""
    body, media = (a_picture(), "image/jpeg") if kind == "photo" else (a_sound(), "audio/wav")
    file = store.files.keep(person_id, body)
    return {"kind": kind, "media_type": media, "file": file, "state": "kept"}


def a_hope_with_everything(store: Store, person_id: str, choice: str = "facilitator") -> int:
    """Said with a voice, and a picture of what helps."""
    hope = begins_a_hope(store, person_id)
    voice, photo = (sent(store, person_id, kind) for kind in ("voice", "photo"))
    says(store, hope, "hope", DOGS, how="spoken", attachment=voice)
    says(store, hope, "help", JO, how="photo", attachment=photo)
    agrees(store, hope, choice)
    return hope


def things_of(store: Store, person_id: str) -> list[Thing]:
    """All that could be asked about: each hope, and each picture and voice of it."""
    with store.reading() as session:
        found: list[Thing] = []
        for hope, words in can_be_packed(session, person_id):
            found.append((hope.id, words.id, None))
            found += [
                (hope.id, kept.statement.id, kept.attachment.id)
                for kept in kept_of(session, hope.id)
            ]
        return found


def answers_for_the_pack(
    store: Store, meeting_id: int, thing: Thing, answer: str = YES, *, helped: bool = False
) -> None:
    """They say yes or no to this one thing."""
    with store.reading() as session:
        person_id = session.get_one(Meeting, meeting_id).person_id
    message_id = sends(store, person_id, answer, "tap", "tapped")
    with store.writing() as session:
        keep_pack_answer(
            session,
            Cause.message(person_id, message_id),
            session.get_one(Incoming, message_id),
            session.get_one(Meeting, meeting_id),
            thing,
            answer,
            helped=helped,
        )


def packs_everything(store: Store, person_id: str, meeting_id: int) -> None:
    """A yes to each thing."""
    for thing in things_of(store, person_id):
        answers_for_the_pack(store, meeting_id, thing)
