"""A person's meetings on the desk: planned, changed, cancelled; what helps them, and how it was.

Comes in: a day, a time, a place and costs. Goes out: the page, which says what was done; or the
form again with what is amiss. The person is told in the chat.
"""

from datetime import date, datetime, time
from typing import Any

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.counting_money import NotMoney, pence, pounds
from plan_store.counting_the_fund import FundSeen, read_fund
from plan_store.looking import looked
from plan_store.meeting_up import (
    BEFORE,
    MeetingSeen,
    Planned,
    cancel_meeting,
    change_meeting,
    meetings_of,
    place_of,
    plan_meeting,
)
from plan_store.plain_words import Finding
from plan_store.reaching_people import access_person_by_viewer, access_person_to_answer, around
from plan_store.roles import can_answer_person
from plan_store.saying_it_anyway import TooHard, keep_why
from plan_store.tables import now
from plan_store.taking_a_click import Changed
from plan_store.telling_in_the_chat import NoDoor
from plan_store.the_time_here import HERE, day_of, here
from review.filling_in_forms import cause_of, number, typed_in, write
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import page
from review.taking_forms import check_said

COSTS = ("transport", "food", "other")
LONGEST_PLACE = 80
DONE = ("planned", "changed", "cancelled")
NEW = "new"


@get("/people/{person_id:str}/meetings", opt=WITH_PEOPLE)
async def meetings_page(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """All of them."""
    return await _show(request, person_id)


@post("/people/{person_id:str}/meetings", opt=WITH_PEOPLE)
async def plan_a_meeting(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Plan one, and tell the person."""
    typed = await typed_in(request)
    cause = cause_of(request, person_id, typed)
    planned, wrong = _planned(typed)

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        if planned is None:
            return
        checked = check_said(request, session, person_id, planned.place, typed.get("anyway", ""))
        meeting = plan_meeting(session, cause, planned)
        if meeting is not None:
            keep_why(session, cause, checked, "meeting", meeting.id)

    return await _do(request, person_id, NEW, typed, wrong, work, "planned")


@post("/people/{person_id:str}/meetings/{meeting_id:int}", opt=WITH_PEOPLE)
async def change_a_meeting(
    request: DeskRequest, person_id: FromPath[str], meeting_id: FromPath[int]
) -> Redirect | Template:
    """Another time, place or cost."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), number(typed.get("seen", "")) or 0
    planned, wrong = _planned(typed)

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        if planned is None:
            return
        # A place that is not said anew need not be easier than it was.
        said = planned.place != place_of(session, person_id, meeting_id)
        words, anyway = planned.place if said else "", typed.get("anyway", "")
        checked = check_said(request, session, person_id, words, anyway)
        meeting = change_meeting(session, cause, meeting_id, seen, planned)
        if meeting is not None:
            keep_why(session, cause, checked, "meeting", meeting.id)

    return await _do(request, person_id, str(meeting_id), typed, wrong, work, "changed")


@post("/people/{person_id:str}/meetings/{meeting_id:int}/cancel", opt=WITH_PEOPLE)
async def cancel_a_meeting(
    request: DeskRequest, person_id: FromPath[str], meeting_id: FromPath[int]
) -> Redirect | Template:
    """It does not happen."""
    typed = await typed_in(request)
    cause, seen = cause_of(request, person_id, typed), number(typed.get("seen", "")) or 0

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        cancel_meeting(session, cause, meeting_id, seen)

    return await _do(request, person_id, str(meeting_id), typed, {}, work, "cancelled")


async def _do(
    request: DeskRequest,
    person_id: str,
    at: str,
    typed: dict[str, str],
    wrong: dict[str, str],
    work: Any,
    done: str,
) -> Redirect | Template:
    try:
        await write(request, work)
    except TooHard as why:
        hard = why.findings
        return await _show(request, person_id, at, typed, {"place": "hard"}, 422, hard)
    except Changed:
        return await _show(request, person_id, at, typed, {"form": "changed"}, 409)
    except NoDoor:
        return await _show(request, person_id, at, typed, {"form": "no_door"}, 409)
    if wrong:
        return await _show(request, person_id, at, typed, wrong, 422)
    return Redirect(f"/people/{person_id}/meetings?done={done}", status_code=303)


async def _show(
    request: DeskRequest,
    person_id: str,
    at: str = "",
    typed: dict[str, str] | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 200,
    hard: tuple[Finding, ...] = (),
) -> Template:
    def look(session: Session) -> tuple[str | None, bool, list[MeetingSeen], FundSeen]:
        person = access_person_by_viewer(session, request.user.viewer, person_id)
        looked(session, request.user.id, person_id, "meetings")
        may = can_answer_person(request.user.viewer, around(session, person_id))
        return person.called, may, meetings_of(session, person_id), read_fund(session)

    called, may_answer, meetings, fund = await write(request, look)
    done = request.query_params.get("done", "")
    return page(
        request,
        "meetings.html",
        status,
        person_id=person_id,
        called=called,
        may_answer=may_answer,
        meetings=meetings,
        fund=fund,
        asked=BEFORE,
        pounds=pounds,
        day=_day,
        clock=_clock,
        at=at,
        typed=typed or {},
        wrong=wrong or {},
        hard=hard,
        done=done if done in DONE else "",
    )


def _planned(typed: dict[str, str]) -> tuple[Planned | None, dict[str, str]]:
    """The meeting that was typed, or which fields are amiss."""
    wrong: dict[str, str] = {}
    costs = dict.fromkeys(COSTS, 0)
    for name in COSTS:
        try:
            costs[name] = pence(typed.get(name) or "0")
        except NotMoney:
            wrong[name] = "money"
    place = " ".join(typed.get("place", "").split())
    if not place:
        wrong["place"] = "missing"
    elif len(place) > LONGEST_PLACE:
        wrong["place"] = "too_long"
    begins_at = _moment(typed, wrong)
    if wrong or begins_at is None:
        return None, wrong
    return Planned(begins_at, place, costs["transport"], costs["food"], costs["other"]), {}


def _moment(typed: dict[str, str], wrong: dict[str, str]) -> datetime | None:
    try:
        day = date.fromisoformat(typed.get("day", ""))
    except ValueError:
        wrong["day"] = "day"
        return None
    try:
        clock = time.fromisoformat(typed.get("clock", ""))
    except ValueError:
        wrong["clock"] = "clock"
        return None
    begins_at = datetime.combine(day, clock.replace(tzinfo=None), HERE)
    if begins_at <= now():
        wrong["day"] = "past"
    return begins_at


def _day(moment: datetime) -> str:
    return day_of(moment).isoformat()


def _clock(moment: datetime) -> str:
    return f"{here(moment):%H:%M}"
