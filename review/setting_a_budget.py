"""A person's indicative budget, from the desk: set by who works with them, agreed by a manager.

Comes in: amounts as people type them. Goes out: one more row, not yet agreed; or the form again.
"""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.budgeting import DirectTooMuch, agree_budget, set_budget
from plan_store.counting_money import NotMoney, pence
from plan_store.reaching_people import access_person_by_viewer, access_person_to_answer
from plan_store.taking_a_click import Changed
from review.brokering import Trouble, show_brokerage
from review.filling_in_forms import cause_of, number, typed_in, write
from review.guarding import WITH_PEOPLE, DeskRequest, only_who_may

AMOUNTS = ("weekly", "yearly", "once", "direct_payment")


@post("/people/{person_id:str}/budget", opt=WITH_PEOPLE)
async def set_a_budget(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """What it is from now on."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), number(typed.get("seen", ""))
    amounts, wrong = dict.fromkeys(AMOUNTS, 0), {}
    for name in AMOUNTS:
        try:
            amounts[name] = pence(typed.get(name) or "0")
        except NotMoney:
            wrong[name] = "money"

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        if not wrong:
            set_budget(session, cause, -1 if seen is None else seen, **amounts)

    try:
        await write(request, work)
    except DirectTooMuch:
        wrong["direct_payment"] = "direct"
    except Changed:
        trouble = Trouble("budget", "changed", typed)
        return await show_brokerage(request, person_id, trouble, 409)
    if wrong:
        trouble = Trouble("budget", "amounts", typed, wrong)
        return await show_brokerage(request, person_id, trouble, 422)
    return Redirect(f"/people/{person_id}/options?done=budget", status_code=303)


@post("/people/{person_id:str}/budget/agree", opt=only_who_may("agree_budgets"))
async def agree_to_a_budget(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """A manager says that it is agreed, from today."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), number(typed.get("seen", ""))

    def work(session: Session) -> None:
        access_person_by_viewer(session, request.user.viewer, person_id)
        agree_budget(session, cause, -1 if seen is None else seen)

    try:
        await write(request, work)
    except Changed:
        trouble = Trouble("budget", "changed")
        return await show_brokerage(request, person_id, trouble, 409)
    return Redirect(f"/people/{person_id}/options?done=agreed", status_code=303)
