"""Naming the day above the first message of each: today, yesterday, or its date.

Comes in: messages in order, with aware times. Goes out: the names, by the message they stand above.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plan_store.reading_the_conversation import Message
from plan_store.tables import now
from plan_store.the_time_here import day_of


@dataclass(frozen=True, slots=True)
class Day:
    """A day: `says` is the key of its words, or `name` its date as people write it."""

    key: str
    says: str | None
    name: str


def first_of_each_day(
    messages: Sequence[Message], moment: datetime | None = None
) -> dict[str, Day]:
    """The day that begins with each message that is the first of its day."""
    today = day_of(moment or now())
    days: dict[str, Day] = {}
    last: date | None = None
    for message in messages:
        on = day_of(message.at)
        if on != last:
            days[message.key] = _named(on, today)
            last = on
    return days


def _named(on: date, today: date) -> Day:
    says = {today: "page_today", today - timedelta(days=1): "page_yesterday"}.get(on)
    name = f"{on:%A} {on.day} {on:%B}" + (f" {on.year}" if on.year != today.year else "")
    return Day(f"day-{on.isoformat()}", says, name)
