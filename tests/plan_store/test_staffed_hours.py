"""When somebody is there, and by when each of the chain is told: the clock runs in staffed time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from plan_store.staffed_hours import StaffedHours, staffed_hours_from

CONTENT: dict[str, Any] = {
    "time_zone": "Europe/London",
    "days": {
        "monday": "09:00-17:00",
        "tuesday": "09:00-17:00",
        "friday": "09:00-17:00",
    },
    "holidays": [date(2026, 12, 25)],
    "chain": {"alert": {"lead": 0, "deputy": 15, "manager": 30}, "concern": {"lead": 0}},
}
HOURS: StaffedHours = staffed_hours_from(CONTENT)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of winter, when London keeps UTC: 23 November 2026 is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (at(23, 9), True),
        (at(23, 16, 59), True),
        (at(23, 17), False),
        (at(23, 8, 59), False),
        (at(25, 12), False),
        (at(25, 12, month=12), False),
        # Summer: nine in London is eight by UTC.
        (datetime(2026, 7, 6, 8, 30, tzinfo=UTC), True),
    ],
)
def test_somebody_is_there(moment: datetime, there: bool) -> None:
    assert HOURS.staffed(moment) is there


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(23, 12), at(23, 12)),
        (at(23, 7), at(23, 9)),
        (at(24, 18), at(27, 9)),
        (at(24, 18, month=12), at(28, 9, month=12)),
    ],
)
def test_when_somebody_is_there_next(moment: datetime, opens: datetime) -> None:
    assert HOURS.next_staffed(moment) == opens


@pytest.mark.parametrize(
    ("raised", "lead", "deputy", "manager"),
    [
        (at(23, 10), at(23, 10), at(23, 10, 15), at(23, 10, 30)),
        # At night the lead is told at once; the others' clock begins in the morning.
        (at(23, 3), at(23, 3), at(23, 9, 15), at(23, 9, 30)),
        # Shortly before the end of the day the rest of the time is the next staffed day's.
        (at(24, 16, 50), at(24, 16, 50), at(27, 9, 5), at(27, 9, 20)),
    ],
)
def test_who_is_told_when(
    raised: datetime, lead: datetime, deputy: datetime, manager: datetime
) -> None:
    assert HOURS.tell("alert", raised) == {"lead": lead, "deputy": deputy, "manager": manager}


def test_a_doubt_goes_to_fewer() -> None:
    assert set(HOURS.tell("concern", at(23, 10))) == {"lead"}


def test_a_service_at_which_nobody_ever_is_cannot_be_set_up() -> None:
    with pytest.raises(ValueError, match="Nobody is ever there"):
        staffed_hours_from(CONTENT | {"days": {}})
