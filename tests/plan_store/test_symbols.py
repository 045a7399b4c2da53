"""The table of pictures: every one is there, described, and a mistake is named with its line."""

from pathlib import Path

import pytest

from plan_store.reading_data import DataWrong
from plan_store.symbols import PIN_PICTURES, read_symbols

DATA = Path(__file__).parents[2] / "data"

OWN = """\
set: {name: My pictures, version: "1", licence: CC BY 4.0, credit: "Pictures: us."}
symbols:
  house: {code: "big house", description: "A trailer with its door open."}
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def own_set(folder: Path, table: str = OWN) -> Path:
    (folder / "symbols.yml").write_text(table, encoding="utf-8")
    (folder / "big house.svg").write_text(DRAWING, encoding="utf-8")
    return folder


def test_every_picture_is_a_drawing_that_says_what_it_shows() -> None:
    symbols = read_symbols(DATA)
    assert len(list(symbols)) > 150
    assert all("<svg" in symbol.svg for symbol in symbols)
    assert symbols["house"].description == "A house with a red roof."


def test_the_licence_asks_for_a_line_and_the_line_is_there() -> None:
    (line,) = read_symbols(DATA).credits
    assert "OpenMoji" in line
    assert "CC BY-SA 4.0" in line
    assert line in (DATA.parent / "README.md").read_text("utf-8")


def test_a_pin_has_twelve_pictures_and_no_drawing_twice() -> None:
    symbols = read_symbols(DATA)
    assert len({symbols[key].file for key in symbols.pin}) == PIN_PICTURES


def test_a_picture_that_the_set_lacks_is_named_with_its_line(tmp_path: Path) -> None:
    table = (DATA / "symbols.yml").read_text("utf-8").replace('"1F511"', '"1F511-no"')
    (tmp_path / "symbols.yml").write_text(table, encoding="utf-8")
    line = table[: table.index("1F511-no")].count("\n") + 1
    with pytest.raises(
        DataWrong, match=rf"symbols\.yml:{line}: OpenMoji has no picture '1F511-no'"
    ):
        read_symbols(tmp_path)


@pytest.mark.parametrize(
    "description", ["", "no beginning.", "No end", "One. Two.", "Is it a question?"]
)
def test_a_description_is_one_sentence(tmp_path: Path, description: str) -> None:
    table = OWN.replace("A trailer with its door open.", description)
    with pytest.raises(DataWrong, match=r"symbols\.yml:3: symbols\.house\.description"):
        read_symbols(DATA, own_set(tmp_path, table))


def test_a_pin_of_eleven_is_refused(tmp_path: Path) -> None:
    table = (DATA / "symbols.yml").read_text("utf-8").replace(", moon]", "]")
    (tmp_path / "symbols.yml").write_text(table, encoding="utf-8")
    with pytest.raises(DataWrong, match="pin names 12 different symbols"):
        read_symbols(tmp_path)


def test_a_set_of_the_operators_own_comes_before_and_lacks_nothing(tmp_path: Path) -> None:
    symbols = read_symbols(DATA, own_set(tmp_path))
    assert symbols["house"].description == "A trailer with its door open."
    assert symbols["house"].svg == DRAWING
    assert symbols["key"].set.name == "OpenMoji"
    assert len(symbols.credits) == 2


def test_a_folder_without_a_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataWrong, match="SYMBOLS_FOLDER"):
        read_symbols(DATA, tmp_path)
