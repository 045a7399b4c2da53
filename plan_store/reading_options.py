"""Reading options: one row of a file, or one form of the desk, and a whole file of rows.

Comes in: text. Goes out: options that are whole and easy to read, or every mistake with its line.
Pure: nothing is kept here.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from plan_store.catalogue_rules import FREE, CatalogueRules
from plan_store.counting_money import NotMoney, pence
from plan_store.life_areas import HOPE_AREAS
from plan_store.plain_words import Lists, breaches, check_message

NEEDED = ("code", "title", "says", "kind", "life_areas", "unit", "place", "checked", "source")
COLUMNS = (*NEEDED, "cost_from", "cost_to", "access", "tried_by", "contact")
LONGEST = {"code": 64, "title": 80, "says": 300, "place": 120}
LONGEST_OTHER = 500
MOST_LINES = 5000
# As data/words/options.yml has it: what stands before the name of an option in the chat.
SHOWN_BEFORE = "Idea 10 of 10: "
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UK_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class OptionRead:
    """One option, checked. Costs are pence."""

    code: str
    title: str
    says: str
    kind: str
    life_areas: str
    cost_from: int
    cost_to: int
    unit: str
    place: str
    access: str
    tried_by: str
    contact: str
    source: str
    checked_on: date

    @property
    def mark(self) -> str:
        """The same for the same content: an import that changes nothing writes nothing."""
        content = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Wrong:
    """One mistake: its line (0: the file as a whole, or a form), the field, and what is wrong."""

    line: int
    field: str
    what: str
    value: str = ""
    allowed: str = ""

    def said(self, rules: CatalogueRules) -> str:
        """The mistake as a sentence."""
        return rules.wrong[self.what].format(
            field=rules.fields.get(self.field, self.field), value=self.value, allowed=self.allowed
        )


class OptionsWrong(Exception):
    """These options cannot be taken; nothing is kept. Has every mistake."""

    def __init__(self, mistakes: list[Wrong]) -> None:
        super().__init__(len(mistakes))
        self.mistakes = mistakes


def read_option(
    typed: Mapping[str, str], rules: CatalogueRules, lists: Lists, today: date, line: int = 0
) -> OptionRead:
    """One option from its fields. Raises `OptionsWrong` with every mistake in it."""
    reading = _Reading({name: _tidy(typed.get(name) or "") for name in COLUMNS}, rules, line)
    option = reading.read(lists, today)
    if reading.wrong:
        raise OptionsWrong(reading.wrong)
    return option


def read_file(content: bytes, rules: CatalogueRules, lists: Lists, today: date) -> list[OptionRead]:
    """All options of a CSV file. Raises `OptionsWrong` with every mistake in the file."""
    rows = _rows(content)
    found: dict[str, int] = {}
    options, wrong = [], []
    for line, row in rows:
        try:
            option = read_option(row, rules, lists, today, line)
        except OptionsWrong as mistakes:
            wrong += mistakes.mistakes
            continue
        if option.code in found:
            wrong.append(Wrong(line, "code", "twice", option.code, str(found[option.code])))
        found.setdefault(option.code, line)
        options.append(option)
    if wrong:
        raise OptionsWrong(wrong)
    return options


class _Reading:
    def __init__(self, typed: dict[str, str], rules: CatalogueRules, line: int) -> None:
        self.typed, self.rules, self.line = typed, rules, line
        self.wrong: list[Wrong] = []

    def read(self, lists: Lists, today: date) -> OptionRead:
        typed = self.typed
        for name in NEEDED:
            if not typed[name]:
                self._amiss(name, "missing")
        for name, value in typed.items():
            longest = LONGEST.get(name, LONGEST_OTHER)
            if len(value) > longest:
                self._amiss(name, "too_long", allowed=str(longest))
        if typed["code"] and not CODE.fullmatch(typed["code"]):
            self._amiss("code", "code")
        self._one_of("kind", self.rules.kinds)
        self._one_of("unit", self.rules.units)
        cost_from, cost_to = self._costs()
        self._easy(lists)
        return OptionRead(
            **{name: typed[name] for name in ("code", "title", "says", "kind", "unit", "place")},
            **{name: typed[name] for name in ("access", "tried_by", "contact", "source")},
            life_areas=self._areas(),
            cost_from=cost_from,
            cost_to=cost_to,
            checked_on=self._day(today),
        )

    def _amiss(self, field: str, what: str, allowed: str = "") -> None:
        self.wrong.append(Wrong(self.line, field, what, self.typed.get(field, ""), allowed))

    def _one_of(self, field: str, known: Mapping[str, object]) -> None:
        if self.typed[field] and self.typed[field] not in known:
            self._amiss(field, "not_one_of", ", ".join(known))

    def _areas(self) -> str:
        named = [part.strip() for part in self.typed["life_areas"].split(";") if part.strip()]
        for area in named:
            if area not in HOPE_AREAS:
                self.wrong.append(
                    Wrong(self.line, "life_areas", "not_one_of", area, ", ".join(HOPE_AREAS))
                )
        # Always in one order, and with its ends marked, so that a query finds one by itself.
        return "".join(f";{area}" for area in HOPE_AREAS if area in named) + ";"

    def _costs(self) -> tuple[int, int]:
        amounts: dict[str, int | None] = {}
        for name in ("cost_from", "cost_to"):
            typed = self.typed[name]
            try:
                amounts[name] = pence(typed) if typed else None
            except NotMoney:
                self._amiss(name, "money")
                return 0, 0
        lowest, highest = amounts["cost_from"], amounts["cost_to"]
        if self.typed["unit"] == FREE:
            if lowest or highest:
                self._amiss("cost_to" if highest else "cost_from", "free_costs")
            return 0, 0
        if highest is None:
            highest = lowest
        if not highest:
            self._amiss("cost_to", "costs_nothing")
            return 0, 0
        lowest = lowest if lowest is not None else highest
        if highest < lowest:
            self._amiss("cost_to", "wrong_way_round", self.typed["cost_from"])
        return lowest, highest

    def _day(self, today: date) -> date:
        typed = self.typed["checked"]
        found = UK_DATE.fullmatch(typed)
        try:
            if found is not None:
                day = date(int(found[3]), int(found[2]), int(found[1]))
            else:
                day = date.fromisoformat(typed)
        except ValueError:
            if typed:
                self._amiss("checked", "date")
            return today
        if day > today:
            self._amiss("checked", "in_the_future")
        return day

    def _easy(self, lists: Lists) -> None:
        """What the chat will say has to be easy, and asks nothing. What has a capital is a name."""
        words = (self.typed["title"] + " " + self.typed["place"]).split()
        names = [word for word in words if word[:1].isupper()]
        for field in ("title", "says", "place"):
            said = self.typed[field]
            if "?" in said:
                self._amiss(field, "question")
            for finding in breaches(check_message(said, lists, names=names)) if said else ():
                self._amiss(field, "hard", f"{finding.says} {finding.suggestion}")
        # In the chat they stand in one message, with the number of the idea before them.
        if not self.wrong and self.typed["says"]:
            whole = f"{SHOWN_BEFORE}{self.typed['title']}.\n\n{self.typed['says']}"
            for finding in breaches(check_message(whole, lists, names=names)):
                self._amiss("says", "hard", f"{finding.says} {finding.suggestion}")


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows by column, each with its line; lines that begin with # are not read."""
    lines = _text(content).splitlines(keepends=True)
    before = 0
    while before < len(lines) and (lines[before].startswith("#") or not lines[before].strip()):
        before += 1
    if before == len(lines):
        raise OptionsWrong([Wrong(0, "", "empty")])
    delimiter = ";" if lines[before].count(";") > lines[before].count(",") else ","
    reader = csv.reader(io.StringIO("".join(lines[before:])), delimiter=delimiter, strict=True)
    found = list(_cells(reader, before))
    if not found:
        raise OptionsWrong([Wrong(0, "", "empty")])
    if len(found) > MOST_LINES:
        raise OptionsWrong([Wrong(0, "", "too_many", allowed=str(MOST_LINES))])
    return found


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OptionsWrong([Wrong(0, "", "not_text")]) from None
    if "\0" in text:
        raise OptionsWrong([Wrong(0, "", "not_text")])
    return text


def _cells(reader: Any, before: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line it begins at; a row may go over several lines."""
    begins = before + 1
    try:
        header = [name.strip().lower() for name in next(reader)]
        _check_header(header, begins)
        begins = before + reader.line_num + 1
        for cells in reader:
            line, begins = begins, before + reader.line_num + 1
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            if len(cells) > len(header):
                raise OptionsWrong([Wrong(line, "", "too_many_cells")])
            yield line, dict(zip(header, cells, strict=False))
    except csv.Error:
        raise OptionsWrong([Wrong(begins, "", "not_csv")]) from None


def _check_header(header: list[str], line: int) -> None:
    wrong = []
    if missing := [name for name in NEEDED if name not in header]:
        wrong.append(Wrong(line, "", "no_header", allowed=", ".join(missing)))
    wrong += [
        Wrong(line, "", "unknown_column", name, ", ".join(COLUMNS))
        for name in header
        if name and name not in COLUMNS
    ]
    if wrong:
        raise OptionsWrong(wrong)


def _tidy(typed: str) -> str:
    return " ".join(typed.split())
