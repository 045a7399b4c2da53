"""The formats a plan can go out in: one table, for the desk, the terminal and the API.

Comes in: what may go out. Goes out: a file with its name and kind. Its name says nothing of whom it
is about: files are passed on by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from plan_store.chapters import Chapters, read_chapters
from plan_store.the_time_here import day_of
from review.going_out.as_fhir import as_fhir
from review.going_out.as_fields import as_fields
from review.going_out.as_paper import as_paper
from review.going_out.as_rows import as_rows
from review.going_out.as_word import as_word
from review.going_out.composing import Composing, Document
from review.going_out.layouts import exports
from review.going_out.what_goes_out import GoingOut

DATA = Path(__file__).resolve().parents[2] / "data"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the file's ending and kind, and what makes it."""

    ending: str
    media_type: str
    make: Callable[[GoingOut], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """A file, ready to be handed over."""

    name: str
    media_type: str
    content: bytes


@cache
def _chapters() -> Chapters:
    return read_chapters(DATA / "chapters")


def document_of(going: GoingOut, layout: str) -> Document:
    """The plan in this layout of data/exports.yml."""
    words = exports()
    return Composing(going, _chapters(), words).document(words.layouts[layout])


def _word(layout: str) -> Format:
    return Format("docx", WORD, lambda going: as_word(document_of(going, layout), going))


def _paper(layout: str) -> Format:
    return Format("pdf", "application/pdf", lambda going: as_paper(document_of(going, layout)))


FORMATS: Mapping[str, Format] = {
    "pdf": _paper("profile"),
    "docx": _word("profile"),
    "ehc": _word("ehc"),
    "ehc-pdf": _paper("ehc"),
    "prsb": _word("prsb"),
    "prsb-pdf": _paper("prsb"),
    "fhir": Format(
        "json", "application/fhir+json", lambda going: as_fhir(going, exports()).encode()
    ),
    "csv": Format("csv", "text/csv; charset=utf-8", as_rows),
    "json": Format(
        "json",
        "application/json",
        lambda going: msgspec.json.format(msgspec.json.encode(as_fields(going)), indent=2),
    ),
}


def make(going: GoingOut, called: str) -> File:
    """The file in this format. Raises KeyError at an unknown one, and `NoPaper`."""
    chosen = FORMATS[called]
    day = day_of(going.at).isoformat()
    name = f"plan-{going.plan.person_id[:8]}-{called}-{day}.{chosen.ending}"
    return File(name, chosen.media_type, chosen.make(going))
