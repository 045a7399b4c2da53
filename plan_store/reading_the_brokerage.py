"""What is brokered for one person, as plain data: options side by side, what each costs, what fits.

Comes in: a person's id. Goes out: frozen values for the desk's page, and for the chat the options
that were sent. The words of a hope that is not shared are not read.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from plan_store.brokering_a_hope import STANDS
from plan_store.budgeting import BudgetSeen, budgets_of
from plan_store.catalogue_rules import CatalogueRules
from plan_store.counting_money import Blocks, Cost, Fit, Money, blocks, cost_of, fit
from plan_store.keeping_options import is_old
from plan_store.putting_to_the_person import OPTION
from plan_store.reading_the_hopes import read_hopes
from plan_store.saying_to_the_desk import recordings_beside
from plan_store.sharing import shared_with
from plan_store.tables import (
    Aspiration,
    Brokering,
    HopeOption,
    LocalOption,
    OptionAnswer,
    Outcome,
    OutcomeWording,
)
from plan_store.what_a_facilitator_sees import Recording
from plan_store.what_was_answered import THOUGHT, deleted_of

NO_MONEY = Money(0, 0)


@dataclass(frozen=True, slots=True)
class Thought:
    """What the person said of an option, and how."""

    choice: str
    words: str
    how: str
    helped: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class OptionSeen:
    """An option for a hope. `alone`: whether it fits by itself. `thoughts`: the newest first."""

    id: int
    option_id: int
    title: str
    says: str
    kind: str
    unit: str
    cost: int
    times: int
    counted: bool
    state: str
    sent_at: datetime | None
    costs: Cost
    alone: Fit
    free: bool
    place: str
    access: str
    tried_by: str
    contact: str
    checked_on: date
    old: bool
    ended: bool
    thoughts: tuple[Thought, ...]
    outcome: str | None
    # A voice or a picture that was sent to it, and when.
    recordings: tuple[tuple[Recording, datetime], ...]
    # When they deleted what they had said of it.
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class HopeBrokered:
    """A shared hope with its options. `seen`: the version a form is about, 0 before the first."""

    id: int
    seen: int
    life_area: str
    words: str
    options: tuple[OptionSeen, ...]
    free_found: bool
    no_free_reason: str | None
    next_step: str | None
    outcomes: tuple[tuple[int, str], ...]

    @property
    def cost(self) -> Cost:
        """Of what is counted."""
        return sum((each.costs for each in self.options if each.counted), Cost())


@dataclass(frozen=True, slots=True)
class Brokerage:
    """All that is brokered for a person. `fitted`: everything counted, against the budget."""

    hopes: tuple[HopeBrokered, ...]
    budgets: tuple[BudgetSeen, ...]
    money: Money
    fitted: Fit
    blocks: Blocks | None

    @property
    def budget(self) -> BudgetSeen | None:
        """The one that counts."""
        return self.budgets[0] if self.budgets else None


def read_brokerage(
    session: Session, person_id: str, rules: CatalogueRules, today: date
) -> Brokerage:
    """Everything for the page, by a fixed number of queries."""
    budgets = tuple(budgets_of(session, person_id))
    money = budgets[0].money if budgets else NO_MONEY
    hopes = [hope for hope in read_hopes(session, person_id) if hope.kind == "hope"]
    around = {
        row.aspiration_id: row
        for row in session.scalars(select(Brokering).where(Brokering.person_id == person_id))
    }
    outcomes = _outcomes(session, person_id)
    options = _options(session, person_id, rules, money, today, outcomes)
    brokered = []
    for hope in hopes:
        if not hope.shared:
            continue
        about, standing = around.get(hope.id), tuple(options[hope.id])
        said = dict(hope.parts).get("hope", ())
        brokered.append(
            HopeBrokered(
                id=hope.id,
                seen=about.version if about else 0,
                life_area=hope.life_area,
                words=said[0].words if said else "",
                options=standing,
                free_found=any(each.free and not each.ended for each in standing),
                no_free_reason=about.no_free_reason if about else None,
                next_step=about.next_step if about else None,
                outcomes=tuple(outcomes[hope.id].items()),
            )
        )
    fitted = fit_of_counted(session, person_id, rules, money)
    return Brokerage(
        tuple(brokered),
        budgets,
        money,
        fitted,
        blocks(money, fitted),
    )


def fit_of_counted(session: Session, person_id: str, rules: CatalogueRules, money: Money) -> Fit:
    """All that is counted for this person, of every hope that is shared, against this much."""
    counted = session.scalars(standing_of(person_id).where(HopeOption.counted))
    return fit(money, (cost_of_option(rules, option) for option in counted))


def is_over(session: Session, person_id: str, rules: CatalogueRules) -> bool:
    """Whether all that is counted costs more than there is; False where no budget is known."""
    budgets = budgets_of(session, person_id)
    if not budgets:
        return False
    return not fit_of_counted(session, person_id, rules, budgets[0].money).fits


def cost_of_option(rules: CatalogueRules, option: HopeOption) -> Cost:
    """What it comes to in a year, and once."""
    return cost_of(option.cost, rules.units[option.unit], option.times)


def standing_of(person_id: str) -> Select[HopeOption]:
    """The query for what stands, of hopes that stand and that facilitators may see now.

    A hope that is private again takes what it costs along: else the sum would tell of it.
    """
    return (
        select(HopeOption)
        .join(Aspiration, Aspiration.id == HopeOption.aspiration_id)
        .where(
            HopeOption.person_id == person_id,
            HopeOption.state.in_(STANDS),
            Aspiration.status != "cancelled",
            shared_with("facilitator"),
        )
    )


def _options(
    session: Session,
    person_id: str,
    rules: CatalogueRules,
    money: Money,
    today: date,
    outcomes: dict[int, dict[int, str]],
) -> dict[int, list[OptionSeen]]:
    thoughts: dict[int, list[Thought]] = defaultdict(list)
    for said in session.scalars(
        select(OptionAnswer)
        .where(OptionAnswer.person_id == person_id)
        .order_by(OptionAnswer.id.desc())
    ):
        thought = Thought(said.choice, said.words, said.how, said.helped, said.at)
        thoughts[said.hope_option_id].append(thought)
    sent = recordings_beside(session, person_id, OPTION)
    deleted = deleted_of(session, person_id, HopeOption.__tablename__)
    found: dict[int, list[OptionSeen]] = defaultdict(list)
    rows = session.execute(
        select(HopeOption, LocalOption)
        .join(LocalOption, LocalOption.id == HopeOption.local_option_id)
        .where(HopeOption.person_id == person_id, HopeOption.state.in_(STANDS))
        .order_by(HopeOption.id)
    )
    for row, option in rows:
        costs = cost_of_option(rules, row)
        found[row.aspiration_id].append(
            OptionSeen(
                id=row.id,
                option_id=option.id,
                title=row.title,
                says=row.says,
                kind=row.kind,
                unit=row.unit,
                cost=row.cost,
                times=row.times,
                counted=row.counted,
                state=row.state,
                sent_at=row.sent_at,
                costs=costs,
                alone=fit(money, [costs]),
                free=rules.is_free_or_community(row.kind, row.unit, row.cost),
                place=option.place,
                access=option.access,
                tried_by=option.tried_by,
                contact=option.contact,
                checked_on=option.checked_on,
                old=is_old(rules, option.checked_on, today),
                ended=option.ended_at is not None,
                thoughts=tuple(thoughts[row.id]),
                outcome=outcomes[row.aspiration_id].get(row.outcome_id or 0),
                recordings=tuple(sent[f"{OPTION}{row.id}"]),
                deleted_at=deleted.get((row.id, THOUGHT)),
            )
        )
    return found


def _outcomes(session: Session, person_id: str) -> dict[int, dict[int, str]]:
    """The agreed outcomes of each hope, by id, in the words that were agreed to."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for outcome, words in session.execute(
        select(Outcome, OutcomeWording.words)
        .join(OutcomeWording, OutcomeWording.outcome_id == Outcome.id)
        .where(Outcome.person_id == person_id, OutcomeWording.state == "agreed")
        .order_by(Outcome.id)
    ):
        found[outcome.aspiration_id][outcome.id] = words
    return found
