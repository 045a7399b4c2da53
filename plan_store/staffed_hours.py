"""When somebody is there, and by when each of the chain is told: pure rules, without a store.

Comes in: `data/safety/staffed_hours.yml`, read by a room, and a moment. Goes out: whether somebody
watches now, when next, and the moments at which lead, deputy and manager are due.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A file in which no day is staffed is a mistake, not a service.
LONGEST_CLOSED_DAYS = 60


@dataclass(frozen=True, slots=True)
class StaffedHours:
    """`days`: for each weekday from when to when, or None. `chain`: minutes of staffed time."""

    zone: ZoneInfo
    days: tuple[tuple[time, time] | None, ...]
    holidays: frozenset[date] = frozenset()
    chain: dict[str, dict[str, int]] = field(default_factory=dict)

    def staffed(self, moment: datetime) -> bool:
        """Whether somebody watches at this moment."""
        there = moment.astimezone(self.zone)
        hours = self._hours(there.date())
        return hours is not None and hours[0] <= there.time() < hours[1]

    def next_staffed(self, moment: datetime) -> datetime:
        """This moment, if somebody watches; else when somebody does next."""
        if self.staffed(moment):
            return moment
        there = moment.astimezone(self.zone)
        for ahead in range(LONGEST_CLOSED_DAYS):
            day = there.date() + timedelta(days=ahead)
            hours = self._hours(day)
            if hours is not None:
                opens = datetime.combine(day, hours[0], self.zone)
                if opens > there:
                    return opens
        raise ValueError("Nobody is ever there: mend the staffed hours.")

    def after(self, moment: datetime, minutes: int) -> datetime:
        """When so many minutes of staffed time have passed since this moment."""
        left = timedelta(minutes=minutes)
        at = self.next_staffed(moment)
        while True:
            there = at.astimezone(self.zone)
            hours = self._hours(there.date())
            if hours is None:
                raise ValueError("The next staffed moment lies on a day without hours.")
            closes = datetime.combine(there.date(), hours[1], self.zone)
            if at + left < closes or left == timedelta():
                return at + left
            left -= closes - at
            at = self.next_staffed(closes)

    def tell(self, tier: str, moment: datetime) -> dict[str, datetime]:
        """Who is told of an alert raised now, and from when on.

        Who is told after no minutes is told at once, whatever the hour; for the others the clock
        runs in staffed time only.
        """
        return {
            who: self.after(moment, minutes) if minutes else moment
            for who, minutes in self.chain[tier].items()
        }

    def _hours(self, day: date) -> tuple[time, time] | None:
        return None if day in self.holidays else self.days[day.weekday()]


def staffed_hours_from(content: dict[str, Any]) -> StaffedHours:
    """From the file's content: `time_zone`, `days` ("09:00-17:00"), `holidays`, `chain`."""
    days: list[tuple[time, time] | None] = []
    for name in WEEKDAYS:
        hours = content["days"].get(name)
        if hours is None:
            days.append(None)
            continue
        begins, ends = (time.fromisoformat(part.strip()) for part in hours.split("-"))
        days.append((begins, ends))
    hours_found = StaffedHours(
        ZoneInfo(content["time_zone"]),
        tuple(days),
        frozenset(content.get("holidays") or ()),
        content["chain"],
    )
    hours_found.next_staffed(datetime.now(hours_found.zone))
    return hours_found
