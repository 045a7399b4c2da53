"""A plan as it is shown, in words: what the page and the paper are filled with.

Comes in: from `bot.plan.putting_in_words`. Goes out: to templates, which add no words of their own.
"""

from dataclasses import dataclass

from plan_store.whole_plan import Recording


@dataclass(frozen=True, slots=True)
class Symbol:
    """A picture of the picture set, by its key, and what it shows in one sentence."""

    key: str
    description: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said. `words` stand first; `beside` is the other form of them, and
    `beside_is` names which.

    `own`: the words are theirs, and stand in quotation marks. `how`: how and when it was said.
    """

    label: str
    words: str
    how: str
    own: bool = True
    icon: str = ""
    beside: str = ""
    beside_is: str = ""
    helped: bool = False
    symbol: Symbol | None = None
    recording: Recording | None = None


@dataclass(frozen=True, slots=True)
class Pile:
    """Sorted pictures that lie together."""

    label: str
    cards: tuple[tuple[str, Symbol | None], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a facilitator wrote: who and when, and the words."""

    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a hope: the agreed words, how far it is, what was agreed before, and steps,
    each with who does it by when.
    """

    words: str
    state: str
    before: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One hope or entry. `heading` is the question it answers, or what its main line is.

    `is_only_mine`: nobody else may see it, which paper need not say.
    """

    key: str
    heading: str
    lines: tuple[Line, ...]
    piles: tuple[Pile, ...] = ()
    empty: tuple[tuple[str, str], ...] = ()
    agreed: str = ""
    is_agreed: bool = False
    seen_by: tuple[str, ...] = ()
    is_only_mine: bool = False
    answers: tuple[Written, ...] = ()
    made: tuple[Made, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the plan, under its heading."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    left_empty: str = ""


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The whole plan, in words."""

    name: str
    title: str
    date: str
    sections: tuple[Section, ...]
    answers: tuple[Written, ...] = ()
    waiting: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not any(section.blocks for section in self.sections) and not self.answers

    @property
    def symbols(self) -> set[str]:
        """The keys of all pictures of the set in it."""
        blocks = [block for section in self.sections for block in section.blocks]
        found = [line.symbol for block in blocks for line in block.lines]
        found += [symbol for block in blocks for pile in block.piles for _, symbol in pile.cards]
        return {symbol.key for symbol in found if symbol is not None}
