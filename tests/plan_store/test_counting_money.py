"""Money in whole pence: what was typed, what it costs in a year, what fits, and as blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_store.catalogue_rules import read_catalogue_rules
from plan_store.counting_money import (
    BLOCKS,
    MOST_OVER,
    MOST_PENCE,
    Blocks,
    Cost,
    Fit,
    Money,
    NotMoney,
    NotTimes,
    as_times,
    blocks,
    cost_of,
    fit,
    hundredths,
    money_of,
    pence,
    pounds,
)

UNITS = read_catalogue_rules().units
amounts = st.integers(0, MOST_PENCE)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("12", 1200), ("£12.50", 1250), ("1,250.05", 125005), (" 0.1 ", 10), ("£ 3", 300), ("0", 0)],
)
def test_an_amount_as_people_type_it(typed: str, amount: int) -> None:
    assert pence(typed) == amount


@pytest.mark.parametrize(
    "typed", ["", "free", "-1", "1e9", "1.234", "12,50", "nan", "٣", "1000000.01", "1 2"]
)
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(NotMoney):
        pence(typed)


@given(amounts)
def test_what_is_written_can_be_typed(amount: int) -> None:
    assert pence(pounds(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "times"), [("1", 100), ("2.5", 250), ("0.25", 25), ("168", 16800)]
)
def test_how_often(typed: str, times: int) -> None:
    assert hundredths(typed) == times
    assert as_times(times) == typed


@pytest.mark.parametrize("typed", ["", "0", "0.001", "-1", "169", "often", "٢"])
def test_what_is_no_number_of_times(typed: str) -> None:
    with pytest.raises(NotTimes):
        hundredths(typed)


@pytest.mark.parametrize(
    ("unit", "times", "yearly", "once"),
    [
        ("free", 100, 0, 0),
        ("hour", 250, 1000 * 52 * 5 // 2, 0),
        ("day", 100, 52_000, 0),
        ("term_session", 100, 39_000, 0),
        ("month", 100, 12_000, 0),
        ("year", 300, 3_000, 0),
        ("once", 100, 0, 1000),
    ],
)
def test_a_year_of_each_unit(unit: str, times: int, yearly: int, once: int) -> None:
    assert cost_of(1000, UNITS[unit], times) == Cost(yearly, once)


def test_half_a_penny_is_one() -> None:
    assert cost_of(333, UNITS["year"], 50) == Cost(167, 0)


def test_what_fits_and_what_is_over() -> None:
    money = money_of(weekly=100_00, yearly=0, once=50_00)
    assert money == Money(520_000, 5_000)
    one, two = Cost(yearly=400_000), Cost(yearly=200_000, once=6_000)
    assert fit(money, [one]) == Fit(one, 120_000, 5_000, 0, 0)
    both = fit(money, [one, two])
    assert (both.over_yearly, both.over_once, both.fits) == (80_000, 1_000, False)
    assert fit(money, []).fits


def test_what_is_over_once_is_not_made_good_by_what_is_left_each_year() -> None:
    fitted = fit(Money(100_000, 1_000), [Cost(10_000, 2_000)])
    assert not fitted.fits
    assert blocks(Money(100_000, 1_000), fitted) == Blocks(used=2, free=8, over=1)


@pytest.mark.parametrize(
    ("yearly", "shown"),
    [
        (0, Blocks(0, 10, 0)),
        (1, Blocks(1, 9, 0)),
        (50_000, Blocks(5, 5, 0)),
        (100_000, Blocks(10, 0, 0)),
        (100_001, Blocks(10, 0, 1)),
        (990_000, Blocks(10, 0, 5)),
    ],
)
def test_as_blocks(yearly: int, shown: Blocks) -> None:
    money = Money(100_000, 0)
    assert blocks(money, fit(money, [Cost(yearly)])) == shown


def test_without_any_money_there_are_no_blocks() -> None:
    assert blocks(Money(0, 0), fit(Money(0, 0), [Cost(1)])) is None


@given(amounts, amounts, st.lists(st.builds(Cost, amounts, amounts), max_size=5))
def test_all_is_either_left_or_over_and_no_block_is_lost(
    yearly: int, once: int, costs: list[Cost]
) -> None:
    money = Money(yearly, once)
    fitted = fit(money, costs)
    assert fitted.cost.yearly == yearly - fitted.left_yearly + fitted.over_yearly
    assert fitted.cost.once == once - fitted.left_once + fitted.over_once
    assert not (fitted.left_yearly and fitted.over_yearly)
    shown = blocks(money, fitted)
    if shown is not None:
        assert shown.used + shown.free == BLOCKS
        assert 0 <= shown.over <= MOST_OVER
        assert (shown.over > 0) == (not fitted.fits)
        assert fitted.cost.is_free == (shown.used + shown.over == 0)
