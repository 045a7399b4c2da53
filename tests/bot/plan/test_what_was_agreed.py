"""Outcomes and steps in the plan: in agreed words only, on the page and on paper."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.opening_the_door import DATA
from bot.plan.paper import Paper
from bot.plan.putting_in_words import PlanWords
from bot.reading_words import read_library
from plan_store.opening import Store
from plan_store.reading_a_plan import read_plan
from plan_store.symbols import read_symbols
from plan_store.tables import OutcomeWording, now
from tests.bot.plan.test_on_paper import Written, drawing, paper
from tests.plan_store.deciding_people import (
    WORDS,
    Deciding,
    agreed,
    answers,
    says,
    somebody_who_hopes,
    writes_step,
)

__all__ = ["drawing", "paper"]
NEWER = "I walk big dogs."


@pytest.fixture
def sam(store: Store) -> Deciding:
    """Sam agreed to one wording, then to another; one step is done, one is Aunt Jo's."""
    sam = somebody_who_hopes(store)
    outcome_id = agreed(sam)
    answers(sam, sam.proposes(NEWER, outcome_id), "agrees")
    says(sam, writes_step(sam, outcome_id), "ticks")
    writes_step(sam, outcome_id, "named", days=5)
    sam.proposes("I ride a horse.")
    return sam


def test_the_plan_has_the_agreed_words_and_what_i_used_to_want(sam: Deciding) -> None:
    words = PlanWords(read_library(DATA), read_symbols(DATA))
    with sam.store.reading() as session:
        plan = read_plan(session, sam.person_id)
    assert plan is not None
    (section,) = words.shown(plan, now()).sections
    (made,) = section.blocks[0].made
    assert (made.words, made.before) == (NEWER, (WORDS,))
    assert made.state == words.say("plan_outcome_in_progress")
    done, to_do = made.steps
    assert done[1].startswith("✅ Done on")
    (day,) = {step.by_day for step in plan.items[0].outcomes[0].steps if step.by}
    assert to_do[1] == f"Aunt Jo does this by {day:%A} {day.day} {day:%B}."
    assert isinstance(day, date)


@pytest.mark.needs("pango")
def test_it_stands_on_paper_too(sam: Deciding, paper: Paper, tmp_path: Path) -> None:
    with sam.store.reading() as session:
        assert session.scalars(select(OutcomeWording)).all()
        plan = read_plan(session, sam.person_id)
    assert plan is not None
    drawn = Written(paper.draw(plan, {}, now()), tmp_path)
    text = " ".join(drawn.text.split())
    assert NEWER in text
    assert "Ring the dogs' home" in text
    assert "Aunt Jo does this by" in text
    assert "I ride a horse" not in text
    assert WORDS not in text
