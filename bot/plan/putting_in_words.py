"""Putting a plan in words: every heading, label and date around what the person said themselves.

Comes in: the plan as plain data, and the library. Goes out: the plan as it is shown.
"""

from dataclasses import replace
from datetime import datetime

from bot.plan.as_shown import Block, Line, Made, Pile, PlanShown, Section, Symbol, Written
from bot.safety import plainly
from bot.saying_what_was_decided import said_day
from bot.words import Library
from plan_store.chapters import Question, ReadyAnswer
from plan_store.life_areas import ENTRY, LIFE_AREAS, NOT_READ_BACK, PROFILE_HEADINGS, is_profile
from plan_store.symbols import Symbols
from plan_store.the_time_here import here
from plan_store.whole_plan import Agreed, Given, Item, Part, Plan, Said, ToDo

# The order of a plan: who I am, the dream, then the areas of life.
ORDER = (
    *PROFILE_HEADINGS,
    "dream",
    *(area for area in LIFE_AREAS if area not in PROFILE_HEADINGS and area != "dream"),
)
PARTS = (
    "hope",
    ENTRY,
    "important",
    "with_whom",
    "when",
    "help",
    "first_step",
)
LEVELS = ("very", "a_bit", "not_much")
HOW_FAR = ("achieved", "improving", "not-achieved", "in-progress")
WAYS = ("like", "not_sure", "dislike")


class PlanWords:
    """Puts plans in words."""

    def __init__(self, library: Library, symbols: Symbols) -> None:
        self._library = library
        self._chapters = library.chapters
        self._symbols = symbols

    def say(self, key: str, **filling: str) -> str:
        """Words of the library, filled."""
        return self._library.words[key].wordings["text"].format_map(filling)

    def shown(self, plan: Plan, at: datetime) -> PlanShown:
        """The whole plan, as it is at this moment; without symbols for whom has chosen none."""
        if plan.pictures is False:
            without = PlanWords(self._library, Symbols({}))
            return without.shown(replace(plan, pictures=None), at)
        name = (plan.called or "").strip()
        return PlanShown(
            name=name,
            title=self.say("plan_title_of", name=name) if name else self.say("plan_title"),
            date=self.say("plan_date", date=day(at)),
            sections=tuple(
                section
                for section in (*(self._section(plan, area) for area in ORDER), self._told(plan))
                if section.blocks or section.left_empty
            ),
            answers=self._written(plan.answers),
            waiting=self.say("plan_waiting") if plan.waiting else "",
        )

    def _section(self, plan: Plan, area: str) -> Section:
        items = [item for item in plan.of(area) if item.parts or item.cards]
        # Entries stand as they were asked; of hopes the newest stands first.
        ordered = items if is_profile(area) else items[::-1]
        blocks = tuple(self._block(item) for item in ordered)
        left = not blocks and self._chapter_of(area) in plan.left
        return Section(
            area,
            self.say(f"plan_area_{area}"),
            blocks,
            self.say("plan_left_chapter") if left else "",
        )

    def _told(self, plan: Plan) -> Section:
        only_me = (self.say("plan_sees_only_me"),)
        return Section(
            "told",
            self.say("plan_area_told"),
            tuple(
                Block(
                    f"told-{said.id}",
                    self.say("plan_part_entry"),
                    (self._line(Part(ENTRY, said)),),
                    seen_by=only_me,
                    is_only_mine=True,
                )
                for said in plan.told
            ),
        )

    def _block(self, item: Item) -> Block:
        # What only the listener read out of their words was never read back: it is not theirs.
        theirs = [part for part in item.parts if part.name not in NOT_READ_BACK]
        in_order = sorted(theirs, key=_place)
        lines = tuple(self._line(part) for part in in_order if part.said.kind == "said")
        first = in_order[0] if in_order else None
        question = self._question(first) if first and item.kind == "entry" else None
        heading = (question.heading or question.text) if question else ""
        return Block(
            key=f"item-{item.id}",
            heading=heading or (lines[0].label if lines else self.say(_main(item))),
            lines=lines,
            piles=self._piles(item),
            empty=tuple(
                (self.say(f"plan_part_{part.name}"), self.say(f"plan_left_{part.said.kind}"))
                for part in in_order
                if part.said.kind != "said"
            ),
            agreed=self.say("plan_agreed" if item.is_agreed else "plan_not_agreed")
            if lines
            else "",
            is_agreed=item.is_agreed,
            seen_by=self._seen_by(item.seen_by),
            is_only_mine=not item.seen_by,
            answers=self._written(item.answers),
            made=tuple(self._made(each) for each in item.outcomes),
        )

    def _made(self, agreed: Agreed) -> Made:
        how_far = agreed.achievement if agreed.achievement in HOW_FAR else "in-progress"
        state = "resting" if agreed.status == "on-hold" else how_far.replace("-", "_")
        return Made(
            agreed.words,
            self.say(f"plan_outcome_{state}"),
            agreed.before,
            tuple((step.words, self._who_does_it(step)) for step in agreed.steps),
        )

    def _who_does_it(self, step: ToDo) -> str:
        if step.done_at is not None:
            return self.say("plan_step_done", date=day(step.done_at))
        date = said_day(step.by_day)
        if step.by is None:
            return self.say("plan_step_mine", date=date)
        return self.say("plan_step_theirs", facilitator=step.by, date=date)

    def _line(self, part: Part) -> Line:
        said = part.said
        label = self.say(f"plan_part_{part.name}")
        how = self._how(said)
        question = self._question(part)
        answer = _ready_answer(said, question)
        level = _level(said, answer) if part.name == "important" else None
        symbol = self._symbol(level or _picture(answer, question))
        if level is not None:
            icon, _, words = self.say(f"plan_important_{level}").partition(" ")
            return Line(label, words, how, own=False, icon=icon, helped=said.helped, symbol=symbol)
        words, beside, beside_is = said.words.strip(), said.short or "", ""
        if beside and said.short_first:
            words, beside, beside_is = beside, words, self.say("plan_all_words")
        elif beside:
            beside_is = self.say("plan_short_beside")
        return Line(
            label,
            words,
            how,
            beside=beside,
            beside_is=beside_is,
            helped=said.helped,
            symbol=symbol,
            recording=said.recording,
        )

    def _how(self, said: Said) -> str:
        key = f"plan_how_{said.how}"
        known = key if key in self._library.words else "plan_how_typed"
        how = self.say(known, date=day(said.at))
        return f"{how} {self.say('plan_how_helped')}" if said.helped else how

    def _question(self, part: Part) -> Question | None:
        """The chapter's question that this part answers."""
        for key in part.questions:
            if found := self._chapters.with_question(key):
                return found[1]
        return None

    def _symbol(self, key: str | None) -> Symbol | None:
        symbol = self._symbols.get(key)
        return Symbol(symbol.key, symbol.description) if symbol else None

    def _piles(self, item: Item) -> tuple[Pile, ...]:
        chapter = self._chapters.about(item.life_area)
        laid: dict[str, list[tuple[str, Symbol | None]]] = {way: [] for way in WAYS}
        for card in item.cards:
            # Two chapters may have a picture with the same key: this item is about one of them.
            known = chapter.card(card.key) if chapter else None
            if known is not None and card.way in laid:
                laid[card.way].append((known.label, self._symbol(known.picture)))
        return tuple(
            Pile(self.say(f"plan_cards_{way}"), tuple(those))
            for way, those in laid.items()
            if those
        )

    def _seen_by(self, audiences: tuple[str, ...]) -> tuple[str, ...]:
        known = [each for each in audiences if f"plan_sees_{each}" in self._library.words]
        if not known:
            return (self.say("plan_sees_only_me"),)
        return tuple(self.say(f"plan_sees_{each}") for each in ("me", *known))

    def _written(self, answers: tuple[Given, ...]) -> tuple[Written, ...]:
        return tuple(
            Written(self.say("plan_answer", facilitator=given.by, date=day(given.at)), given.words)
            for given in answers
        )

    def _chapter_of(self, area: str) -> str | None:
        chapter = self._chapters.about(area)
        return chapter.chapter if chapter else None


def day(moment: datetime) -> str:
    """The day in London, as in "22 November 2026"."""
    there = here(moment)
    return f"{there.day} {there:%B %Y}"


def clock(moment: datetime) -> str:
    """The time in London, as in "18:40"."""
    return f"{here(moment):%H:%M}"


def _place(part: Part) -> int:
    return PARTS.index(part.name) if part.name in PARTS else len(PARTS)


def _main(item: Item) -> str:
    """What an item without words is headed by."""
    return {"entry": "plan_part_entry", "sorted": "plan_cards"}.get(item.kind, "plan_part_hope")


def _ready_answer(said: Said, question: Question | None) -> ReadyAnswer | None:
    """The answer of the question's own that this is: tapped, or typed by one of its names."""
    plain = plainly(said.words)
    for answer in question.answers if question else ():
        names = {plainly(name) for name in (answer.label, *answer.also)}
        if said.chosen == answer.answer or plain in names:
            return answer
    return None


def _level(said: Said, answer: ReadyAnswer | None) -> str | None:
    """How important, on the scale of three faces: as it was tapped, or said in its words."""
    level = answer.answer if answer else said.chosen
    return level if level in LEVELS else None


def _picture(answer: ReadyAnswer | None, question: Question | None) -> str | None:
    """The key of its symbol: the answer's own, else the question's."""
    if answer is not None and answer.picture:
        return answer.picture
    return question.picture if question else None
