"""The pack of a meeting as one page of paper: tagged, and with the pictures that may be shown.

Comes in: a pack, and how a file of the store is read. Goes out: a PDF. A voice is named on it:
paper cannot play.
"""

import base64
import io
from collections.abc import Callable

from PIL import Image, UnidentifiedImageError

from plan_store.reading_a_pack import PackSeen
from plan_store.sealing.keyring import Damaged, Forgotten
from plan_store.tables import MeetingAnswer
from plan_store.the_time_here import here
from review.going_out.as_paper import laid_out, on_paper
from review.going_out.layouts import exports

# Sharp on paper at the size it has there.
LONGEST_SIDE = 1200
# Letters in points, and how high a picture stands in millimetres: the largest with which all of it
# is one page. With very many words it is two.
SIZES = ((16, 70), (16, 50), (16, 36), (16, 26), (14, 20))


def pack_on_paper(pack: PackSeen, read_file: Callable[[str], bytes]) -> bytes:
    """The bytes of the file. Raises `NoPaper`."""
    pictures = _pictures(pack, read_file)
    for letters, height in SIZES:
        page = laid_out(
            "pack.html",
            pack=pack,
            say=say,
            when=said_when(pack),
            where=say("where", place=pack.place, by=pack.by),
            pictures=pictures,
            letters=letters,
            height=height,
            without_picture=without_picture,
        )
        if len(page.pages) == 1:
            break
    return on_paper(page)


def say(key: str, **filling: str) -> str:
    """The words of a pack under this key."""
    return exports().say("pack", key, **filling)


def said_when(pack: PackSeen) -> str:
    """Whose it is, and the day and time of the meeting."""
    at = here(pack.begins_at)
    date = f"{at:%A} {at.day} {at:%B}"
    return say("when", name=pack.called or "…", date=date, clock=f"{at.hour}:{at:%M}")


def without_picture(answer: MeetingAnswer) -> str:
    """An answer's words; of a button without the little picture in front of them."""
    return answer.words if answer.choice == "words" else answer.words.split(" ", 1)[-1]


def _pictures(pack: PackSeen, read_file: Callable[[str], bytes]) -> dict[int, str]:
    """Each as an address that has all of it: nothing is fetched. A broken one is left out."""
    found = {}
    for shown in (each for hope in pack.hopes for each in hope.of("photo")):
        try:
            with Image.open(io.BytesIO(read_file(shown.file))) as opened:
                plain = opened.convert("RGB")
                plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                into = io.BytesIO()
                plain.save(into, "JPEG", quality=85)
        except (OSError, UnidentifiedImageError, Forgotten, Damaged):
            continue
        found[shown.id] = "data:image/jpeg;base64," + base64.b64encode(into.getvalue()).decode()
    return found
