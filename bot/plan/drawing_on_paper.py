"""Drawing a page description as a PDF that everybody can read: tagged, titled, in English (PDF/UA).

Comes in: HTML of our own making, and the pictures it names. Goes out: bytes, and how many pages.
Importing this needs Debian's pango; where it is missing the import fails with an OSError.
"""

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import fontpkg_atkinson_hyperlegible as letters
import pydyf
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse

from bot.plan.plain_zeros import with_plain_zeros

HERE = Path(__file__).parent
LETTERS = {
    "plan:letters/regular": letters.ROOT / "files" / "AtkinsonHyperlegible-Regular.ttf",
    "plan:letters/bold": letters.ROOT / "files" / "AtkinsonHyperlegible-Bold.ttf",
    "plan:paper.css": HERE / "paper.css",
}
TYPES = {".ttf": "font/ttf", ".css": "text/css"}

# Its log names addresses and pieces of what it draws; what matters reaches us as an exception.
for talkative in ("weasyprint", "weasyprint.progress", "fontTools"):
    logging.getLogger(talkative).setLevel(logging.CRITICAL)


class OnlyOurs(URLFetcher):  # type: ignore[misc]
    """Gives the letters, the style and the pictures of this plan; anything else is not there."""

    def __init__(self, pictures: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=())
        self._pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """What the address names. Raises ValueError for anything that is not ours."""
        if url in LETTERS:
            file = LETTERS[url]
            kind, body = TYPES[file.suffix], _ours(file)
        elif url in self._pictures:
            kind, body = self._pictures[url]
        else:
            raise ValueError("Nothing is fetched for a plan.")
        return URLFetcherResponse(url, body, {"Content-Type": kind})


@cache
def _ours(file: Path) -> bytes:
    """A file that every plan is drawn with."""
    body = file.read_bytes()
    return with_plain_zeros(body) if file.suffix == ".ttf" else body


def lay_out(html: str, pictures: Mapping[str, tuple[str, bytes]]) -> Document:
    """Lay it out on pages. `pictures`: by address, their media type and bytes."""
    return HTML(string=html, url_fetcher=OnlyOurs(pictures), base_url="plan:").render(
        pdf_variant="pdf/ua-1"
    )


def as_pdf(laid_out: Document) -> bytes:
    """The pages as one PDF."""
    drawn: bytes = laid_out.write_pdf(pdf_variant="pdf/ua-1", finisher=_name_every_shape)
    return drawn


def _name_every_shape(_laid_out: Document, pdf: pydyf.PDF) -> None:
    """Give a text to a shape that has none: of accents in an odd order one carries the text of all.

    An empty text makes the whole table of its font useless to who reads the file aloud.
    """
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and b"begincmap" in each.stream:
            each.stream = [
                line.replace(b" <>", b" <200b>") if isinstance(line, bytes) else line
                for line in each.stream
            ]
