"""Putting an option before the person: what it is, with its picture, and the question about it.

Comes in: the id of an option that was sent. Goes out: keys and ids; and, of anything that is asked
beside the way, whether it is over by now.
"""

from typing import Any

from actions.hearing import Hearing
from actions.putting_a_pack import PACK, what_of_a_pack_is_over
from plan_store.catalogue_rules import read_catalogue_rules
from plan_store.looking_at_options import how_it_fits, options_sent
from plan_store.meeting_up import why_not_now
from plan_store.putting_to_the_person import COME, DESK, OPTION, OWN_WORDS
from plan_store.tables import DeskQuestion, HopeOption


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


def what_is_over(hearing: Hearing, question: str) -> tuple[str, dict[str, Any]] | None:
    """What is said where this need not be answered any more; None where it still stands."""
    what, _, number = question.partition(":")
    if what == OPTION[:-1]:
        sent = options_sent(hearing.session, hearing.person.id)
        return None if int(number) in {each.id for each in sent} else ("option_gone", {})
    if what.startswith(COME):
        gone = why_not_now(hearing.session, hearing.person.id, int(number))
        return (gone, {}) if gone else None
    if what.startswith(PACK):
        return what_of_a_pack_is_over(hearing, question)
    if what in {DESK[:-1], OWN_WORDS[:-1]}:
        asked = hearing.session.get(DeskQuestion, int(number))
        if asked is not None and asked.state == "withdrawn":
            return "that_changed", {"facilitator": {"facilitator": asked.facilitator_id}}
    return None


def _cost_key(hearing: Hearing, option: HopeOption) -> str:
    if not option.cost:
        return "option_free"
    agreed = how_it_fits(hearing.session, hearing.person.id, read_catalogue_rules()).agreed
    return "option_needs_money" if agreed else "option_needs_money_not_agreed"
