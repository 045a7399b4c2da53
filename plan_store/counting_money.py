"""Money by pure functions, in whole pence: what was typed, what it costs in a year, what fits.

Comes in: typed amounts, costs with their unit, a budget. Goes out: pence. No store, no fractions of
a penny, no floating numbers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

WEEKS_A_YEAR = 52
# How often, in hundredths: 250 is two and a half times.
ONE_TIME = 100
MOST_PENCE = 1_000_000_00
MOST_TIMES = 168 * ONE_TIME
BLOCKS = 10
# More blocks than this over the budget make no other picture.
MOST_OVER = 5

_AMOUNT = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?", re.ASCII)
_TIMES = re.compile(r"\d{1,3}(?:\.\d{1,2})?", re.ASCII)


class NotMoney(ValueError):
    """What was typed is no amount of money."""


class NotTimes(ValueError):
    """What was typed is no number of times."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a cost is for. `a_year`: how often it comes in a year, for each time; `once`: once."""

    key: str
    label: str
    a_year: int = 0
    once: bool = False
    times: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs: so much each year, and so much once."""

    yearly: int = 0
    once: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.yearly + other.yearly, self.once + other.once)

    @property
    def is_free(self) -> bool:
        """It costs nothing."""
        return not self.yearly and not self.once


@dataclass(frozen=True, slots=True)
class Money:
    """A budget: so much in a year, and so much once."""

    yearly: int
    once: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How costs fit a budget. What is left, or over, of each of its two pots."""

    cost: Cost
    left_yearly: int
    left_once: int
    over_yearly: int
    over_once: int

    @property
    def fits(self) -> bool:
        """Nothing is over."""
        return not self.over_yearly and not self.over_once

    @property
    def over(self) -> int:
        """What is missing, of both together."""
        return self.over_yearly + self.over_once


@dataclass(frozen=True, slots=True)
class Blocks:
    """A budget as ten blocks: how many are used and free, and how many more would be needed."""

    used: int
    free: int
    over: int


def pence(typed: str) -> int:
    """The amount that was typed: "12", "£12.50", "1,250". Raises `NotMoney`."""
    found = _AMOUNT.fullmatch(typed.strip())
    if found is None:
        raise NotMoney(typed)
    amount = Decimal(f"{found[1].replace(',', '')}.{found[2] or 0}")
    whole = int(amount * 100)
    if whole > MOST_PENCE:
        raise NotMoney(typed)
    return whole


def pounds(amount: int) -> str:
    """How pence are written: £1,250.50, and £12 without pence."""
    whole, rest = divmod(abs(amount), 100)
    sign = "-" if amount < 0 else ""
    return f"{sign}£{whole:,}" + (f".{rest:02}" if rest else "")


def hundredths(typed: str) -> int:
    """How often, as it was typed: "2" is 200, "2.5" is 250. Raises `NotTimes`."""
    if not _TIMES.fullmatch(typed.strip()):
        raise NotTimes(typed)
    times = int(Decimal(typed.strip()) * ONE_TIME)
    if not 0 < times <= MOST_TIMES:
        raise NotTimes(typed)
    return times


def as_times(times: int) -> str:
    """How hundredths are written: 250 as 2.5, 200 as 2."""
    written = f"{Decimal(times) / ONE_TIME:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def cost_of(amount: int, unit: Unit, times: int = ONE_TIME) -> Cost:
    """What `amount` pence a unit, so many `times` (hundredths), comes to. Half a penny is one."""
    each = Decimal(amount) * times / ONE_TIME
    if unit.once:
        return Cost(once=_whole(each))
    return Cost(yearly=_whole(each * unit.a_year))


def money_of(weekly: int, yearly: int, once: int) -> Money:
    """A budget with its weekly part counted over a year."""
    return Money(weekly * WEEKS_A_YEAR + yearly, once)


def fit(money: Money, costs: Iterable[Cost]) -> Fit:
    """All these costs together against the budget."""
    cost = sum(costs, Cost())
    return Fit(
        cost,
        left_yearly=max(money.yearly - cost.yearly, 0),
        left_once=max(money.once - cost.once, 0),
        over_yearly=max(cost.yearly - money.yearly, 0),
        over_once=max(cost.once - money.once, 0),
    )


def blocks(money: Money, fitted: Fit) -> Blocks | None:
    """The picture of it: no sums. A part of a block counts as one; None without any budget."""
    total = money.yearly + money.once
    if total <= 0:
        return None
    cost = fitted.cost.yearly + fitted.cost.once
    # Both pots are one row here, so what is over in one is not made good by the other.
    used = min(_up(Decimal(cost - fitted.over) * BLOCKS / total), BLOCKS)
    over = min(_up(Decimal(fitted.over) * BLOCKS / total), MOST_OVER)
    return Blocks(used, BLOCKS - used, over)


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))
