"""A living desk for a newcomer, and what its charts count."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plan_store.counting_outcomes import count_outcomes, last_months
from plan_store.opening import Store
from plan_store.roles import Viewer
from plan_store.tables import Person, now
from review.demonstrating.__main__ import PASSWORD, fill
from review.demonstrating.__main__ import main as demo
from review.demonstrating.reading_stories import read_stories
from review.factor_codes import FactorCodes
from tests.review.conftest import Visitor, facilitator

MANAGER = Viewer(0, frozenset({"manager"}))


@pytest.fixture
def invented(store: Store) -> list[str]:
    """The demonstration's people; the first account's recovery codes."""
    return fill(store, read_stories(), FactorCodes("a secret of this test"))


def test_everybody_is_marked_as_invented(store: Store, invented: list[str]) -> None:
    with store.reading() as session:
        called = [person.called or "" for person in session.query(Person)]
    assert len(called) == len(read_stories().people) >= 10
    assert all(name.endswith("(invented)") for name in called)
    assert len(invented) == 10


def test_filled_once(store: Store, invented: list[str]) -> None:
    assert fill(store, read_stories(), FactorCodes("a secret of this test")) == []
    with store.reading() as session:
        assert session.query(Person).count() == len(read_stories().people)


def test_what_became_of_hopes_is_counted(store: Store, invented: list[str]) -> None:
    with store.reading() as session:
        found = count_outcomes(session, MANAGER)
    of = {area.area: (area.hopes, area.agreed, area.happened) for area in found.areas}
    assert of == {
        "work_learning": (4, 2, 0),
        "home": (3, 2, 1),
        "friends_community": (2, 2, 2),
        "health": (2, 1, 1),
        # Bee has not agreed to the wording yet.
        "dream": (1, 0, 0),
    }
    assert sum(month.agreed for month in found.months) == 7
    assert sum(month.happened for month in found.months) == 4
    # What happened weeks ago stands in its month.
    assert len([month for month in found.months if month.agreed]) > 1


def test_a_year_ends_with_this_month() -> None:
    months = last_months(now().replace(year=2026, month=2, day=3))
    assert (months[0], months[-1], len(months)) == (date(2025, 3, 1), date(2026, 2, 1), 12)


def test_the_page_has_each_number_in_a_table_too(
    store: Store, invented: list[str], visit: Callable[[], Visitor]
) -> None:
    cora = facilitator(visit, store, "Cora", "manager")
    page = cora.opens("/outcomes")
    assert "Work and learning 4 2 0" in page.text.replace("\n", " ")
    for chart in ("areas.svg", "months.svg"):
        response = cora.client.get(f"/outcomes/{chart}")
        assert response.headers["content-type"].startswith("image/svg+xml")
        assert ElementTree.fromstring(response.content).tag.endswith("svg")
    assert cora.client.get("/outcomes/else.svg").status_code == 404


def test_who_sees_nobody_counts_nobody(
    store: Store, invented: list[str], visit: Callable[[], Visitor]
) -> None:
    eve = facilitator(visit, store, "Eve", "facilitator")
    assert "Nothing is shared yet." in eve.opens("/outcomes").text
    keeper = facilitator(visit, store, "Kim", "administrator")
    assert keeper.client.get("/outcomes").status_code == 403


def test_the_verb_fills_a_store_of_its_own_and_says_how_to_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAR_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/real")
    assert demo(["--only-fill"]) == 0
    said = capsys.readouterr().out
    assert "ann@demo.invalid" in said
    assert PASSWORD in said
    assert (tmp_path / "demo" / "myway.sqlite").is_file()
    assert not (tmp_path / "myway.sqlite").exists(), "the real store is not touched"
    assert demo(["--only-fill"]) == 0
    assert "new ones: ./myway demo --anew" in capsys.readouterr().out
    assert demo(["--only-fill", "--anew"]) == 0
    assert "each once" in capsys.readouterr().out
    shutil.rmtree(tmp_path / "demo")
