"""The plan on paper: at most four pages and a thousand words, made when asked for, kept nowhere.

Comes in: a person's id. Goes out: the bytes of a PDF, or `NoPaper` where it cannot be drawn.
"""

import asyncio
import importlib
import io
import logging
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image, ImageOps
from sqlalchemy.orm import Session

from bot.in_store import InStore
from bot.plan.choosing_what_fits import by_weight, is_all_of, with_items
from bot.plan.putting_in_words import PlanWords
from plan_store.reading_a_plan import read_plan
from plan_store.reading_the_conversation import own_recording
from plan_store.sealing.keyring import Damaged, Forgotten
from plan_store.sealing.sealed_files import SealedFiles
from plan_store.symbols import Symbols
from plan_store.tables import now
from plan_store.whole_plan import Item, Plan

log = logging.getLogger(__name__)

MOST_PAGES = 4
# A thousand with the line that stands at the foot of each page.
MOST_WORDS = 930
MOST_PHOTOS = 6
LARGEST_PHOTO = 1000  # pixels along its longer side: sharp on paper, and no more than that
PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

Drawn = Mapping[str, tuple[str, bytes]]


class NoPaper(Exception):
    """The plan cannot be drawn on paper here; the page still shows it."""


class Paper:
    """Makes the file. One at a time: it takes a processor for a second or two."""

    def __init__(
        self,
        in_store: InStore,
        words: PlanWords,
        symbols: Symbols,
        files: SealedFiles,
    ) -> None:
        self._in_store = in_store
        self._words = words
        self._files = files
        self._symbols = symbols
        self._one_at_a_time = asyncio.Semaphore(1)
        environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals["say"] = words.say
        environment.filters.update(direction=direction, without_emoji=without_emoji)
        self._template = environment.get_template("paper.html")

    async def of(self, person_id: str) -> bytes:
        """This person's plan as a PDF. Raises `NoPaper`."""
        plan, files = await self._in_store.read(lambda session: self._read(session, person_id))
        async with self._one_at_a_time:
            return await asyncio.to_thread(self.draw, plan, files, now())

    def _read(self, session: Session, person_id: str) -> tuple[Plan, dict[int, str]]:
        plan = read_plan(session, person_id)
        if plan is None:
            raise NoPaper
        files = {}
        for recording in photos_in(by_weight(plan)):
            if found := own_recording(session, person_id, recording):
                files[recording] = found[0]
        return plan, files

    def draw(self, plan: Plan, files: Mapping[int, str], at: datetime) -> bytes:
        """As much of it as fits, the most important and the newest first."""
        try:
            drawing = importlib.import_module("bot.plan.drawing_on_paper")
        except OSError:
            log.error("A plan cannot be drawn: pango is missing (%s).", PANGO)  # noqa: TRY400
            raise NoPaper from None
        items = by_weight(plan)
        photos = {
            f"plan:photo/{recording}": ("image/jpeg", photo)
            for recording in photos_in(items)
            if recording in files and (photo := self._photo(files[recording]))
        }
        count = len(items)
        while True:
            html, pictures = self._described(plan, items[:count], photos, at)
            if len(visible_words(html)) > MOST_WORDS and count:
                count -= 1
                continue
            laid_out = drawing.lay_out(html, pictures)
            pages = len(laid_out.pages)
            if pages <= MOST_PAGES or not count:
                drawn: bytes = drawing.as_pdf(laid_out)
                return drawn
            # Laying out is what takes time: go near to what will fit in one step.
            count = min(count - 1, count * MOST_PAGES // pages + 1)

    def _photo(self, name: str) -> bytes | None:
        try:
            return for_print(self._files.read(name))
        except (OSError, Forgotten, Damaged):
            return None

    def _described(
        self, plan: Plan, items: list[Item], photos: Drawn, at: datetime
    ) -> tuple[str, Drawn]:
        chosen = with_items(plan, items)
        shown = self._words.shown(chosen, at)
        symbols = [self._symbols[key] for key in sorted(shown.symbols)]
        html = self._template.render(
            plan=shown,
            more=not is_all_of(plan, chosen),
            photos={int(address.rpartition("/")[2]) for address in photos},
            credits=list(dict.fromkeys(symbol.set.credit for symbol in symbols)),
        )
        drawn = {
            f"plan:symbol/{symbol.key}": ("image/svg+xml", symbol.svg.encode())
            for symbol in symbols
        }
        return html, {**drawn, **photos}


def photos_in(items: list[Item]) -> list[int]:
    """The photos that stand on paper: those of what comes first, and not too many."""
    kept = [
        part.said.recording.id
        for item in items
        for part in item.said
        if part.said.recording
        and part.said.recording.kind == "photo"
        and part.said.recording.state == "kept"
    ]
    return kept[:MOST_PHOTOS]


def for_print(content: bytes) -> bytes | None:
    """The photo the right way up, no larger than it prints, and without what the camera wrote.

    None for what is no picture, or one that no program should open.
    """
    try:
        with Image.open(io.BytesIO(content)) as opened:
            opened.draft("RGB", (LARGEST_PHOTO, LARGEST_PHOTO))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
        picture.thumbnail((LARGEST_PHOTO, LARGEST_PHOTO))
        copied = Image.new("RGB", picture.size)
        copied.paste(picture)
        kept = io.BytesIO()
        copied.save(kept, "JPEG", quality=85)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return kept.getvalue()


def visible_words(html: str) -> list[str]:
    """The words somebody would read."""
    body = html.partition("<body>")[2]
    return re.sub(r"<[^>]*>", " ", body).split()


def direction(words: str) -> str:
    """Which way the words run, by their first letter: ltr or rtl."""
    for sign in words:
        if (runs := unicodedata.bidirectional(sign)) in {"L", "R", "AL"}:
            return "ltr" if runs == "L" else "rtl"
    return "ltr"


def without_emoji(label: str) -> str:
    """Our own labels without the emoji before them: a picture or nothing stands there on paper."""
    return re.sub(r"^\W+", "", label)
