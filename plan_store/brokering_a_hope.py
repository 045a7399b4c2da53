"""Brokering: options are chosen for a hope, costed, swapped, and sent to the person in the chat.

Comes in: a click of a facilitator's, with the version they were looking at. Goes out: rows with
their history, and a message in the outbox. The hope itself is never touched by what it costs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.catalogue_rules import CatalogueRules
from plan_store.causes import Cause, note
from plan_store.hoping import happens
from plan_store.sharing import check_can_see
from plan_store.tables import (
    Aspiration,
    Brokering,
    HopeOption,
    LocalOption,
    Outcome,
    now,
)
from plan_store.taking_a_click import Changed, clicked, done_before
from plan_store.telling_in_the_chat import tell

# What an option is, while it counts for anything.
STANDS = ("considered", "sent")


class NotReady(Exception):
    """These options cannot be sent; `reason` says why, as a key of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Costed:
    """What somebody says an option costs: pence a unit, so many times (hundredths), counted now."""

    cost: int
    times: int
    counted: bool


def check_can_send(
    *,
    to_send: int,
    ended: bool,
    free_found: bool,
    no_free_reason: bool,
    over: bool,
    next_step: bool,
) -> None:
    """Raises `NotReady`: a free or community option is always looked for first, a hope that costs
    more than there is goes out with its smallest next step, and what is offered no more stays."""
    if ended:
        raise NotReady("offered_no_more")
    if not to_send:
        raise NotReady("nothing_to_send")
    if not free_found and not no_free_reason:
        raise NotReady("nothing_free")
    if over and not next_step:
        raise NotReady("no_next_step")


def choose_option(
    session: Session, cause: Cause, hope_id: int, seen: int, option_id: int, outcome_id: int | None
) -> HopeOption | None:
    """Consider this option of the catalogue for a hope; None where it is not there.

    Chosen before and taken out, it comes back as the catalogue has it now.
    """
    brokering = _change(session, cause, hope_id, seen)
    option = session.get(LocalOption, option_id)
    if option is None or option.ended_at is not None:
        return None
    chosen = session.scalars(
        select(HopeOption).where(
            HopeOption.aspiration_id == hope_id, HopeOption.local_option_id == option_id
        )
    ).one_or_none()
    if brokering is None or (chosen is not None and chosen.state in STANDS):
        return chosen
    if chosen is None:
        chosen = HopeOption(
            person_id=cause.person_id, aspiration_id=hope_id, local_option_id=option_id
        )
        session.add(chosen)
    chosen.title, chosen.says, chosen.kind = option.title, option.says, option.kind
    # Reckoned with the most it may cost, so that nobody is promised too much.
    chosen.unit, chosen.cost, chosen.times = option.unit, option.cost_to, 100
    chosen.state, chosen.counted, chosen.sent_at = "considered", True, None
    chosen.outcome_id = _outcome(session, hope_id, outcome_id)
    session.flush()
    note(session, cause, "considers", "hope_option", chosen.id)
    return chosen


def cost_options(
    session: Session, cause: Cause, hope_id: int, seen: int, costed: Mapping[int, Costed]
) -> None:
    """Say what each costs and which are counted: swapping is counting another one."""
    if _change(session, cause, hope_id, seen) is None:
        return
    for option in options_of(session, hope_id):
        wanted = costed.get(option.id)
        if wanted is None or wanted == Costed(option.cost, option.times, option.counted):
            continue
        option.cost, option.times, option.counted = wanted.cost, wanted.times, wanted.counted
        note(session, cause, "costs", "hope_option", option.id)


def leave_option(
    session: Session, cause: Cause, hope_id: int, seen: int, hope_option_id: int
) -> None:
    """Take it out again. What the person said of it stays in the record."""
    if _change(session, cause, hope_id, seen) is None:
        return
    for option in options_of(session, hope_id):
        if option.id == hope_option_id:
            option.state = "left"
            note(session, cause, "leaves", "hope_option", option.id)


def say_around(
    session: Session, cause: Cause, hope_id: int, seen: int, no_free_reason: str, next_step: str
) -> None:
    """Why nothing free was found, and the smallest next step; empty takes it back."""
    brokering = _change(session, cause, hope_id, seen)
    if brokering is None:
        return
    brokering.no_free_reason = no_free_reason or None
    brokering.next_step = next_step or None
    note(session, cause, "says_around", "brokering", hope_id)


def next_step_of(session: Session, hope_id: int) -> str | None:
    """The smallest next step that stands now."""
    brokering = session.get(Brokering, hope_id)
    return brokering.next_step if brokering is not None else None


def send_options(
    session: Session, cause: Cause, hope_id: int, seen: int, rules: CatalogueRules, over: bool
) -> bool:
    """Send what was not sent yet; the person looks at one after the other. False: a double click.

    `over`: all that is counted costs more than there is. Raises `NotReady`, `NoDoor`.
    """
    brokering = _change(session, cause, hope_id, seen)
    if brokering is None:
        return False
    standing = options_of(session, hope_id)
    due = [option for option in standing if option.state == "considered"]
    ended = {option.id for option in standing if is_ended(session, option)}
    check_can_send(
        to_send=len(due),
        ended=any(option.id in ended for option in due),
        free_found=free_found(rules, (each for each in standing if each.id not in ended)),
        no_free_reason=bool(brokering.no_free_reason),
        over=over,
        next_step=bool(brokering.next_step),
    )
    for option in due:
        option.state, option.sent_at = "sent", now()
        note(session, cause, "sends", "hope_option", option.id)
    aspiration = session.get_one(Aspiration, hope_id)
    happens(session, cause, aspiration, "options_sent")
    filling = {"facilitator": {"facilitator": cause.facilitator_id}}
    tell(session, cause.person_id, "options_came", filling)
    return True


def options_of(session: Session, hope_id: int) -> list[HopeOption]:
    """What stands for this hope, in the order it was chosen."""
    return list(
        session.scalars(
            select(HopeOption)
            .where(HopeOption.aspiration_id == hope_id, HopeOption.state.in_(STANDS))
            .order_by(HopeOption.id)
        )
    )


def is_ended(session: Session, option: HopeOption) -> bool:
    """Whether nobody offers it any more."""
    return session.get_one(LocalOption, option.local_option_id).ended_at is not None


def free_found(rules: CatalogueRules, options: Iterable[HopeOption]) -> bool:
    """Whether one of these is free or of the community."""
    return any(rules.is_free_or_community(each.kind, each.unit, each.cost) for each in options)


def _change(session: Session, cause: Cause, hope_id: int, seen: int) -> Brokering | None:
    """The row of this hope, locked and one version on; None where the click was done before.

    Raises `NotShared`, `Changed` where somebody was quicker, or `NoResultFound`.
    """
    clicked(cause)
    aspiration = session.scalars(
        select(Aspiration)
        .where(
            Aspiration.id == hope_id,
            Aspiration.person_id == cause.person_id,
            Aspiration.kind == "hope",
            Aspiration.status != "cancelled",
        )
        .with_for_update()
    ).one()
    # Looked for behind the lock: the second click of a double one waits there for the first.
    if done_before(session, cause):
        return None
    check_can_see(session, aspiration, "facilitator")
    brokering = session.get(Brokering, hope_id, with_for_update=True)
    if (brokering.version if brokering else 0) != seen:
        raise Changed
    if brokering is None:
        brokering = Brokering(aspiration_id=hope_id, person_id=cause.person_id)
        session.add(brokering)
    else:
        brokering.version += 1
    note(session, cause, "brokers", "brokering", hope_id)
    return brokering


def _outcome(session: Session, hope_id: int, outcome_id: int | None) -> int | None:
    """The outcome, where it is one of this hope."""
    if outcome_id is None:
        return None
    return session.scalar(
        select(Outcome.id).where(Outcome.id == outcome_id, Outcome.aspiration_id == hope_id)
    )
