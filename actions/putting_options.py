"""Putting an option before the person: what it is, with its picture, and the question about it.

Comes in: the id of an option that was sent. Goes out: keys and ids.
"""

from typing import Any

from actions.hearing import Hearing
from plan_store.catalogue_rules import read_catalogue_rules
from plan_store.looking_at_options import how_it_fits, options_sent
from plan_store.tables import HopeOption

# The question the person is at, in front of the id of the option.
OPTION = "ask_option:"
# The same for what helps to come to a meeting: which question, and the id of the meeting.
COME = "ask_come_"


def put_option(hearing: Hearing, option_id: int) -> tuple[str, dict[str, Any]]:
    """The question what they think of it; what it is was said before it."""
    option = hearing.session.get_one(HopeOption, option_id)
    return "ask_option", {
        "place": {"option_place": option_id},
        "cost": {"say": _cost_key(hearing, option)},
    }


def say_option(hearing: Hearing, option_id: int) -> None:
    """What it is, with its picture and which one it is."""
    option = hearing.session.get_one(HopeOption, option_id)
    ids = [each.id for each in options_sent(hearing.session, hearing.person.id)]
    number = ids.index(option_id) + 1 if option_id in ids else 1
    reply = hearing.says(
        "option_is",
        words={"hope_option": option_id},
        number={"number": number},
        of={"number": max(len(ids), 1)},
    )
    kind = read_catalogue_rules().kinds.get(option.kind)
    if kind is not None:
        reply["picture"] = {"symbol": kind.symbol}


def _cost_key(hearing: Hearing, option: HopeOption) -> str:
    if not option.cost:
        return "option_free"
    agreed = how_it_fits(hearing.session, hearing.person.id, read_catalogue_rules()).agreed
    return "option_needs_money" if agreed else "option_needs_money_not_agreed"
