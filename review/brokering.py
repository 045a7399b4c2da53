"""One person's options and money: side by side, what each costs, what fits; chosen, swapped, sent.

Comes in: forms about one hope, each with the version it is about. Goes out: the page again, which
says what was done; or, with all that was typed, why nothing was.
"""

from dataclasses import dataclass, field
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.brokering_a_hope import (
    Costed,
    NotReady,
    choose_option,
    cost_options,
    leave_option,
    next_step_of,
    options_of,
    say_around,
    send_options,
)
from plan_store.counting_money import NotMoney, NotTimes, as_times, hundredths, pence, pounds
from plan_store.looking import looked
from plan_store.plain_words import Finding
from plan_store.reaching_people import access_person_by_viewer, access_person_to_answer, around
from plan_store.reading_the_brokerage import Brokerage, is_over, read_brokerage
from plan_store.roles import can_answer_person
from plan_store.saying_it_anyway import TooHard, keep_why
from plan_store.sharing import NotShared
from plan_store.taking_a_click import Changed
from plan_store.telling_in_the_chat import NoDoor
from plan_store.the_time_here import today
from review.filling_in_forms import cause_of, number, typed_in, write
from review.guarding import WITH_PEOPLE, DeskRequest
from review.keeping_the_catalogue import looked_for, search
from review.showing_pages import page
from review.taking_forms import check_said

LONGEST = 300
DONE = ("chosen", "costed", "left", "said", "sent", "budget", "agreed")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not accepted: where (`at`: budget, or hope- and its id), which kind, and what
    was typed. `wrong`: the fields that are amiss, each with its kind. `hard`: what is hard to read
    in the words for the chat, and what to try.
    """

    at: str
    kind: str
    typed: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    hard: tuple[Finding, ...] = ()


@get("/people/{person_id:str}/options", opt=WITH_PEOPLE)
async def brokerage_page(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """The page; opening it is written down."""
    return await show_brokerage(request, person_id)


async def show_brokerage(
    request: DeskRequest, person_id: str, trouble: Trouble | None = None, status: int = 200
) -> Template:
    """The page as it is now, with the form that was not accepted still filled in."""
    rules = request.app.state.catalogue_rules

    def look(session: Session) -> tuple[str | None, bool, Brokerage]:
        person = access_person_by_viewer(session, request.user.viewer, person_id)
        looked(session, request.user.id, person_id, "options")
        may = can_answer_person(request.user.viewer, around(session, person_id))
        return person.called, may, read_brokerage(session, person_id, rules, today())

    called, may_answer, brokerage = await write(request, look)
    done = request.query_params.get("done", "")
    return page(
        request,
        "brokerage.html",
        status,
        person_id=person_id,
        called=called,
        may_answer=may_answer,
        brokerage=brokerage,
        rules=rules,
        pounds=pounds,
        as_times=as_times,
        trouble=trouble,
        done=done if done in DONE else "",
    )


@get("/people/{person_id:str}/hopes/{hope_id:int}/find", opt=WITH_PEOPLE)
async def find_an_option(
    request: DeskRequest, person_id: FromPath[str], hope_id: FromPath[int]
) -> Template | Redirect:
    """The catalogue, to choose from for this hope; a hope that is private now has none."""
    rules = request.app.state.catalogue_rules

    def look(session: Session) -> tuple[str | None, Brokerage]:
        person = access_person_to_answer(session, request.user.viewer, person_id)
        looked(session, request.user.id, person_id, "options")
        return person.called, read_brokerage(session, person_id, rules, today())

    called, brokerage = await write(request, look)
    hope = next((each for each in brokerage.hopes if each.id == hope_id), None)
    if hope is None:
        return Redirect(f"/people/{person_id}/options", status_code=303)
    found = await search(request, looked_for(request))
    return page(request, "find_option.html", person_id=person_id, called=called, hope=hope, **found)


@post("/people/{person_id:str}/hopes/{hope_id:int}/options", opt=WITH_PEOPLE)
async def choose_an_option(
    request: DeskRequest, person_id: FromPath[str], hope_id: FromPath[int]
) -> Redirect | Template:
    """Consider this one."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), _seen(typed)
    chosen, outcome = number(typed.get("option", "")), number(typed.get("outcome", ""))

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        choose_option(session, cause, hope_id, seen, chosen or 0, outcome)

    return await _do(request, person_id, hope_id, typed, work, "chosen")


@post("/people/{person_id:str}/hopes/{hope_id:int}/costs", opt=WITH_PEOPLE)
async def cost_the_options(
    request: DeskRequest, person_id: FromPath[str], hope_id: FromPath[int]
) -> Redirect | Template:
    """What each costs and how often, and which are counted: swap, and see what fits."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), _seen(typed)
    amounts, wrong = _amounts(typed)

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        cost_options(session, cause, hope_id, seen, amounts)

    if wrong:
        await write(
            request,
            lambda session: access_person_to_answer(session, request.user.viewer, person_id),
        )
        trouble = Trouble(f"hope-{hope_id}", "amounts", typed, wrong)
        return await show_brokerage(request, person_id, trouble, 422)
    return await _do(request, person_id, hope_id, typed, work, "costed")


@post(
    "/people/{person_id:str}/hopes/{hope_id:int}/options/{hope_option_id:int}/leave",
    opt=WITH_PEOPLE,
)
async def leave_an_option(
    request: DeskRequest,
    person_id: FromPath[str],
    hope_id: FromPath[int],
    hope_option_id: FromPath[int],
) -> Redirect | Template:
    """Take it out again."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), _seen(typed)

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        leave_option(session, cause, hope_id, seen, hope_option_id)

    return await _do(request, person_id, hope_id, typed, work, "left")


@post("/people/{person_id:str}/hopes/{hope_id:int}/around", opt=WITH_PEOPLE)
async def say_what_is_around(
    request: DeskRequest, person_id: FromPath[str], hope_id: FromPath[int]
) -> Redirect | Template:
    """Why nothing free was found; and the smallest next step, which the chat says."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), _seen(typed)
    reason, step = typed.get("reason", ""), typed.get("next_step", "")
    wrong = {
        name: "too_long"
        for name, words in (("reason", reason), ("next_step", step))
        if len(words) > LONGEST
    }

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        if wrong:
            return
        before = next_step_of(session, hope_id)
        words, anyway = step if step != before else "", typed.get("anyway", "")
        checked = check_said(request, session, person_id, words, anyway)
        say_around(session, cause, hope_id, seen, reason, step)
        keep_why(session, cause, checked, "brokering", hope_id)

    if wrong:
        await write(request, work)
        trouble = Trouble(f"hope-{hope_id}", "around", typed, wrong)
        return await show_brokerage(request, person_id, trouble, 422)
    return await _do(request, person_id, hope_id, typed, work, "said")


@post("/people/{person_id:str}/hopes/{hope_id:int}/send", opt=WITH_PEOPLE)
async def send_the_options(
    request: DeskRequest, person_id: FromPath[str], hope_id: FromPath[int]
) -> Redirect | Template:
    """Send them into the chat; not before something free was looked for."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), _seen(typed)
    rules = request.app.state.catalogue_rules

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        costs = any(each.cost and each.counted for each in options_of(session, hope_id))
        over = costs and is_over(session, person_id, rules)
        send_options(session, cause, hope_id, seen, rules, over)

    return await _do(request, person_id, hope_id, typed, work, "sent")


async def _do(
    request: DeskRequest,
    person_id: str,
    hope_id: int,
    typed: dict[str, str],
    work: Any,
    done: str,
) -> Redirect | Template:
    try:
        await write(request, work)
    except (Changed, NotShared, NoDoor) as why:
        kinds = {Changed: "changed", NotShared: "not_shared", NoDoor: "no_door"}
        trouble = Trouble(f"hope-{hope_id}", kinds[type(why)], typed)
        return await show_brokerage(request, person_id, trouble, 409)
    except TooHard as why:
        amiss = {"next_step": "hard"}
        trouble = Trouble(f"hope-{hope_id}", "around", typed, amiss, why.findings)
        return await show_brokerage(request, person_id, trouble, 422)
    except NotReady as why:
        trouble = Trouble(f"hope-{hope_id}", why.reason, typed)
        return await show_brokerage(request, person_id, trouble, 422)
    return Redirect(f"/people/{person_id}/options?done={done}#hope-{hope_id}", status_code=303)


def _seen(typed: dict[str, str]) -> int:
    seen = number(typed.get("seen", ""))
    return -1 if seen is None else seen


def _amounts(typed: dict[str, str]) -> tuple[dict[int, Costed], dict[str, str]]:
    """What was typed for each option, by its id, and which fields are amiss."""
    amounts, wrong = {}, {}
    for name, value in typed.items():
        field_name, _, option = name.partition("-")
        option_id = number(option)
        if field_name != "cost" or option_id is None:
            continue
        cost, times = 0, 100
        try:
            cost = pence(value or "0")
        except NotMoney:
            wrong[name] = "money"
        try:
            times = hundredths(typed.get(f"times-{option}") or "1")
        except NotTimes:
            wrong[f"times-{option}"] = "times"
        amounts[option_id] = Costed(cost, times, f"counted-{option}" in typed)
    return amounts, wrong
