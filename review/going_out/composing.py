"""A plan laid out as a document: headings, and lines with where each comes from.

Comes in: what may go out, and a layout. Goes out: a `Document`, which Word and paper only dress.
First person stays first person: their own words stand in quotation marks, and whose words a line
has is said beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from plan_store.chapters import Chapters
from plan_store.life_areas import NOT_READ_BACK
from plan_store.the_time_here import day_of
from plan_store.what_a_facilitator_sees import OutcomeSeen, StepOfPlan
from plan_store.whole_plan import Item, Said
from review.going_out.layouts import Exports, Layout, Takes
from review.going_out.what_goes_out import GoingOut

# What no document can hold: signs that steer a machine, and halves of signs.
NO_LETTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what it is about, the words, and whose they are. `own`: quoted, first person."""

    label: str
    words: str
    whose: str
    own: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", NO_LETTERS.sub(" ", self.words))


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together: a hope with its parts, an outcome with its steps."""

    heading: str
    lines: tuple[Line, ...]
    steps: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading. `note`: said where there is nothing."""

    heading: str
    groups: tuple[Group, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    steps: str


class Composing:
    """Lays one plan out."""

    def __init__(self, going: GoingOut, chapters: Chapters, words: Exports) -> None:
        self._going = going
        self._chapters = chapters
        self._words = words
        self._taken: set[int] = set()

    def document(self, layout: Layout) -> Document:
        """The plan in this layout."""
        self._taken = set()
        name, going = self._going.name, self._going
        about = [self._words.say("words", "made", name=name, date=day(going.at))]
        if going.facilitators:
            who = ", ".join(each for _, each in going.facilitators)
            about.append(self._words.say("words", "facilitators", name=name, who=who))
        if going.not_agreed:
            about.append(self._words.say("words", "left_out", name=name, count=going.not_agreed))
        sections = []
        for section in layout.sections:
            groups = tuple(group for takes in section.takes for group in self._groups(takes))
            note = "" if groups else self._words.say("words", "nothing")
            if not groups and any(takes.budget for takes in section.takes):
                note = self._words.say("money", "none")
            sections.append(Section(section.heading.format(name=name), groups, note))
        return Document(
            layout.title.format(name=name),
            tuple(about),
            tuple(sections),
            self._words.say("words", "steps"),
        )

    def _groups(self, takes: Takes) -> Iterator[Group]:
        for item in self._items(takes):
            self._taken.add(item.id)
            yield from self._entry(item) if item.kind != "hope" else self._hope(item, takes)
        if takes.outcomes and not takes.hopes:
            for hope in self._going.hopes:
                for outcome in self._going.outcomes.get(hope.id, ()):
                    yield self._outcome(outcome, self._words.areas[hope.life_area])
        if takes.budget and self._going.budget is not None:
            yield self._budget()

    def _items(self, takes: Takes) -> list[Item]:
        free = [item for item in self._going.plan.items if item.id not in self._taken]
        found = [
            item
            for item in free
            if (item.kind != "hope" and takes.rest)
            or (item.kind != "hope" and item.life_area in takes.areas)
            or (item.kind == "hope" and takes.hopes)
            or any(set(takes.questions) & set(part.questions) for part in item.parts)
        ]
        return [item for item in found if item.said or item.cards]

    def _entry(self, item: Item) -> Iterator[Group]:
        lines = []
        for part in item.said:
            found = self._chapters.with_question(part.questions[-1])
            label = (
                found[1].heading or found[1].text if found else self._words.areas[item.life_area]
            )
            lines.append(self._line(label, part.said))
        chapter = self._chapters.about(item.life_area)
        ways: dict[str, list[str]] = {}
        for card in item.cards:
            known = self._chapters.card(f"{chapter.chapter}.{card.key}") if chapter else None
            if card.way in self._words.parts:
                ways.setdefault(card.way, []).append(known.label if known else card.key)
        last = item.cards[-1].said if item.cards else None
        lines += [
            Line(self._words.parts[way], ", ".join(labels), self._whose(last), own=False)
            for way, labels in ways.items()
            if last is not None
        ]
        if lines:
            heading = self._words.areas[item.life_area] if item.cards else lines[0].label
            yield Group(heading, tuple(lines))

    def _hope(self, item: Item, takes: Takes) -> Iterator[Group]:
        lines = [
            self._line(self._words.parts.get(part.name, part.name), part.said)
            for part in item.said
            if part.name not in NOT_READ_BACK
        ]
        yield Group(self._words.areas[item.life_area], tuple(lines))
        if takes.outcomes:
            for outcome in self._going.outcomes.get(item.id, ()):
                yield self._outcome(outcome, self._words.areas[item.life_area])

    def _outcome(self, outcome: OutcomeSeen, heading: str) -> Group:
        wording = outcome.agreed
        assert wording is not None, "only agreed ones go out"  # noqa: S101
        said = self._words.say(
            "whose",
            "agreed",
            name=self._going.name,
            by=wording.by,
            date=day(wording.answered_at or wording.proposed_at),
        )
        steps = tuple(self._step(step) for step in outcome.steps if step.status != "cancelled")
        return Group(heading, (Line("", wording.words, said, own=False),), steps)

    def _step(self, step: StepOfPlan) -> Line:
        by = step.by or self._words.say("whose", "person", name=self._going.name)
        status = self._words.statuses.get(step.status, step.status)
        whose = self._words.say("whose", "step", by=by, date=day(step.by_day), status=status)
        return Line("", step.words, whose, own=False)

    def _budget(self) -> Group:
        budget = self._going.budget
        assert budget is not None  # noqa: S101
        amounts = {
            "weekly": budget.weekly,
            "yearly": budget.yearly,
            "once": budget.once,
            "direct_payment": budget.direct_payment,
        }
        whose = self._words.say("money", "agreed", date=day(budget.agreed_at or budget.at))
        lines = tuple(
            Line("", self._words.say("money", what, amount=pounds(pence)), whose, own=False)
            for what, pence in amounts.items()
            if pence
        )
        return Group("", lines)

    def _line(self, label: str, said: Said) -> Line:
        words = said.words.strip()
        if not words and said.recording is not None:
            recording = self._words.say("whose", "recording", name=self._going.name)
            return Line(label, recording, self._whose(said), own=False)
        return Line(label, words, self._whose(said), own=said.said_by == "person")

    def _whose(self, said: Said) -> str:
        key = "own_helped" if said.helped else "own"
        return self._words.say(
            "whose",
            key if said.said_by == "person" else "supporter",
            name=self._going.name,
            how=self._words.ways.get(said.how, said.how),
            date=day(said.at),
        )


def day(moment: date | datetime) -> str:
    """A day as people write it: 3 May 2026."""
    there = day_of(moment) if isinstance(moment, datetime) else moment
    return there.strftime("%-d %B %Y")


def pounds(pence: int) -> str:
    """1234567 as 12,345.67; whole pounds without pence."""
    whole, rest = divmod(pence, 100)
    return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
