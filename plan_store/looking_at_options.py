"""The young person looks at the options that were sent to them, and says what they think of each.

Comes in: their message. Goes out: what to show next; an answer with how it was said; and, after the
last, how what they like fits their money. A newer answer stands beside the older one.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.brokering_a_hope import STANDS
from plan_store.budgeting import budgets_of
from plan_store.catalogue_rules import CatalogueRules
from plan_store.causes import Cause, note
from plan_store.counting_money import Blocks, blocks, fit
from plan_store.hoping import happens
from plan_store.reading_the_brokerage import NO_MONEY, cost_of_option
from plan_store.sharing import shared_with
from plan_store.tables import (
    Aspiration,
    Brokering,
    HopeOption,
    Incoming,
    LocalOption,
    OptionAnswer,
)

LIKE, NOT_SURE, DISLIKE, WORDS, SKIP = "like", "not_sure", "dislike", "words", "skip"


@dataclass(frozen=True, slots=True)
class HowItFits:
    """How all that they like fits their money. `likes`: how many. `known`: whether there is a
    budget, and `agreed`: whether somebody said yes to it. `step_of`: the hope whose smallest next
    step is to be said, where it is over."""

    likes: int
    free: bool
    known: bool
    agreed: bool
    fits: bool
    blocks: Blocks | None
    step_of: int | None


def options_sent(session: Session, person_id: str) -> list[HopeOption]:
    """What was sent to them and still stands, the oldest first."""
    return list(
        session.scalars(
            select(HopeOption)
            .join(Aspiration, Aspiration.id == HopeOption.aspiration_id)
            .join(LocalOption, LocalOption.id == HopeOption.local_option_id)
            .where(
                HopeOption.person_id == person_id,
                HopeOption.state == "sent",
                HopeOption.sent_at.is_not(None),
                LocalOption.ended_at.is_(None),
                Aspiration.status != "cancelled",
                shared_with("facilitator"),
            )
            .order_by(HopeOption.id)
        )
    )


def thoughts_of(session: Session, person_id: str) -> dict[int, str]:
    """What they think of each now, by the option's id; a question left out is no thought.

    Of one that was taken out and sent once more, only what they said since.
    """
    answers = session.execute(
        select(OptionAnswer.hope_option_id, OptionAnswer.choice)
        .join(HopeOption, HopeOption.id == OptionAnswer.hope_option_id)
        .where(OptionAnswer.person_id == person_id, OptionAnswer.at >= HopeOption.sent_at)
        .order_by(OptionAnswer.id)
    )
    return {option_id: choice for option_id, choice in answers if choice != SKIP}


def not_looked_at(session: Session, person_id: str) -> list[HopeOption]:
    """What was sent and not answered yet; what was left out is shown again another time."""
    thoughts = thoughts_of(session, person_id)
    return [each for each in options_sent(session, person_id) if each.id not in thoughts]


def keep_thought(
    session: Session,
    cause: Cause,
    message: Incoming,
    option: HopeOption,
    choice: str,
    helped: bool,
) -> OptionAnswer:
    """What they think of it, in the words or by the button they said it with."""
    answer = OptionAnswer(
        person_id=cause.person_id,
        hope_option_id=option.id,
        incoming_id=message.id,
        choice=choice,
        words=message.words,
        how=message.how,
        helped=helped,
    )
    session.add(answer)
    session.flush()
    # Not what: the history stays when the thought is deleted.
    note(session, cause, "thinks", "hope_option", option.id)
    hope = session.get_one(Aspiration, option.aspiration_id, with_for_update=True)
    if choice != SKIP:
        happens(session, cause, hope, "options_answered")
    return answer


def how_it_fits(session: Session, person_id: str, rules: CatalogueRules) -> HowItFits:
    """All they like, of every hope, against the budget that counts."""
    thoughts = thoughts_of(session, person_id)
    liked = [
        each
        for each in options_sent(session, person_id)
        if each.state in STANDS and thoughts.get(each.id) == LIKE
    ]
    budgets = budgets_of(session, person_id)
    money = budgets[0].money if budgets else NO_MONEY
    costs = [cost_of_option(rules, each) for each in liked]
    fitted = fit(money, costs)
    return HowItFits(
        likes=len(liked),
        free=fitted.cost.is_free,
        known=bool(budgets),
        agreed=bool(budgets) and budgets[0].agreed_at is not None,
        fits=fitted.fits,
        blocks=blocks(money, fitted),
        step_of=_with_a_step(session, liked) if not fitted.fits else None,
    )


def _with_a_step(session: Session, liked: list[HopeOption]) -> int | None:
    """The newest hope among these that has a smallest next step."""
    for hope_id in sorted({each.aspiration_id for each in liked}, reverse=True):
        brokering = session.get(Brokering, hope_id)
        if brokering is not None and brokering.next_step:
            return hope_id
    return None
