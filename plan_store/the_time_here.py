"""The clock where people are. Moments are kept in UTC; days, months and nights are London's.

Comes in: a moment, or none for now. Goes out: the moment, the day, or whether it is daytime there.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from plan_store.tables import now

# The service is for people in England: their day begins at their midnight.
HERE = ZoneInfo("Europe/London")
# Nobody is written to by the house at night.
DAYTIME = range(9, 20)


def here(at: datetime | None = None) -> datetime:
    """The moment as a clock on the wall shows it."""
    return (at or now()).astimezone(HERE)


def day_of(at: datetime) -> date:
    """The day it is then."""
    return here(at).date()


def today() -> date:
    """The day it is now."""
    return here().date()


def is_daytime(at: datetime | None = None) -> bool:
    """Whether the house may write to somebody by itself."""
    return here(at).hour in DAYTIME
