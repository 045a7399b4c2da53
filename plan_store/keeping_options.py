"""The catalogue of local options: kept, changed, ended, searched. Every version stays.

Comes in: options that were read and checked, and who does it. Goes out: how many are new, changed
and the same. A change made on an older version is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from plan_store.catalogue_rules import CatalogueRules
from plan_store.inserting_once import insert_once
from plan_store.reading_options import OptionRead
from plan_store.tables import Facilitator, LocalOption, LocalOptionVersion, now

# The age of a check is counted in months of so many days.
DAYS_A_MONTH = 30.44
# So many stand on one page.
A_PAGE = 50


class OptionChanged(Exception):
    """Somebody changed this option after the form was opened."""


class CodeTaken(Exception):
    """Another option has this code."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for in the catalogue; everything empty finds everything.

    `free`: only what is free or of the community. `ended`: what is offered no more, instead.
    """

    words: str = ""
    area: str = ""
    kind: str = ""
    place: str = ""
    access: str = ""
    free: bool = False
    old: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what fits, counted from 1, and how many there are in all."""

    options: list[LocalOption]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; one where there is nothing."""
        return max(1, -(-self.total // A_PAGE))


@dataclass(frozen=True, slots=True)
class Version:
    """An option as it was: which version, how it came, by whom."""

    version: int
    how: str
    by: str | None
    at: Any
    content: dict[str, Any]


def import_options(
    session: Session, options: Iterable[OptionRead], facilitator_id: int | None = None
) -> Imported:
    """Keep these: new ones are added, those with a known code updated, none doubled."""
    added = changed = same = 0
    for option in options:
        before = _locked(session, option.code)
        if before is None:
            before = _insert(session, option)
            if before is not None:
                _keep_version(session, before, "import", facilitator_id)
                added += 1
                continue
            # Somebody imports the same at this very moment, and was first.
            before = _locked(session, option.code)
        if before is None or (before.mark == option.mark and before.ended_at is None):
            same += 1
            continue
        _write(session, before, option, "import", facilitator_id)
        changed += 1
    return Imported(added, changed, same)


def add_option(session: Session, option: OptionRead, facilitator_id: int) -> LocalOption:
    """One more, from the desk. Raises `CodeTaken`."""
    row = _insert(session, option)
    if row is None:
        raise CodeTaken
    _keep_version(session, row, "desk", facilitator_id)
    return row


def change_option(
    session: Session, option_id: int, seen_version: int, option: OptionRead, facilitator_id: int
) -> LocalOption | None:
    """Change it, on the version that was seen; None where it is not there. Its code stays.

    Raises `OptionChanged`.
    """
    row = session.get(LocalOption, option_id, with_for_update=True)
    if row is None:
        return None
    if row.version != seen_version:
        raise OptionChanged
    if row.mark != option.mark or row.ended_at is not None:
        _write(session, row, option, "desk", facilitator_id)
    return row


def end_option(
    session: Session, option_id: int, seen_version: int, facilitator_id: int
) -> LocalOption | None:
    """It is offered no more. It stays where it was chosen, and in the record."""
    row = session.get(LocalOption, option_id, with_for_update=True)
    if row is None:
        return None
    if row.version != seen_version:
        raise OptionChanged
    if row.ended_at is None:
        row.ended_at = row.changed_at = now()
        row.version += 1
        _keep_version(session, row, "ended", facilitator_id)
    return row


def find_options(
    session: Session, rules: CatalogueRules, looked: Looked, today: date
) -> list[LocalOption]:
    """All that fits, by name."""
    return list(_fitting(session.scalars(_by_name(_asked(looked))), rules, looked, today))


def find_page(
    session: Session, rules: CatalogueRules, looked: Looked, today: date, page: int
) -> Found:
    """One page of what fits, by name; the last one where there are not so many."""
    if looked.free or looked.old:
        # These are rules, and no column of the store.
        everything = find_options(session, rules, looked, today)
        at = _there_is(page, len(everything))
        return Found(everything[(at - 1) * A_PAGE : at * A_PAGE], len(everything), at)
    asked = _asked(looked)
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    at = _there_is(page, total)
    rows = session.scalars(_by_name(asked).limit(A_PAGE).offset((at - 1) * A_PAGE))
    return Found(list(rows), total, at)


def _there_is(page: int, total: int) -> int:
    return min(max(page, 1), max(1, -(-total // A_PAGE)))


def _by_name(asked: Select[Any]) -> Select[Any]:
    return asked.order_by(func.lower(LocalOption.title), LocalOption.id)


def _asked(looked: Looked) -> Select[Any]:
    asked = select(LocalOption)
    asked = asked.where(
        LocalOption.ended_at.is_not(None) if looked.ended else LocalOption.ended_at.is_(None)
    )
    for word in looked.words.lower().split():
        within = (LocalOption.title, LocalOption.says, LocalOption.place, LocalOption.tried_by)
        asked = asked.where(or_(*(_holds(column, word) for column in within)))
    if looked.area:
        asked = asked.where(LocalOption.life_areas.contains(f";{looked.area};", autoescape=True))
    if looked.kind:
        asked = asked.where(LocalOption.kind == looked.kind)
    for column, words in ((LocalOption.place, looked.place), (LocalOption.access, looked.access)):
        for word in words.lower().split():
            asked = asked.where(_holds(column, word))
    return asked


def _fitting(
    found: Iterable[LocalOption], rules: CatalogueRules, looked: Looked, today: date
) -> Iterator[LocalOption]:
    return (
        option
        for option in found
        if (not looked.free or is_free(rules, option))
        and (not looked.old or is_old(rules, option.checked_on, today))
    )


def places_of_options(session: Session) -> list[str]:
    """Every place there is something in, by name."""
    asked = select(LocalOption.place).where(LocalOption.ended_at.is_(None)).distinct()
    return sorted(session.scalars(asked))


def versions_of(session: Session, option_id: int) -> list[Version]:
    """All it ever was, the newest first."""
    asked = (
        select(LocalOptionVersion, Facilitator.name)
        .outerjoin(Facilitator, Facilitator.id == LocalOptionVersion.facilitator_id)
        .where(LocalOptionVersion.local_option_id == option_id)
        .order_by(LocalOptionVersion.version.desc())
    )
    return [
        Version(row.version, row.how, by, row.at, row.content) for row, by in session.execute(asked)
    ]


def is_free(rules: CatalogueRules, option: LocalOption) -> bool:
    """Whether it counts as free or of the community."""
    return rules.is_free_or_community(option.kind, option.unit, option.cost_to)


def is_old(rules: CatalogueRules, checked_on: date, today: date) -> bool:
    """Whether nobody has looked for longer than the catalogue allows."""
    return (today - checked_on).days > rules.old_after_months * DAYS_A_MONTH


def _holds(column: Any, word: str) -> Any:
    return func.lower(column).contains(word, autoescape=True)


def _locked(session: Session, code: str) -> LocalOption | None:
    return session.scalars(
        select(LocalOption).where(LocalOption.code == code).with_for_update()
    ).one_or_none()


def _insert(session: Session, option: OptionRead) -> LocalOption | None:
    return insert_once(session, LocalOption, **asdict(option), mark=option.mark)


def _write(
    session: Session,
    row: LocalOption,
    option: OptionRead,
    how: str,
    facilitator_id: int | None,
) -> None:
    for field in fields(option):
        if field.name != "code":
            setattr(row, field.name, getattr(option, field.name))
    row.mark, row.ended_at, row.changed_at = option.mark, None, now()
    row.version += 1
    _keep_version(session, row, how, facilitator_id)


def _keep_version(session: Session, row: LocalOption, how: str, facilitator_id: int | None) -> None:
    content = {field.name: getattr(row, field.name) for field in fields(OptionRead)}
    session.add(
        LocalOptionVersion(
            local_option_id=row.id,
            version=row.version,
            content={**content, "checked_on": row.checked_on.isoformat()},
            how=how,
            facilitator_id=facilitator_id,
        )
    )
