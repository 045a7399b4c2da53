"""The catalogue comes from a file: all of it or nothing, and the same twice changes nothing.

In: CSV as people write it, right and wrong. Out: options and their versions, or each mistake.
"""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.importing_options import main
from plan_store.keeping_options import Looked, find_options, import_options, versions_of
from plan_store.opening import Store
from plan_store.plain_words import read_lists
from plan_store.reading_data import read_yaml
from plan_store.reading_options import SHOWN_BEFORE, OptionRead, OptionsWrong, read_file
from plan_store.tables import LocalOption, LocalOptionVersion

RULES, LISTS, TODAY = read_catalogue_rules(), read_lists(DATA), date(2026, 11, 23)
EXAMPLE = DATA / "options" / "example.csv"
HEADER = "code,title,says,kind,life_areas,cost_from,cost_to,unit,place,access,checked,source"
GOOD = "a-club,A club,You meet people.,club,home;health,4,6.50,session,Derby,ramp,2026-11-01,us"


def read(*lines: str) -> list[OptionRead]:
    return read_file("\n".join((HEADER, *lines)).encode(), RULES, LISTS, TODAY)


def mistakes(*lines: str) -> list[str]:
    with pytest.raises(OptionsWrong) as wrong:
        read(*lines)
    return [f"{each.line}: {each.said(RULES)}" for each in wrong.value.mistakes]


def changed(**cells: str) -> str:
    """The good row with other cells."""
    names = HEADER.split(",")
    return ",".join(
        cells.get(name, cell) for name, cell in zip(names, GOOD.split(","), strict=True)
    )


def test_the_example_is_whole_and_says_that_it_is_invented() -> None:
    options = read_file(EXAMPLE.read_bytes(), RULES, LISTS, TODAY)
    assert len(options) == 10
    assert "INVENTED" in EXAMPLE.read_text().splitlines()[0]
    assert {option.source for option in options} == {"Invented example"}
    assert any(RULES.is_free_or_community(o.kind, o.unit, o.cost_to) for o in options)


def test_every_kind_has_a_picture_that_is_there() -> None:
    symbols = read_yaml(DATA / "symbols.yml")[0]["symbols"]
    assert {kind.symbol for kind in RULES.kinds.values()} <= set(symbols)


def test_a_row_is_read_in_pence_and_in_one_order() -> None:
    (option,) = read(changed(life_areas="health; home", checked="01/11/2026"))
    assert (option.cost_from, option.cost_to, option.unit) == (400, 650, "session")
    assert option.life_areas == ";home;health;"
    assert option.checked_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"title": ""}, "Name is missing."),
        ({"code": "A Club"}, "Its code “A Club”: use small letters"),
        ({"kind": "disco"}, "Kind “disco” is not known. Use one of: work_taster"),
        ({"life_areas": "home;fun"}, "Life areas “fun” is not known."),
        ({"unit": "moon"}, "Unit “moon” is not known."),
        ({"cost_to": "1e3"}, "Cost to “1e3” is no amount of money."),
        ({"cost_to": "-3"}, "Cost to “-3” is no amount of money."),
        ({"cost_to": "3"}, "Cost to “3” is less than where the cost begins (4)."),
        ({"unit": "free"}, "Cost to “6.50”: what is free costs nothing."),
        ({"cost_from": "", "cost_to": ""}, "Cost to: say what it costs"),
        ({"checked": "yesterday"}, "Checked on “yesterday” is no date."),
        ({"checked": "31/02/2026"}, "Checked on “31/02/2026” is no date."),
        ({"checked": "2027-01-01"}, "Checked on “2027-01-01” is still to come."),
        ({"says": "It facilitates socialisation."}, "Words for the chat is not easy to read:"),
        ({"says": "Do you like music?"}, "Words for the chat asks something."),
        ({"title": "x" * 81}, "Name has more than 80 letters."),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(cells: dict[str, str], said: str) -> None:
    found = mistakes(GOOD.replace("a-club", "another"), changed(**cells))
    assert any(each.startswith(f"3: {said}") for each in found), found


def test_all_mistakes_are_named_at_once() -> None:
    found = mistakes(changed(kind="disco"), GOOD, GOOD, changed(code="b", place=""))
    assert [each.partition(" ")[0] for each in found] == ["2:", "4:", "5:"]
    assert "stands in line 3 already" in found[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0: There is no option in this file."),
        (b"# only words\n\n", "0: There is no option in this file."),
        (HEADER.encode(), "0: There is no option in this file."),
        (b"Name\n\x00", "0: This is no CSV file in UTF-8."),
        ("code,title\ncafé,x".encode("latin-1"), "0: This is no CSV file in UTF-8."),
        (b"code,name\na,b", "1: The first line must name the columns. These are missing: title"),
        (f"{HEADER},price\n{GOOD}".encode(), "1: There is no column “price”."),
        (f"{HEADER}\n{GOOD}, and more".encode(), "2: This line has more cells"),
        (f'{HEADER}\n{GOOD}\n"a,b'.encode(), "3: This line cannot be read as CSV."),
    ],
)
def test_a_file_that_is_none_is_said_to_be_so(content: bytes, said: str) -> None:
    with pytest.raises(OptionsWrong) as wrong:
        read_file(content, RULES, LISTS, TODAY)
    first = wrong.value.mistakes[0]
    assert f"{first.line}: {first.said(RULES)}".startswith(said)


def test_a_spreadsheets_own_ways_are_read() -> None:
    with_semicolons = "\r\n".join((HEADER, changed(life_areas="home"))).replace(",", ";")
    (option,) = read_file(b"\xef\xbb\xbf" + with_semicolons.encode(), RULES, LISTS, TODAY)
    assert option.title == "A club"
    (option,) = read(changed(access='"a ramp,\na lift"'))
    assert option.access == "a ramp, a lift"
    assert mistakes(changed(access='"a ramp,\na lift"'), changed(code="B"))[0].startswith("4: ")


def test_importing_again_updates_and_never_doubles(store: Store) -> None:
    with store.writing() as session:
        done = import_options(session, read(GOOD, changed(code="b-club")))
        assert (done.added, done.changed, done.same) == (2, 0, 0)
    with store.writing() as session:
        done = import_options(session, read(GOOD, changed(code="b-club", place="Belper")))
        assert (done.added, done.changed, done.same) == (0, 1, 1)
    with store.reading() as session:
        assert session.scalar(select(func.count(LocalOption.id))) == 2
        assert session.scalar(select(func.count(LocalOptionVersion.id))) == 3
        option = session.scalars(select(LocalOption).where(LocalOption.code == "b-club")).one()
        assert (option.place, option.version) == ("Belper", 2)
        newest, first = versions_of(session, option.id)
        assert (newest.content["place"], first.content["place"]) == ("Belper", "Derby")


def test_a_search_finds_by_words_area_place_access_cost_and_age(store: Store) -> None:
    with store.writing() as session:
        import_options(session, read_file(EXAMPLE.read_bytes(), RULES, LISTS, TODAY))

    def found(**looked: object) -> set[str]:
        with store.reading() as session:
            options = find_options(session, RULES, Looked(**looked), TODAY)  # type: ignore[arg-type]
            return {option.code.removeprefix("example-") for option in options}

    assert found(words="dogs HELPER") == {"dog-walkers"}
    assert found(area="health") == {"friends-group", "cooking-course", "swim"}
    assert found(free=True) == {"dog-walkers", "supported-internship", "friends-group"}
    assert found(free=True, area="work_learning") == {"dog-walkers", "supported-internship"}
    assert found(place="millbrook") == {"dog-walkers", "friday-club"}
    assert found(access="hoist") == {"swim"}
    assert found(kind="flat") == {"shared-house"}
    assert found(old=True) == {"swim"}
    # A sign that means something to a database means nothing here.
    assert found(words="%") == set()
    assert found(area="h_me") == set()
    assert len(found()) == 10


def test_at_a_terminal_nothing_is_half_imported(
    store: Store,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", store.settings.store_url)
    monkeypatch.setenv("VAR_FOLDER", str(store.settings.var_folder))
    monkeypatch.setenv("SAID_FROM", str(tmp_path))
    file = tmp_path / "ours.csv"
    file.write_text("\n".join((HEADER, GOOD, changed(code="b", unit="moon"))))
    assert main(["import", "ours.csv"]) == 1
    said = capsys.readouterr().err
    assert "ours.csv:3: Unit “moon” is not known." in said
    assert "Nothing was imported." in said
    with store.reading() as session:
        assert session.scalar(select(func.count(LocalOption.id))) == 0
    file.write_text(f"{HEADER}\n{GOOD}")
    assert main(["import", "ours.csv", "--json"]) == 0
    assert capsys.readouterr().out == '{"added": 1, "changed": 0, "same": 0}\n'
    assert main(["list"]) == 0
    assert "a-club\tA club\tDerby\t£4 to £6.50 each time" in capsys.readouterr().out
    assert main(["import", "nowhere.csv"]) == 1
    assert "nowhere.csv cannot be read" in capsys.readouterr().err


def test_what_stands_before_an_idea_in_the_chat_is_counted_as_the_chat_says_it() -> None:
    said = read_yaml(DATA / "words" / "options.yml")[0]["words"]["option_is"]["text"]
    before, _, _ = said.partition("{title}")
    assert before.format(number=10, of=10) == SHOWN_BEFORE
    long = " ".join(["You meet people and eat food."] * 3)
    assert any("is not easy to read" in each for each in mistakes(changed(says=long)))
    assert any(
        "Name is not easy" in each for each in mistakes(changed(title="A socialisation club"))
    )
