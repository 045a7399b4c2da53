"""A document as a PDF that everybody can read: tagged, titled, in its language (PDF/UA)."""

import importlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from review.going_out.composing import Document

PANGO = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
HERE = Path(__file__).parent


class NoPaper(Exception):
    """Paper cannot be drawn on this machine; the text says what it needs."""


def as_paper(document: Document) -> bytes:
    """The bytes of the file. Raises `NoPaper`."""
    return on_paper(laid_out("paper.html", document=document))


def laid_out(template: str, **what: Any) -> Any:
    """One of the templates beside this file, filled and laid out on `pages`. Raises `NoPaper`."""
    try:
        # Opens pango: not before somebody wants paper.
        weasyprint = importlib.import_module("weasyprint")
    except OSError:
        raise NoPaper(PANGO) from None
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template(template).render(what)
    return weasyprint.HTML(string=html, base_url=str(HERE)).render(
        pdf_variant="pdf/ua-1", pdf_tags=True
    )


def on_paper(document: Any) -> bytes:
    """What was laid out, as a file."""
    drawn: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return drawn
