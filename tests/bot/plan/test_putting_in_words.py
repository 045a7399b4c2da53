"""A plan in words: which words stand where, and that each word written for it is used."""

import re
from dataclasses import replace

import pytest

from bot.opening_the_door import DATA
from bot.plan.as_shown import PlanShown
from bot.plan.putting_in_words import PlanWords
from bot.reading_words import read_library
from plan_store.symbols import read_symbols
from plan_store.tables import now
from plan_store.whole_plan import Card, Item, Part, Plan
from tests.bot.plan.plans import CHAPTERS, a_plan_of, asked, item_of

# Keys that are put together from a part, a kind or an audience.
PUT_TOGETHER = re.compile(r"plan_(area|part|left|how|sees|important|cards|outcome)_\w+")


@pytest.fixture(scope="module")
def words() -> PlanWords:
    """Puts plans in words, as in life."""
    symbols = read_symbols(DATA)
    return PlanWords(read_library(DATA, symbols.descriptions), symbols)


def shown(words: PlanWords, *items: Item, **more: object) -> PlanShown:
    plan: Plan = replace(a_plan_of("Sam", "", ""), items=items, **more)  # type: ignore[arg-type]
    return words.shown(plan, now())


def test_an_entry_is_headed_by_its_question_also_after_a_change(words: PlanWords) -> None:
    entry = item_of(1, "good_now", "entry", "I am funy")
    older = entry.parts[0].said
    newer = replace(older, id=9, words="I am funny", question="again.entry")
    changed = replace(entry, parts=(Part("entry", newer, (older,)),))
    (section,) = shown(words, changed).sections
    chapter = CHAPTERS.about("good_now")
    assert chapter is not None
    assert section.blocks[0].heading == chapter.questions[0].text
    assert section.blocks[0].lines[0].words == "I am funny"
    assert section.blocks[0].lines[0].symbol is not None


def test_a_heading_asks_and_does_not_warn(words: PlanWords) -> None:
    """The sentence about danger belongs to the question in the chat."""
    entry = item_of(1, "support", "entry", "my neighbour")
    about = replace(entry.parts[0].said, question="support_stay_away")
    (section,) = shown(words, replace(entry, parts=(Part("entry", about),))).sections
    assert section.blocks[0].heading == "Is there anybody you want to stay away from?"
    for chapter in CHAPTERS:
        for question in chapter.questions if chapter.is_profile else ():
            assert re.fullmatch(r"[^.?!]+[.?!]?", question.heading or question.text)


def test_what_was_never_read_back_does_not_stand_as_theirs(words: PlanWords) -> None:
    """They agreed to their words, and not to what the listener read out of them."""
    hope = item_of(1, "home", "hope", "I want to live in Derby with my cat")
    found = [item_of(number, "home", part, "Derby") for number, part in ((2, "where"), (3, "when"))]
    activity = item_of(4, "home", "activity", "live")
    parts = (*hope.parts, *(item.parts[0] for item in (*found, activity)))
    (section,) = shown(words, replace(hope, parts=parts, agreed_at=now())).sections
    (block,) = section.blocks
    assert [line.label for line in block.lines] == ["What I want", "When"]
    assert block.is_agreed


@pytest.mark.parametrize("said", ["😀 Very important", "very", "VERY!"])
def test_how_important_is_one_of_three_also_when_it_was_typed(words: PlanWords, said: str) -> None:
    hope = item_of(1, "home", "hope", "a flat")
    important = item_of(2, "home", "important", said).parts[0]
    (section,) = shown(words, replace(hope, parts=(*hope.parts, important))).sections
    line = section.blocks[0].lines[1]
    assert (line.words, line.own) == ("Very important", False)
    assert line.symbol is not None
    assert line.symbol.key == "very"


def test_own_words_about_how_important_it_is_stay_own_words(words: PlanWords) -> None:
    item = item_of(1, "home", "important", "more than anything")
    (section,) = shown(words, item).sections
    assert (section.blocks[0].lines[0].words, section.blocks[0].lines[0].own) == (
        "more than anything",
        True,
    )


def test_who_can_see_it_is_named(words: PlanWords) -> None:
    item = item_of(1, "home", "hope", "a flat")
    for audiences, said in (
        ((), ("🔒 Only me",)),
        (("facilitator", "circle"), ("🙂 Me", "🧑 My facilitator", "👥 My circle")),
    ):
        (section,) = shown(words, replace(item, seen_by=audiences)).sections
        assert section.blocks[0].seen_by == said


def test_the_newest_hope_stands_first_and_what_was_left_is_named(words: PlanWords) -> None:
    hopes = [item_of(number, "home", "hope", f"hope {number}") for number in (1, 2)]
    chapter = CHAPTERS.about("health")
    assert chapter is not None
    plan = shown(words, *hopes, left=(chapter.chapter,), waiting=(asked("health", "hope"),))
    home, health = plan.sections
    assert [block.lines[0].words for block in home.blocks] == ["hope 2", "hope 1"]
    assert (health.blocks, health.left_empty) == ((), "I left this empty.")
    assert plan.waiting.startswith("⏳")


def test_a_sorted_picture_has_the_label_of_its_own_chapter(words: PlanWords) -> None:
    """The same key is another picture in another chapter."""
    said = item_of(1, "home", "hope", "x").parts[0].said
    for life_area, label in (
        ("good_now", "Films and TV"),
        ("friends_community", "Going to see a film"),
    ):
        laid = replace(
            item_of(1, "home", "hope", "x"),
            kind="sorted",
            life_area=life_area,
            parts=(),
            cards=(Card("films", "like", said), Card("gone", "like", said)),
        )
        (section,) = shown(words, laid).sections
        assert [name for name, _ in section.blocks[0].piles[0].cards] == [label]


def test_whom_pictures_are_not_for_is_shown_none(words: PlanWords) -> None:
    item = item_of(1, "home", "hope", "a flat")
    assert shown(words, item).symbols == {"house"}
    assert shown(words, item, pictures=False).symbols == set()


def test_every_word_for_a_plan_is_used() -> None:
    code = "".join(
        file.read_text(encoding="utf-8")
        for pattern in ("*.py", "*.html")
        for file in (DATA.parent / "bot").rglob(pattern)
    )
    library = read_library(DATA, read_symbols(DATA).descriptions)
    keys = [key for key in library.words if key.startswith("plan_")]
    assert len(keys) > 50
    for key in keys:
        assert f'"{key}"' in code or PUT_TOGETHER.fullmatch(key), f"{key} is said nowhere"
