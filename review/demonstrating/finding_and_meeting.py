"""What is found for an invented person, what they think of it, and a meeting with their pack.

Comes in: a line of a story. Goes out: rows, written by the store's own functions.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.brokering_a_hope import Costed, choose_option, cost_options, send_options
from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.causes import Cause
from plan_store.keeping_options import import_options
from plan_store.looking_at_options import keep_thought
from plan_store.making_a_pack import can_be_packed, keep_pack_answer
from plan_store.meeting_up import Planned, keep_meeting_answer, plan_meeting
from plan_store.opening import Store
from plan_store.plain_words import read_lists
from plan_store.reading_options import read_file
from plan_store.tables import Brokering, Incoming, LocalOption
from plan_store.taking_a_pack_back import YES
from plan_store.the_time_here import HERE, today
from review.demonstrating.reading_stories import Event

EXAMPLE = DATA / "options" / "example.csv"
AFTERNOON = time(14, 30)


def fill_the_catalogue(store: Store) -> None:
    """The invented options."""
    options = read_file(EXAMPLE.read_bytes(), read_catalogue_rules(), read_lists(DATA), today())
    with store.writing() as session:
        import_options(session, options)


def find_an_option(
    session: Session, click: Callable[[], Cause], message: Incoming, hope_id: int, event: Event
) -> None:
    """It is chosen, costed and sent; and they say what they think, where they do."""
    option_id = session.scalars(
        select(LocalOption.id).where(LocalOption.code == f"example-{event.option}")
    ).one()
    chosen = choose_option(session, click(), hope_id, _seen(session, hope_id), option_id, None)
    assert chosen is not None, "a random click comes once"  # noqa: S101
    costed = {chosen.id: Costed(event.cost, event.times * 100, counted=True)}
    cost_options(session, click(), hope_id, _seen(session, hope_id), costed)
    rules = read_catalogue_rules()
    send_options(session, click(), hope_id, _seen(session, hope_id), rules, over=False)
    if event.thinks:
        cause = Cause.message(message.person_id, message.id)
        keep_thought(session, cause, message, chosen, event.thinks, helped=False)


def meet(
    session: Session,
    click: Callable[[], Cause],
    says: Callable[[Session, str, str, str], Incoming],
    event: Event,
) -> None:
    """A meeting; what helps them to come; and all their hopes that may be in a pack are."""
    begins_at = datetime.combine(today() + timedelta(days=event.in_days), AFTERNOON, HERE)
    planned = Planned(begins_at, event.meeting or "", transport=12_00, food=6_00, other=0)
    meeting = plan_meeting(session, click(), planned)
    assert meeting is not None, "a random click comes once"  # noqa: S101
    for question, words in event.helps.items():
        message = says(session, words, "typed", "text")
        cause = Cause.message(meeting.person_id, message.id)
        keep_meeting_answer(session, cause, message, meeting, question, "words", helped=False)
    for hope, statement in can_be_packed(session, meeting.person_id):
        message = says(session, YES, "tapped", "tap")
        cause = Cause.message(meeting.person_id, message.id)
        thing = (hope.id, statement.id, None)
        keep_pack_answer(session, cause, message, meeting, thing, YES, helped=False)


def _seen(session: Session, hope_id: int) -> int:
    session.flush()
    row = session.get(Brokering, hope_id)
    return row.version if row is not None else 0
