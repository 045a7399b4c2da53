"""A plan as rows (CSV): one for each thing said, each outcome and each step.

Comes in: what may go out. Goes out: UTF-8 with the mark that spreadsheets look for. A cell that a
spreadsheet would take for a formula gets a ' before it.
"""

import csv
import io
from collections.abc import Iterator

from plan_store.the_time_here import day_of
from review.going_out.as_fields import as_fields
from review.going_out.what_goes_out import GoingOut

COLUMNS = ("what", "life_area", "hope", "part", "words", "whose", "how", "helped", "status", "day")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_rows(going: GoingOut) -> bytes:
    """The bytes of the file."""
    kept = io.StringIO(newline="")
    writer = csv.DictWriter(kept, COLUMNS, restval="")
    writer.writeheader()
    for row in _rows(going):
        writer.writerow({name: _safe(str(value)) for name, value in row.items()})
    return kept.getvalue().encode("utf-8-sig")


def _rows(going: GoingOut) -> Iterator[dict[str, object]]:
    for item in as_fields(going).items:
        about = {"life_area": item.life_area, "hope": item.id, "status": item.status}
        for part in item.parts:
            yield {
                **about,
                "what": item.kind,
                "part": part.part,
                "words": part.words,
                "whose": part.said_by,
                "how": part.how,
                "helped": "yes" if part.helped else "no",
                "day": day_of(part.at),
            }
        for outcome in item.outcomes:
            agreed = {
                "whose": outcome.by,
                "status": outcome.status,
                "day": day_of(outcome.agreed_at),
            }
            yield {**about, "what": "outcome", "words": outcome.words, **agreed}
            for step in outcome.steps:
                who = {"whose": step.by or "person", "status": step.status, "day": step.by_day}
                yield {**about, "what": "step", "words": step.words, **who}


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
