"""A document as Word (.docx): real headings, a language, a title, so that it can be read aloud."""

import io
from datetime import UTC

import docx
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from review.going_out.composing import Document, Line
from review.going_out.what_goes_out import GoingOut

LETTERS, LANGUAGE = "Arial", "en-GB"
SIZE = Pt(14)


def as_word(document: Document, going: GoingOut) -> bytes:
    """The bytes of the file."""
    file = docx.Document()
    about = file.core_properties
    about.title, about.author, about.language = document.title, "My Way", LANGUAGE
    about.created = about.modified = going.at.astimezone(UTC).replace(tzinfo=None)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = LETTERS, SIZE
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    normal.element.rPr.append(language)
    file.add_heading(document.title, level=0)
    for sentence in document.about:
        file.add_paragraph(sentence)
    for section in document.sections:
        file.add_heading(section.heading, level=1)
        if section.note:
            file.add_paragraph(section.note)
        for group in section.groups:
            if group.heading:
                file.add_heading(group.heading, level=2)
            for line in group.lines:
                _line(file, line, heading=group.heading)
            if group.steps:
                file.add_heading(document.steps, level=3)
                for step in group.steps:
                    file.add_paragraph(f"{step.words} ({step.whose})", style="List Bullet")
    kept = io.BytesIO()
    file.save(kept)
    return kept.getvalue()


def _line(file: WordFile, line: Line, heading: str) -> None:
    paragraph = file.add_paragraph()
    if line.label and line.label != heading:
        paragraph.add_run(f"{line.label}: ").bold = True
    paragraph.add_run(f"“{line.words}”" if line.own else line.words)
    small = file.add_paragraph().add_run(line.whose)
    small.font.size = Pt(11)
