"""What fills words about an option, its place, a smallest next step, or a meeting.

Comes in: a name in the words, and the row that fills it. Goes out: that name; for an option called
`words` its title and what it is; for a meeting who it is with, where, its day and time.
"""

from sqlalchemy.orm import Session

from bot.saying_what_was_decided import said_day
from plan_store.tables import Brokering, Facilitator, HopeOption, LocalOption, Meeting
from plan_store.the_time_here import here


def brokered(session: Session, name: str, kind: str, row_id: int) -> dict[str, str]:
    """What this row fills."""
    if kind == "next_step":
        return {name: session.get_one(Brokering, row_id).next_step or ""}
    if kind == "meeting":
        meeting = session.get_one(Meeting, row_id)
        at = here(meeting.begins_at)
        return {
            "facilitator": session.get_one(Facilitator, meeting.facilitator_id).name,
            "place": meeting.place,
            "date": said_day(at),
            "clock": f"{at.hour}:{at:%M}",
        }
    option = session.get_one(HopeOption, row_id)
    if kind == "option_place":
        return {name: session.get_one(LocalOption, option.local_option_id).place}
    return {"title": option.title, "says": option.says}
