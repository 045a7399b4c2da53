"""`./myway retention`: takes away what was kept for long enough, by data/retention.yml.

Comes in: the table and a moment. Goes out: what was taken away, or, with --dry-run, what would be;
one line for each schedule, or JSON. The running house does the same once an hour.
"""

import json
import logging
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from sqlalchemy.exc import NoResultFound

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.opening import Store
from plan_store.reading_data import Shape, read_data
from plan_store.settings import StoreSettings
from plan_store.sweeping import sweep
from plan_store.tables import now
from plan_store.what_is_over import KINDS

log = logging.getLogger(__name__)

FILE = Path(__file__).parent.parent / "data" / "retention.yml"
PERIOD = re.compile(r"(\d+) (minute|hour|day|year)s?")
LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    # A leap day more or less is no reason to keep anything.
    "year": timedelta(days=365.25),
}
LOGS = "log"


class Schedule(Shape):
    """One line of the table."""

    code: str = Field(pattern="^[A-Z][0-9]+$")
    what: str
    keeps: str
    lasts: timedelta = Field(alias="for")
    begins: str = Field(alias="from")
    why: str
    law: str
    by: Literal["house", "itself"] = "house"

    @field_validator("lasts", mode="before")
    @classmethod
    def _is_a_period(cls, value: object) -> timedelta:
        found = PERIOD.fullmatch(str(value))
        if found is None:
            raise ValueError("say it as in 90 days or 12 years")
        return int(found[1]) * LENGTHS[found[2]]


class Retention(Shape):
    """The whole table."""

    schedule: tuple[Schedule, ...]

    @field_validator("schedule")
    @classmethod
    def _is_whole(cls, value: tuple[Schedule, ...]) -> tuple[Schedule, ...]:
        codes = [each.code for each in value]
        applied = {each.what for each in value if each.by == "house"}
        if len(set(codes)) < len(codes):
            raise ValueError("two lines have one code")
        if applied != {*KINDS, LOGS}:
            odd = ", ".join(sorted(applied ^ {*KINDS, LOGS}))
            raise ValueError(f"these have no line, or nobody knows how to find them: {odd}")
        return value


@dataclass(frozen=True, slots=True)
class Over:
    """What is over by one line of the table: how many."""

    code: str
    what: str
    count: int


def read_retention(file: Path = FILE) -> Retention:
    """The table. Raises `DataWrong` with every mistake."""
    return read_data(file, Retention)


def apply(
    store: Store, retention: Retention, at: datetime | None = None, *, dry_run: bool = False
) -> list[Over]:
    """Take away what is over, or only count it."""
    moment, found = at or now(), []
    for each in retention.schedule:
        if each.by == "itself":
            continue
        before = moment - each.lasts
        if each.what == LOGS:
            count = _logs(store.settings.var_folder / "logs", before, dry_run)
        else:
            count = _rows(store, each.what, before, dry_run)
        found.append(Over(each.code, each.what, count))
        if count and not dry_run:
            log.info("Retention %s: %s of %s are over.", each.code, count, each.what)
    if not dry_run:
        sweep(store, moment)
    return found


def _rows(store: Store, what: str, before: datetime, dry_run: bool) -> int:
    kind = KINDS[what]
    with store.reading() as session:
        ids = list(session.scalars(kind.find(before)))
    if dry_run:
        return len(ids)
    for row_id in ids:
        try:
            with store.writing() as session:
                kind.take_away(session, row_id)
        except NoResultFound:
            # It went meanwhile, with its person.
            continue
    return len(ids)


def _logs(folder: Path, before: datetime, dry_run: bool) -> int:
    old = [
        path
        for path in folder.glob("*")
        if path.is_file() and path.stat().st_mtime < before.timestamp()
    ]
    for path in old if not dry_run else ():
        path.unlink(missing_ok=True)
    return len(old)


def main(arguments: Sequence[str]) -> int:
    """Apply the table once; the exit code is for the shell."""
    unknown = set(arguments) - {"--dry-run", "--json"}
    if unknown:
        print(f"Not known: {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    dry_run = "--dry-run" in arguments
    retention = read_retention()
    with opened_for_a_command(StoreSettings()) as store:
        found = apply(store, retention, dry_run=dry_run)
    if "--json" in arguments:
        print(json.dumps([asdict(each) for each in found]))
        return 0
    by_code = {each.code: each for each in retention.schedule}
    for each in found:
        schedule = by_code[each.code]
        would = "would go" if dry_run else "went"
        print(
            f"{each.code:<3} {each.count:>6} {would}  {each.what}: {schedule.lasts.days} days "
            f"from {schedule.begins}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
